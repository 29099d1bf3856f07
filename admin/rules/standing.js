import { h } from "../core/dom.js";
import { moment, number } from "../core/format.js";
import { badge } from "../parts/states.js";

const halts = { paused: ["paused", "warn"], switchedOff: ["switched off", "bad"], disabled: ["disabled", "warn"] };

/** A rule's state, in a word; also for entries of a list. */
export function state({ status, halt }) {
  return halt ? badge(...halts[halt.kind]) : badge(status);
}

/** A rule's state, in one line. */
export function standing(script) {
  const { status, liveVersion, kind, shadow } = script;
  const live = liveVersion ? ` Version ${liveVersion} ${status === "live" ? "is live" : "was live"}.` : " Not published yet.";
  return h("p", { class: "state" }, state(script), live, shadow && ` Version ${shadow.version} runs in shadow.`, kind === "library" && " A library.", " ", h("a", { href: `#/log?subject=${script.id}` }, "Its history"));
}

/** Why a rule that was live does nothing now, and what to do. */
export function haltBanner(rule) {
  const { halt } = rule.script;
  return halt ? banners[halt.kind](rule, halt) : null;
}

const banners = {
  paused: (rule, { reason }) => banner(
    "warn",
    [h("strong", {}, "This rule is paused. "), reason, ` ${waiting(rule.script.radius)}`],
    h("button", { type: "button", onclick: () => rule.select("limits") }, "Decide"),
  ),
  switchedOff: (rule, { since, reason }) => banner(
    "bad",
    [h("strong", {}, "This rule was switched off because it kept failing. "), reason, ` It has not run since ${moment(since)}. ${wayOn(rule.script)}`],
    h("a", { class: "button", href: `#/rules/${rule.script.id}?tab=runs&outcome=failed` }, "See what failed"),
    rule.script.versions.length > 1 && h("button", { type: "button", onclick: () => rule.select("versions") }, "Go back"),
  ),
  disabled: (rule, { since, reason }) => banner(
    "plain",
    [h("strong", {}, "Somebody has disabled this rule. "), reason, ` It has not run since ${moment(since)}.`],
    h("button", { type: "button", onclick: () => rule.select("versions") }, "Make a version live"),
  ),
};

function banner(kind, words, ...ways) {
  return h("div", { class: `notice banner ${kind}`, role: "status" }, h("p", {}, words), h("div", { class: "buttons" }, ways));
}

function wayOn({ versions }) {
  return versions.length > 1 ? "Fix the draft and publish it, or go back to a version that worked." : "Fix the draft and publish it.";
}

function waiting({ held }) {
  if (held === 0) return "Nothing waits.";
  return held === 1 ? "One run waits for you." : `${number(held)} runs wait for you.`;
}
