import { h } from "../core/dom.js";
import { number } from "../core/format.js";
import { badge } from "../parts/states.js";

/** Where a rule stands, in one line. */
export function standing({ status, liveVersion, kind, shadow }) {
  const live = liveVersion ? ` Version ${liveVersion} ${status === "live" ? "is live" : "was live"}.` : " Not published yet.";
  return h("p", { class: "state" }, badge(status), live, shadow && ` Version ${shadow.version} runs in shadow.`, kind === "library" && " A library.");
}

/** A rule that did too much waits for somebody to decide. */
export function pausedBanner(rule) {
  const radius = rule.script.radius;
  if (!radius?.pausedAt) return null;
  const waiting = radius.held === 1 ? "one run waits" : `${number(radius.held)} runs wait`;
  return h(
    "div",
    { class: "notice warn banner", role: "status" },
    h("p", {}, h("strong", {}, "This rule is paused."), ` It did more than its limit of ${number(radius.effectsPerHour)} effects an hour; ${waiting} for you.`),
    h("button", { type: "button", onclick: () => rule.select("limits") }, "Decide"),
  );
}
