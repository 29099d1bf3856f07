import { h } from "../core/dom.js";

/** Names and what they are, in a narrow list; what is undefined isn't shown. */
export function facts(list, kind = "receipt") {
  const shown = list.filter(([, value]) => value !== undefined && value !== false);
  if (kind === "receipt") return h("dl", { class: kind }, shown.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  return h("dl", { class: kind }, shown.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}
