import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { moment, number } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { dataList } from "../parts/data-list.js";
import { facts } from "../parts/facts.js";
import { fieldForm } from "../parts/field-form.js";
import { badge, notice } from "../parts/states.js";
import { instant } from "../parts/time.js";
import { effectList, effectNames } from "./effects.js";

const sources = { own: "set here", forecast: "ten times its replay's prediction", standard: "the default" };

/** How much a rule may do in an hour, and the effects waiting since it exceeded that. */
export function limitsPanel(rule) {
  if (!rule.script.radius) return h("p", {}, "This rule has no limits yet: they come with its first version.");
  const panel = {
    rule,
    limit: h("div"),
    decisions: h("div", { class: "decisions" }),
    outcome: h("div", { role: "status" }),
    list: heldList(rule.script.id, (verb, run) => settle(panel, verb, [run])),
  };
  show(panel);
  return [
    h("h2", {}, "Effects an hour"),
    h("p", { class: "lead" }, "A rule that misfires stops by itself: beyond its limit it pauses, and its further effects wait here for you."),
    panel.limit,
    h("h2", {}, "Effects that wait"),
    panel.decisions,
    panel.outcome,
    panel.list,
  ];
}

function show(panel) {
  const { radius } = panel.rule.script;
  const shown = [["Limit", `${number(radius.effectsPerHour)}, ${sources[radius.source]}`], ["In the last hour", usage(radius)], ["State", state(panel.rule.script)]];
  fill(panel.limit, facts(shown, "facts"), radius.pausedAt && resumption(panel), limitForm(panel));
  fill(panel.decisions, radius.held > 0 && decisions(panel));
}

/** Shows the current rule; the list keeps its place. */
async function again(panel, words) {
  const { rule } = panel;
  rule.script = await api.get(path`/admin/scripts/${rule.script.id}`);
  announce(words);
  rule.showHead();
  show(panel);
  await panel.list.load();
}

function state({ status, radius }) {
  if (radius.pausedAt) return [badge("paused", "warn"), ` since ${moment(radius.pausedAt)}`];
  return status === "live" ? badge("running", "good") : "not live";
}

function usage({ lastHour, effectsPerHour }) {
  const scale = { min: "0", max: String(effectsPerHour), high: String(effectsPerHour * 0.8) };
  return [number(lastHour), " ", h("meter", { ...scale, value: String(lastHour), "aria-label": `${lastHour} of ${effectsPerHour}` })];
}

function limitForm(panel) {
  const { effectsPerHour, source } = panel.rule.script.radius;
  const hint = "If empty: ten times its replay's prediction, or else the default.";
  const own = { name: "effectsPerHour", label: "Own limit", type: "number", value: source === "own" ? String(effectsPerHour) : "", hint };
  const form = fieldForm({
    label: "Save the limit",
    fields: [own],
    submit: async values => {
      const effectsPerHour = values.effectsPerHour ? Number(values.effectsPerHour) : null;
      await api.put(path`/admin/scripts/${panel.rule.script.id}/limits`, { effectsPerHour });
      await again(panel, "The limit is saved.");
    },
  });
  form.classList.add("row");
  return form;
}

function resumption(panel) {
  const { id, name } = panel.rule.script;
  const resume = () => confirm({
    title: `Resume ${name}?`,
    text: "Its effects are applied again, and a fresh hour begins. Waiting effects stay in the list until you release or discard them.",
    label: "Resume",
    act: async () => {
      await api.post(path`/admin/scripts/${id}/resume`);
      await again(panel, "The rule is running again.");
    },
  });
  return h("p", { class: "after" }, h("button", { type: "button", class: "primary", onclick: resume }, "Resume the rule"));
}

const meanings = {
  release: "Each run's effects are applied now, in order; those no longer possible are listed.",
  discard: "They will never be applied. The runs stay in the log.",
};

function decisions(panel) {
  const ask = verb => confirm({
    title: verb === "release" ? "Release everything that waits?" : "Discard everything that waits?",
    text: meanings[verb],
    label: verb === "release" ? "Release all" : "Discard all",
    danger: verb === "discard",
    act: async () => () => settle(panel, verb),
  });
  return h(
    "div",
    { class: "buttons" },
    h("button", { type: "button", onclick: () => ask("release") }, `Release all ${number(panel.rule.script.radius.held)}`),
    h("button", { type: "button", class: "danger", onclick: () => ask("discard") }, "Discard all"),
  );
}

/** Decides on some runs, or all; the server releases many in several calls. */
async function settle(panel, verb, runs) {
  const address = path`/admin/scripts/${panel.rule.script.id}/held/${verb}`;
  const failed = [];
  let released = 0;
  fill(panel.decisions);
  try {
    for (let untried = 1; untried > 0; ) {
      const answer = await api.post(address, runs ? { runs } : {});
      released += answer?.released ?? 0;
      failed.push(...(answer?.failed ?? []));
      untried = runs ? 0 : (answer?.untried ?? 0);
      fill(panel.outcome, untried > 0 && h("p", {}, `${number(released)} released, ${number(untried)} to go…`));
    }
    fill(panel.outcome, failed.length > 0 && undone(failed));
    await again(panel, verb === "release" ? `${number(released)} released.` : "Discarded.");
  } catch (refusal) {
    fill(panel.outcome, notice(refusal));
    show(panel);
  }
}

function undone(failed) {
  const reasons = [...new Set(failed.map(run => run.reason))];
  const words = failed.length === 1 ? "One run could not be released and still waits:" : `${number(failed.length)} runs could not be released and still wait:`;
  return h("div", { class: "notice warn" }, h("p", {}, words), h("ul", {}, reasons.map(reason => h("li", {}, reason))));
}

function heldList(script, decide) {
  const one = (run, verb, words) => {
    const button = h("button", { type: "button", "aria-label": `${words} the run of ${moment(run.heldAt)}` }, words);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await decide(verb, run.id);
      button.disabled = false;
    });
    return button;
  };
  return dataList({
    what: "waiting effects",
    path: path`/admin/scripts/${script}/held`,
    reads: "cursor",
    filters: [{ name: "state", label: "State", options: ["waiting", "released", "discarded"], usual: "waiting" }],
    columns: [
      { title: "Since", cell: run => h("a", { href: `#/runs/${run.id}` }, instant(run.heldAt)) },
      { title: "For", cell: run => [h("code", {}, run.event), run.label && h("div", {}, run.label)] },
      { title: "Would do", cell: run => effectNames(run.effects) },
      { title: "State", cell: decision },
      { title: "Decide", class: "action", cell: run => (run.state === "waiting" ? h("div", { class: "buttons" }, one(run, "release", "Release"), one(run, "discard", "Discard")) : "") },
    ],
    details: { title: "Details", label: run => `Effects of the run of ${moment(run.heldAt)}`, content: run => effectList(run.effects) },
    empty: { title: "Nothing waits", text: "Effects wait here only while the rule is paused." },
  });
}

function decision({ state, problem, decidedAt }) {
  const kind = { waiting: "warn", released: "good" }[state] ?? "plain";
  return [badge(state, kind), problem && h("div", { class: "faint" }, problem), decidedAt && h("div", { class: "faint" }, instant(decidedAt))];
}
