import { h } from "../core/dom.js";
import { pretty } from "../core/format.js";
import { detailList } from "../parts/states.js";

/** Effects, as a rule asked for them, or what happened in their place. */
export function effectList(list) {
  if (!list || list.length === 0) return h("p", { class: "faint" }, "Nothing.");
  return h("ol", { class: "effects" }, list.map(effect));
}

function effect(entry) {
  if (typeof entry === "string") return h("li", {}, entry);
  const name = entry.operation ?? entry.event ?? entry.name;
  if (!name) return h("li", {}, valueList(entry));
  const target = entry.target?.id ?? entry.target ?? entry.id;
  return h(
    "li",
    {},
    h("code", { class: "command" }, name),
    target && h("span", { class: "faint" }, " of ", h("code", { class: "id" }, String(target))),
    valueList(entry.arguments ?? entry.payload ?? {}),
    entry.problems && detailList(entry.problems),
  );
}

/** The members of a table, each on its line. */
export function valueList(table) {
  const entries = Object.entries(table ?? {});
  if (entries.length === 0) return null;
  return h("dl", { class: "receipt" }, entries.map(([name, value]) => [h("dt", {}, name), h("dd", {}, typeof value === "string" ? value : pretty(value))]));
}
