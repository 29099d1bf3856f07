import { h } from "../core/dom.js";
import { bytes, duration, instructions } from "../core/format.js";
import { badge } from "../parts/states.js";
import { effectList, valueList } from "./effects.js";

/** The result of a test run: the decision first, then its effects, log and cost. */
export function report(run) {
  return [
    h("p", { class: "decision" }, badge(run.outcome), " ", decision(run)),
    !run.isHandled && h("p", { class: "notice warn" }, "No handler waits for this event: ", h("code", {}, run.event), "."),
    problems(run.problems),
    section("It would change", Object.keys(run.amendments).length > 0 && valueList(run.amendments)),
    section("It would do", run.effects.length > 0 && effectList(run.effects)),
    section("Log", run.log.length > 0 && h("pre", { tabindex: "0" }, run.log.join("\n"))),
    section(
      "Cost",
      h("p", { class: "faint" }, `${instructions(run.instructions)} of 1,000,000 instructions, ${bytes(run.memoryPeak)} of 10 MB, ${duration(run.durationMicroseconds)}.`),
    ),
    section("It read", run.readFields.length > 0 && h("p", { class: "faint" }, run.readFields.map(name => [h("code", {}, name), " "]))),
  ];
}

function decision({ outcome, hook, reason, code, effects, isHandled }) {
  if (outcome === "rejected") return [h("strong", {}, `Refused: ${reason}`), code && h("code", {}, ` ${code}`)];
  if (outcome === "refused") return h("strong", {}, `It would be refused, and nothing would happen: ${reason}`);
  if (outcome !== "completed") return h("strong", {}, reason ?? "The rule did not complete.");
  if (!isHandled) return "Nothing to run.";
  if (hook === "before") return "The change would go through.";
  return effects.length === 0 ? "It ran and would do nothing." : `It ran; ${effects.length} ${effects.length === 1 ? "effect" : "effects"}, all or none.`;
}

function problems(list) {
  if (list.length === 0) return null;
  return h("ul", { class: "notice bad" }, list.map(problem => h("li", {}, problem.line ? `Line ${problem.line}: ` : "", problem.message)));
}

function section(title, content) {
  return content ? [h("h3", {}, title), content] : null;
}
