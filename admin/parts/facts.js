import { h } from "../core/dom.js";

/** Names and values, in a narrow list; undefined ones aren't shown. */
export function facts(list, kind = "receipt") {
  const shown = list.filter(([, value]) => value !== undefined && value !== false);
  if (kind === "receipt") return h("dl", { class: kind }, shown.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  return h("dl", { class: kind }, shown.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}
