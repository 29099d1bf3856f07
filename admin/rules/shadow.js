import { api, path } from "../core/api.js";
import { h } from "../core/dom.js";
import { moment, number } from "../core/format.js";
import { confirm } from "../parts/confirm.js";
import { openDialog } from "../parts/dialog.js";
import { dataList } from "../parts/data-list.js";
import { facts } from "../parts/facts.js";
import { badge, empty } from "../parts/states.js";
import { instant } from "../parts/time.js";
import { effectList, valueList } from "./effects.js";
import { askForTrial } from "./trial.js";

/** A version next to the live one: it runs on everything that happens, without effects, and its differences are listed. */
export function shadowPanel(rule) {
  const { shadow, liveVersion, id } = rule.script;
  if (!shadow) return none(rule, liveVersion);
  const isDraft = rule.script.versions.find(version => version.number === shadow.version)?.source === rule.draft.source;
  const stop = h("button", { type: "button", onclick: () => end(rule) }, "End the shadow");
  const publish = h("button", { type: "button", class: "primary", onclick: () => rule.publishNow() }, "Publish it");
  return [
    h("div", { class: "title-row" }, h("h2", {}, `Version ${shadow.version} in shadow`), h("div", { class: "actions" }, stop, isDraft && publish)),
    !isDraft && h("p", { class: "hint" }, "The draft has changed since: publishing it would make another version."),
    facts([["Since", moment(shadow.since)], ["Runs", number(shadow.runs)], ["Decided differently", number(shadow.divergences)], ["Missed", shadow.missed > 0 && number(shadow.missed)]], "facts"),
    shadow.missed > 0 && h("p", { class: "hint" }, "Missed: changes that the shadow was not asked about because too many came at once."),
    h("h3", {}, "Its runs"),
    runs(id),
  ];
}

function none(rule, liveVersion) {
  const begin = h("button", { type: "button", class: "primary", onclick: () => start(rule) }, "Run the draft in shadow");
  const beside = liveVersion ? "next to the live version on everything that happens" : "on everything that happens";
  const text = `The draft can run ${beside}, without effects. Here you see where it would have decided differently, and publish it when you trust it.`;
  return empty({ title: "No shadow", text, action: begin });
}

async function start(rule) {
  if (!(await rule.settle())) return;
  const begin = () => rule.act(async () => {
    rule.script = await api.put(path`/admin/scripts/${rule.script.id}/shadow`);
    rule.select("shadow");
  }, "It runs in shadow.");
  if (rule.script.trial) return begin();
  const dialog = openDialog("Run it in shadow?");
  dialog.append(...askForTrial(rule, dialog, { label: "Start the shadow", go: () => (dialog.close(), begin()) }));
}

function end(rule) {
  confirm({
    title: "End the shadow?",
    text: "The version and its runs stay listed; it only stops running.",
    label: "End the shadow",
    act: async () => {
      const answer = await api.delete(path`/admin/scripts/${rule.script.id}/shadow`);
      rule.script = answer ?? (await api.get(path`/admin/scripts/${rule.script.id}`));
      rule.showHead();
      rule.select("shadow");
    },
  });
}

function runs(script) {
  return dataList({
    what: "runs in shadow",
    grows: true,
    path: path`/admin/scripts/${script}/runs`,
    query: { mode: "shadow" },
    reads: "cursor",
    filters: [{ name: "diverges", label: "Show", any: "All runs", options: [["true", "Only where it decided differently"]] }],
    columns: [
      { title: "Time", cell: run => h("a", { href: `#/runs/${run.id}` }, instant(run.ranAt)) },
      { title: "For", cell: run => [h("code", {}, `${run.hook} ${run.event}`), run.label && h("div", {}, run.label)] },
      { title: "The shadow", cell: outcome },
      { title: "The live version", cell: run => (run.compared ? outcome(run.compared) : "did not run") },
      { title: "Decided", cell: run => (run.diverges ? badge("differently", "warn") : badge("the same", "good")) },
    ],
    details: { title: "Both", label: run => `Both sides of the run of ${moment(run.ranAt)}`, content: sideBySide },
    empty: { title: "No runs yet", text: "The shadow runs the next time one of its events happens." },
  });
}

const outcome = run => [badge(run.outcome), run.reason && h("div", { class: "faint" }, run.reason)];

/** What a shadow run would have done next to what the live version did. */
export function sideBySide(run) {
  return h("div", { class: "sides" }, side("The shadow would have", run), side("The live version did", run.compared));
}

function side(title, run) {
  if (!run) return h("section", {}, h("h3", {}, title), h("p", { class: "faint" }, "Nothing: it has no handler for this."));
  const amendments = Object.keys(run.amendments ?? {}).length > 0;
  return h(
    "section",
    {},
    h("h3", {}, title),
    h("p", {}, badge(run.outcome), run.reason && ` ${run.reason}`),
    amendments && [h("h4", {}, "Changed"), valueList(run.amendments)],
    effectList(run.effects),
  );
}
