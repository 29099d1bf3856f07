import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { moment, number } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { dataList } from "../parts/data-list.js";
import { facts } from "../parts/facts.js";
import { fieldForm } from "../parts/field-form.js";
import { badge, notice } from "../parts/states.js";
import { effectList } from "./effects.js";

const sources = { own: "set here", forecast: "ten times what its replay forecast", standard: "the standard" };

/** How much a rule may do in an hour, and what waits since it did more. */
export function limitsPanel(rule) {
  const radius = rule.script.radius;
  if (!radius) return h("p", {}, "This rule has no limits yet: they come with its first version.");
  return [
    h("h2", {}, "Effects an hour"),
    h("p", { class: "lead" }, "A rule that misfires stops by itself: past its limit it pauses, and what it would do next waits here for you."),
    facts([["Limit", `${number(radius.effectsPerHour)}, ${sources[radius.source] ?? radius.source}`], ["In the last hour", usage(radius)], ["State", state(radius)]], "facts"),
    limitForm(rule, radius),
    radius.pausedAt && paused(rule),
    h("h2", {}, "Effects that wait"),
    held(rule),
  ];
}

function state({ pausedAt }) {
  return pausedAt ? [badge("paused", "warn"), ` since ${moment(pausedAt)}`] : badge("running", "good");
}

function usage({ lastHour, effectsPerHour }) {
  const scale = { min: "0", max: String(effectsPerHour), high: String(effectsPerHour * 0.8) };
  return [number(lastHour), " ", h("meter", { ...scale, value: String(lastHour), "aria-label": `${lastHour} of ${effectsPerHour}` })];
}

function limitForm(rule, { effectsPerHour, source }) {
  const hint = "Left empty: ten times what its replay forecast, or else the standard.";
  const own = { name: "effectsPerHour", label: "Limit of its own", type: "number", value: source === "own" ? String(effectsPerHour) : "", hint };
  const form = fieldForm({
    label: "Save the limit",
    fields: [own],
    submit: async values => {
      const effectsPerHour = values.effectsPerHour ? Number(values.effectsPerHour) : null;
      await api.put(`/admin/scripts/${rule.script.id}/limits`, { effectsPerHour });
      await again(rule, "The limit is saved.");
    },
  });
  form.classList.add("row");
  return form;
}

function paused(rule) {
  const resume = () => confirm({
    title: `Resume ${rule.script.name}?`,
    text: "It does again what it decides, and a fresh hour begins. What waits stays in the list until you release or discard it.",
    label: "Resume",
    act: async () => {
      await api.post(`/admin/scripts/${rule.script.id}/resume`);
      await again(rule, "The rule is running again.");
    },
  });
  return h("p", { class: "after" }, h("button", { type: "button", class: "primary", onclick: resume }, "Resume the rule"));
}

async function again(rule, words) {
  rule.script = await api.get(`/admin/scripts/${rule.script.id}`);
  announce(words);
  rule.showHead();
  rule.select("limits");
}

const meanings = {
  release: "Each run's effects are done now, in their order; what is no longer possible is named.",
  discard: "None of it will ever be done. The runs stay in the log.",
};

function held(rule) {
  const outcome = h("div", { role: "status" });
  const decide = (verb, runs) => settle(rule, verb, runs, outcome);
  const all = verb => confirm({
    title: verb === "release" ? "Release everything that waits?" : "Discard everything that waits?",
    text: meanings[verb],
    label: verb === "release" ? "Release all" : "Discard all",
    danger: verb === "discard",
    act: () => decide(verb),
  });
  const buttons = rule.script.radius.held > 0 && h(
    "div",
    { class: "buttons" },
    h("button", { type: "button", onclick: () => all("release") }, `Release all ${number(rule.script.radius.held)}`),
    h("button", { type: "button", class: "danger", onclick: () => all("discard") }, "Discard all"),
  );
  return [buttons, outcome, list(rule, decide)];
}

async function settle(rule, verb, runs, outcome) {
  try {
    const answer = await api.post(`/admin/scripts/${rule.script.id}/held/${verb}`, runs ? { runs } : {});
    const failed = answer?.failed ?? [];
    await again(rule, verb === "release" ? `${number(answer?.released ?? 0)} released.` : "Discarded.");
    if (failed.length) announce(`${number(failed.length)} could not be done: ${failed[0].reason}`);
  } catch (refusal) {
    fill(outcome, notice(refusal));
  }
}

function list(rule, decide) {
  const one = (run, verb, words) => {
    const label = `${words} the run of ${moment(run.heldAt)}`;
    return h("button", { type: "button", "aria-label": label, onclick: () => decide(verb, [run.id]) }, words);
  };
  return dataList({
    what: "waiting effects",
    path: `/admin/scripts/${rule.script.id}/held`,
    reads: "cursor",
    filters: [{ name: "state", label: "State", options: ["waiting", "released", "discarded"] }],
    columns: [
      { title: "Since", cell: run => h("a", { href: `#/runs/${run.id}` }, moment(run.heldAt)) },
      { title: "For", cell: run => h("code", {}, run.event) },
      { title: "Would do", cell: run => effectList(run.effects) },
      { title: "State", cell: decision },
      { title: "Decide", cell: run => (run.state === "waiting" ? h("div", { class: "buttons" }, one(run, "release", "Release"), one(run, "discard", "Discard")) : "") },
    ],
    empty: { title: "Nothing waits", text: "Effects wait here only while the rule is paused." },
  });
}

function decision({ state, problem, decidedAt }) {
  const kind = { waiting: "warn", released: "good" }[state] ?? "plain";
  return [badge(state, kind), problem && h("div", { class: "faint" }, problem), decidedAt && h("div", { class: "faint" }, moment(decidedAt))];
}
