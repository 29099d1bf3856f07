import { h } from "../core/dom.js";
import { bytes, duration, instructions, moment, number, pretty } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { badge } from "../parts/states.js";

/** The runs of a rule with their receipts. */
export function runList(script) {
  return dataList({
    what: "runs",
    path: `/admin/scripts/${script}/runs`,
    reads: "cursor",
    filters: [{ name: "outcome", label: "Outcome", options: ["completed", "rejected", "failed", "refused", "tooDeep"] }],
    columns: [
      { title: "Time", cell: run => moment(run.ranAt) },
      { title: "For", cell: run => h("code", {}, `${run.hook} ${run.event}`) },
      { title: "Version", cell: run => run.version },
      { title: "Outcome", cell: run => [badge(run.outcome), run.reason && h("div", { class: "faint" }, run.reason)] },
      { title: "Effects", cell: run => number(run.effects?.length ?? 0) },
      { title: "Took", cell: run => duration(run.durationMicroseconds) },
    ],
    details: { title: "Receipt", label: run => `Receipt of the run of ${moment(run.ranAt)}`, content: receipt },
    empty: { title: "No runs yet", text: "A published rule runs when what it waits for happens; each run leaves a receipt here." },
  });
}

function receipt(run) {
  const facts = [
    ["Instructions", instructions(run.instructions)], ["Memory", bytes(run.memoryPeak)], ["Seed", run.seed], ["Code", run.code ?? "none"],
    ["Event", run.eventId ?? "none"], ["Input (SHA-256)", run.inputHash], ["Fields read", run.readFields.join(", ") || "none"],
  ];
  return [
    h("dl", { class: "receipt" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, h("code", {}, String(value)))])),
    run.log.length > 0 && [h("h3", {}, "Log"), h("pre", { tabindex: "0" }, run.log.join("\n"))],
    run.effects?.length > 0 && [h("h3", {}, "Effects"), h("pre", { tabindex: "0" }, pretty(run.effects))],
    run.reads?.length > 0 && [h("h3", {}, "Reads"), h("pre", { tabindex: "0" }, pretty(run.reads))],
  ];
}
