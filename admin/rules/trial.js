import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { notice } from "../parts/states.js";
import { nobodysInterval } from "./draft.js";
import { report } from "./report.js";

const warnings = {
  failed: "It failed. A version that keeps failing is switched off, so fix the draft first.",
  refused: "What it wants to do would be refused. A version that keeps being refused is switched off, so fix the draft first.",
};

/** Asks for a trial of exactly this draft, and runs it; `next` { label, go } is what follows. */
export function askForTrial(rule, dialog, next) {
  const result = h("div", { class: "after", "aria-live": "polite" });
  const onward = h("button", { type: "button", class: "primary", hidden: true, onclick: next.go }, next.label);
  const dry = h("button", { type: "button" }, "Make a test run now");
  dry.addEventListener("click", async () => {
    dry.disabled = true;
    try {
      const run = await dryRunOf(rule);
      fill(result, report(run), ["failed", "refused"].includes(run.outcome) && h("p", { class: "notice warn" }, warnings[run.outcome]));
      await rule.refresh();
      onward.hidden = !rule.script.trial;
      if (onward.hidden) result.append(h("p", { class: "notice warn" }, "That doesn't count as a trial, because the rule reacts to something else. Try it next to the editor."));
      onward.focus();
    } catch (refusal) {
      fill(result, notice(refusal));
    } finally {
      dry.disabled = false;
    }
  });
  const replay = h("button", { type: "button", onclick: () => (dialog.close(), rule.select("replay")) }, "Replay the past instead");
  return [
    h("p", {}, "This draft has not been tried yet. First see what it would do: on a sample, or on past events."),
    h("div", { class: "buttons" }, dry, replay),
    result,
    h("div", { class: "buttons" }, onward),
  ];
}

/** With the sample for the draft's first handler. */
async function dryRunOf({ draft }) {
  const source = { source: draft.source, ...(draft.grants ? { grants: draft.grants } : {}) };
  const first = await api.post("/admin/scripts/dry-run", { ...source, event: nobodysInterval, kind: "every" });
  const [handler] = first.handlers;
  return handler ? api.post("/admin/scripts/dry-run", { ...source, event: handler.name, kind: handler.hook }) : first;
}
