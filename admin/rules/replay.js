import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { moment, number } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { fieldForm } from "../parts/field-form.js";
import { badge } from "../parts/states.js";
import { replayView } from "./replay-view.js";

const lead = `Runs the saved draft over past events, each on the state as it was then. Nothing of it happens; you see whom it would have moved,
  refused, noted or told otherwise.`;

/** The draft over what really happened: choose how much of it, watch, read what would have been otherwise. */
export function replayPanel(rule) {
  const place = h("div");
  const fields = [
    { name: "span", label: "Over", required: true, options: [["last", "The last events"], ["between", "A span of time"]], value: "last" },
    { name: "last", label: "How many", type: "number", value: "1000", hint: "Of those that the draft waits for; 100,000 at most." },
    { name: "from", label: "From", type: "datetime-local" },
    { name: "until", label: "Until", type: "datetime-local", hint: "Left out: now." },
  ];
  const form = fieldForm({ label: "Replay the draft", fields, submit: values => begin(rule, values, place) });
  form.classList.add("row");
  const span = form.querySelector("[name=span]");
  const show = () => {
    for (const name of ["last", "from", "until"]) form.querySelector(`[name=${name}]`).closest(".field").hidden = (name === "last") !== (span.value === "last");
  };
  span.addEventListener("change", show);
  show();
  resume(rule, place);
  return [
    h("p", { class: "lead" }, lead),
    form,
    place,
    h("h2", {}, "Earlier replays"),
    history(rule.script.id),
  ];
}

async function begin(rule, { span, last, from, until }, place) {
  await rule.saveIfNeeded();
  const time = text => (text ? new Date(text).toISOString() : undefined);
  const body = span === "last" ? { last: Number(last ?? 1000) } : { from: time(from), until: time(until) };
  watch(rule, await api.post(`/admin/scripts/${rule.script.id}/replay`, body), place);
}

function watch(rule, replay, place) {
  const view = replayView(replay.id, replay);
  view.addEventListener("over", () => rule.refresh());
  fill(place, view);
}

/** Whoever left while it ran finds it running. */
async function resume(rule, place) {
  const { items } = await api.get(`/admin/scripts/${rule.script.id}/replays`, { limit: 1 }).catch(() => ({ items: [] }));
  const running = items.find(replay => ["queued", "running"].includes(replay.status));
  if (running && !place.hasChildNodes()) watch(rule, running, place);
}

function history(script) {
  return dataList({
    what: "replays",
    path: `/admin/scripts/${script}/replays`,
    reads: "cursor",
    columns: [
      { title: "Begun", cell: replay => h("a", { href: `#/replays/${replay.id}` }, moment(replay.createdAt)) },
      { title: "State", cell: replay => badge(replay.status) },
      { title: "Events", cell: replay => number(replay.total ?? replay.processed) },
      { title: "Would differ", cell: replay => number(differing(replay.summary)) },
      { title: "Failed", cell: replay => number(replay.summary?.failed ?? 0) },
    ],
    empty: { title: "No replays yet", text: "Replay the draft before you publish it: it is the surest way to see what it would do." },
  });
}

const differing = summary => ["moved", "refused", "amended", "noted", "notified", "other"].reduce((sum, kind) => sum + (summary?.[kind] ?? 0), 0);
