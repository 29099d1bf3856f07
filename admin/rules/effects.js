import { h } from "../core/dom.js";
import { pretty } from "../core/format.js";
import { session } from "../core/session.js";
import { detailList } from "../parts/states.js";

const fates = { refused: "refused", undone: "possible, but undone with the others", untried: "not tried, because its subject is made up" };

/** Effects as a rule asked for them, or what happened instead. */
export function effectList(list) {
  if (!list || list.length === 0) return h("p", { class: "faint" }, "Nothing.");
  return h("ol", { class: "effects" }, list.map(effect));
}

function effect(entry) {
  if (entry.field) return h("li", {}, h("code", { class: "command" }, entry.field), valueList({ value: entry.value }));
  const { operation, event, entity, id, label, target = entity && { id, label }, problems, fate, arguments: given, ...rest } = entry;
  return h(
    "li",
    {},
    h("code", { class: "command" }, operation ?? event ?? ""),
    target?.id && h("span", { class: "faint" }, " of ", subject(target)),
    fates[fate] && h("span", { class: fate === "refused" ? "notice bad" : "faint" }, ` ${fates[fate]}`),
    valueList(given ?? rest),
    problems && detailList(problems),
  );
}

/** The target, with a link to everything that happened to it. */
function subject({ id, label }) {
  const words = label ?? h("code", { class: "id" }, id);
  return session.has("tenantAdmin") ? h("a", { href: `#/log?subject=${id}`, title: "Everything that happened to it" }, words) : words;
}

/** Only the commands, for a list. */
export function effectNames(list) {
  return [...new Set(list.map(({ operation }) => operation))].map(name => h("div", {}, h("code", {}, name)));
}

/** The members of a table, one per line. */
export function valueList(table) {
  const entries = Object.entries(table ?? {});
  if (entries.length === 0) return null;
  return h("dl", { class: "receipt" }, entries.map(([name, value]) => [h("dt", {}, name), h("dd", {}, typeof value === "string" ? value : pretty(value))]));
}
