import { fill, h } from "../core/dom.js";
import { sentence } from "../parts/code.js";
import { entryList } from "../parts/entry-list.js";
import { loading, notice } from "../parts/states.js";
import { argumentsOf, fieldsOf, usage } from "./catalogue.js";
import { loadGuide, tableOfContents } from "./guide.js";

/** A reference next to the editor: every event with its fields, every command with its parameters. */
export function referenceList({ events, proposals, operations, functions = [] }) {
  const point = (hook, { name, summary, schema }) => ({
    title: [h("span", { class: `hook ${hook}` }, hook), " ", h("code", {}, name)],
    words: `${hook} ${name} ${summary}`,
    content: () => [h("p", {}, sentence(summary)), fields(fieldsOf(schema).map(field => [`event.${field.path}`, field.type]))],
  });
  const command = operation => ({
    title: [h("span", { class: `hook ${operation.kind}` }, operation.kind), " ", h("code", {}, operation.name)],
    words: `${operation.kind} ${operation.name} ${operation.summary}`,
    content: () => [h("p", {}, sentence(operation.summary)), h("pre", { tabindex: "0" }, usage(operation)), fields(argumentsOf(operation).map(field => [field.path, field.type]))],
  });
  const ofConsole = ({ name, summary, sample }) => ({
    title: h("code", {}, name),
    words: `${name} ${summary}`,
    content: () => [h("p", {}, sentence(summary)), h("pre", { tabindex: "0" }, sample)],
  });
  const points = [...proposals.map(entry => point("before", entry)), ...events.map(entry => point("on", entry))];
  return entryList("entries", [...functions.map(ofConsole), ...points, ...operations.map(command)]);
}

function fields(list) {
  if (list.length === 0) return null;
  return h("dl", { class: "fields-of" }, list.map(([name, type]) => [h("dt", {}, h("code", {}, name)), h("dd", { class: "faint" }, type)]));
}

/** The guide in a column: its links move within it. */
export function guideColumn() {
  const place = h("div", { class: "guide column" }, loading("the guide"));
  loadGuide(() => "#/guide").then(
    content => {
      const text = h("div", {}, content);
      fill(place, h("details", {}, h("summary", {}, "Contents"), tableOfContents(text, () => "#/guide")), text);
    },
    problem => fill(place, notice(problem)),
  );
  place.addEventListener("click", event => {
    const at = event.target.closest?.("[data-at]")?.dataset.at;
    if (!at) return;
    event.preventDefault();
    [...place.querySelectorAll("[id]")].find(heading => heading.id === at)?.scrollIntoView({ block: "start" });
  });
  return place;
}
