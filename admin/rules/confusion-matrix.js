import { h } from "../core/dom.js";
import { number } from "../core/format.js";

const verdicts = [["advance", "would advance"], ["reject", "would reject"], ["none", "would leave"]];
const people = ["advanced", "rejected", "withdrawn", "undecided"];
const kind = { "advance advanced": "agree", "reject rejected": "agree", "advance rejected": "contradict", "reject advanced": "contradict" };

const caption = "Applications by what the draft would have decided, and what people did in the end.";

/** The draft's decisions against people's: where they agree, and where they contradict each other. */
export function confusionMatrix(cells) {
  const count = (verdict, outcome) => total(cells.filter(cell => cell.verdict === verdict && (!outcome || cell.people === outcome)));
  const row = (title, verdict) => h(
    "tr",
    {},
    h("th", { scope: "row" }, title),
    people.map(outcome => h("td", { class: kind[`${verdict} ${outcome}`] }, number(count(verdict, outcome)))),
    h("td", { class: "faint" }, number(count(verdict))),
  );
  const titles = [...people.map(outcome => `people ${outcome === "undecided" ? "have not decided" : outcome}`), "all"];
  const head = h("tr", {}, h("td"), titles.map(title => h("th", { scope: "col" }, title)));
  const body = verdicts.map(([verdict, title]) => row(`The draft ${title}`, verdict));
  return [
    h("h3", {}, "Against what people then did"),
    h(
      "div",
      { class: "wide", tabindex: "0", role: "region", "aria-label": "The draft against people" },
      h("table", { class: "matrix" }, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, body)),
    ),
    h("p", { class: "hint" }, `They agree on ${number(agreeing(cells, "agree"))} and contradict each other on ${number(agreeing(cells, "contradict"))}.`),
  ];
}

const agreeing = (cells, wanted) => total(cells.filter(cell => kind[`${cell.verdict} ${cell.people}`] === wanted));
const total = cells => cells.reduce((sum, cell) => sum + cell.count, 0);
