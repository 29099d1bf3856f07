import { path } from "../core/api.js";
import { h } from "../core/dom.js";
import { duration, moment, number } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { badge, inWords } from "../parts/states.js";
import { instant } from "../parts/time.js";

/** The runs of a rule, initially filtered by outcome if given; each links to its receipt. */
export function runList(script, outcome) {
  return dataList({
    what: "runs",
    grows: true,
    path: path`/admin/scripts/${script}/runs`,
    reads: "cursor",
    filters: [
      { name: "outcome", label: "Outcome", options: ["completed", "rejected", "failed", "refused", "tooDeep"].map(name => [name, inWords(name)]), value: outcome },
      { name: "mode", label: "Version", any: "Live and shadow", options: [["live", "Live"], ["shadow", "In shadow"]] },
    ],
    columns: [
      { title: "Time", cell: run => h("a", { href: `#/runs/${run.id}`, "aria-label": `Receipt of the run of ${moment(run.ranAt)}` }, instant(run.ranAt)) },
      { title: "For", cell: run => [h("code", {}, `${run.hook} ${run.event}`), run.label && h("div", {}, run.label)] },
      { title: "Version", cell: run => [run.version, run.mode === "shadow" && [" ", badge("shadow")]] },
      { title: "Outcome", cell: run => [badge(run.outcome), run.isHeld && [" ", badge("waits", "warn")], run.reason && h("div", { class: "faint" }, run.reason)] },
      { title: "Effects", cell: effects },
      { title: "Took", class: "whole", cell: run => duration(run.durationMicroseconds) },
    ],
    empty: { title: "No runs yet", text: "A published rule runs when its events happen; each run leaves a receipt here." },
  });
}

/** What was done, told from what was only asked for. */
function effects({ effects, outcome, isHeld, mode }) {
  const count = effects?.length ?? 0;
  if (count === 0) return "none";
  if (mode === "shadow") return `${number(count)} in shadow`;
  if (outcome !== "completed") return `none of ${number(count)}`;
  return isHeld ? `${number(count)} waiting` : `${number(count)} done`;
}
