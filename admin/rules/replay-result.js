import { path } from "../core/api.js";
import { h } from "../core/dom.js";
import { bytes, duration, instructions, moment, number, words } from "../core/format.js";
import { chart } from "../parts/chart.js";
import { dataList } from "../parts/data-list.js";
import { downloadButton } from "../parts/download.js";
import { facts } from "../parts/facts.js";
import { badge, empty } from "../parts/states.js";
import { table } from "../parts/table.js";
import { confusionMatrix } from "./confusion-matrix.js";
import { effectList } from "./effects.js";

const nothing = {
  title: "Nothing to replay",
  text: "None of the draft's events have happened in this period, so this doesn't count as a trial. Make a test run on the sample, or choose a longer period.",
};

const kinds = [["moved", "warn"], ["refused", "bad"], ["amended", "warn"], ["noted", "accent"], ["notified", "accent"], ["other", "accent"], ["failed", "bad"]];

/** A replay's result: in a sentence, as a chart, against people's decisions, event by event, and its cost. */
export function replayResult(replay) {
  const { summary, status, reason } = replay;
  if (status === "completed" && replay.processed === 0) return h("div", { class: "card" }, empty(nothing));
  const [file, name] = [path`/admin/replays/${replay.id}/file`, `replay-${replay.id}.csv`];
  return [
    h("div", { class: "title-row" }, h("h2", {}, "What it would have done ", badge(status)), downloadButton("Download as CSV", file, name)),
    reason && h("p", { class: "notice bad" }, reason),
    h("p", { class: "decision" }, sentence(replay)),
    replay.approximate > 0 && h("p", { class: "notice warn" }, approximate(replay.approximate)),
    h("div", { class: "pictured" }, counts(summary), picture(summary)),
    replay.matrix?.length > 0 && confusionMatrix(replay.matrix),
    h("h3", {}, "Event by event"),
    differences(replay.id),
    replay.errors?.length > 0 && errors(replay.errors),
    h("h3", {}, "What it reads and costs"),
    cost(replay),
  ];
}

function sentence({ summary, processed, createdAt }) {
  const failed = summary.failed ? ` It failed for ${number(summary.failed)}.` : "";
  return `Of ${number(processed)} events, ${number(summary.unchanged)} would have turned out the same.${failed} Replayed ${moment(createdAt)}.`;
}

const approximate = count => `${number(count)} of them use today's data where the past is unknown; they are marked.`;

const caption = "Events by their outcome with the draft";

function counts(summary) {
  return facts([...kinds.map(([kind]) => kind), "unchanged"].map(kind => [words(kind), number(summary[kind] ?? 0)]), "figures");
}

function picture(summary) {
  return chart({ label: caption, values: kinds.map(([kind, color]) => ({ label: kind, value: summary[kind] ?? 0, color })) });
}

function differences(id) {
  return dataList({
    what: "differences",
    path: path`/admin/replays/${id}/differences`,
    reads: "cursor",
    filters: [{ name: "kind", label: "Would have", options: kinds.map(([kind]) => kind) }],
    columns: [
      { title: "About", cell: entry => [entry.label ?? entry.subjectKind, entry.isApproximate && h("span", { class: "faint" }, " (approximate)")] },
      { title: "Event", cell: entry => [h("code", {}, entry.event), h("div", { class: "faint" }, moment(entry.occurredAt))] },
      {
        title: "Would have",
        cell: entry => [entry.kinds.map(kind => [badge(kind, colors[kind] ?? "plain"), " "]), entry.reason && h("div", { class: "faint" }, entry.reason)],
      },
    ],
    details: { title: "Details", label: entry => `Details of ${entry.label ?? entry.subjectKind}, ${moment(entry.occurredAt)}`, content: sides },
    empty: { title: "Nothing would differ", text: "For these events the draft decides as people and the live version did." },
  });
}

const colors = { moved: "warn", refused: "bad", amended: "warn", failed: "bad" };

function sides(entry) {
  return h(
    "div",
    { class: "sides" },
    h("section", {}, h("h3", {}, "The draft would have"), effectList(entry.would)),
    h("section", {}, h("h3", {}, "What happened"), effectList(entry.did)),
  );
}

function errors(list) {
  return [h("h3", {}, "Errors"), table("Errors", ["Message", "Times"], list.map(error => [h("code", {}, error.message), number(error.count)]))];
}

function cost({ cost, effectsPerHour, readFields = [], newlyReads = [] }) {
  const names = list => (list.length ? list.map(name => [h("code", {}, name), " "]) : "nothing");
  return facts([
    ["Instructions", cost && `${instructions(Math.round(cost.instructionsMean))} on average, ${instructions(cost.instructionsMax)} at most`],
    ["Memory", cost && `${bytes(cost.memoryPeak)} at most`],
    ["Time", cost && `${duration(Math.round(cost.microsecondsMean))} on average`],
    ["Effects an hour", effectsPerHour && `${number(Math.round(effectsPerHour.mean))} on average, ${number(effectsPerHour.peak)} at most`],
    ["Reads", names(readFields)],
    ["Reads newly", names(newlyReads)],
  ]);
}
