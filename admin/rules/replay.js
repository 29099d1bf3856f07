import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { number } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { fieldForm } from "../parts/field-form.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";
import { replayView } from "./replay-view.js";

const lead = `Runs the saved draft over past events, each on the state as it was then. Nothing of it happens; you see whom it would have moved,
  refused, noted or told otherwise.`;

/** Runs the draft over the past: choose how much, watch, read the differences. */
export function replayPanel(rule) {
  const place = h("div");
  const earlier = history(rule.script.id);
  const fields = [
    { name: "span", label: "Over", required: true, options: [["last", "The last events"], ["between", "A period of time"]], value: "last" },
    { name: "last", label: "How many", type: "number", value: "1000", hint: "Of the draft's events; at most 100,000." },
    { name: "from", label: "From", type: "datetime-local" },
    { name: "until", label: "Until", type: "datetime-local", hint: "If empty: now." },
  ];
  const form = fieldForm({ label: "Replay the draft", fields, submit: values => begin(rule, values, place, earlier) });
  form.classList.add("row");
  const span = form.querySelector("[name=span]");
  const show = () => {
    for (const name of ["last", "from", "until"]) form.querySelector(`[name=${name}]`).closest(".field").hidden = (name === "last") !== (span.value === "last");
  };
  span.addEventListener("change", show);
  show();
  earlier.addEventListener("loaded", ({ detail }) => resume(rule, detail.items, place, earlier), { once: true });
  return [
    h("p", { class: "lead" }, lead),
    form,
    place,
    h("h2", {}, "Earlier replays"),
    earlier,
  ];
}

async function begin(rule, { span, last, from, until }, place, earlier) {
  await rule.saveIfNeeded();
  const time = text => (text ? new Date(text).toISOString() : undefined);
  const body = span === "last" ? { last: Number(last ?? 1000) } : { from: time(from), until: time(until) };
  watch(rule, await api.post(path`/admin/scripts/${rule.script.id}/replay`, body), place, earlier);
}

function watch(rule, replay, place, earlier) {
  const view = replayView(replay.id, replay);
  view.addEventListener("over", () => {
    earlier.load();
    rule.refresh();
  });
  fill(place, view);
}

/** Shows a replay that is still running. */
function resume(rule, replays, place, earlier) {
  const running = replays.find(replay => ["queued", "running"].includes(replay.status));
  if (running && !place.hasChildNodes()) watch(rule, running, place, earlier);
}

function history(script) {
  return dataList({
    what: "replays",
    path: path`/admin/scripts/${script}/replays`,
    reads: "cursor",
    columns: [
      { title: "Started", cell: replay => h("a", { href: `#/replays/${replay.id}` }, time(replay.createdAt)) },
      { title: "State", cell: replay => badge(replay.status) },
      { title: "Events", cell: replay => number(replay.total ?? replay.processed) },
      { title: "Would differ", cell: replay => number(differing(replay)) },
      { title: "Failed", cell: replay => number(replay.summary?.failed ?? 0) },
    ],
    empty: { title: "No replays yet", text: "Replay the draft before you publish it: it is the surest way to see what it would do." },
  });
}

const differing = ({ processed, summary }) => (summary ? processed - summary.unchanged - summary.failed : 0);
