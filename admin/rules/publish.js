import { fill, h } from "../core/dom.js";
import { moment } from "../core/format.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { askForTrial } from "./trial.js";

/** Publishes the draft: shows what it newly reads, asks for a comment; a draft that was never tried is tried first. */
export function publishDialog(rule) {
  const place = h("div");
  const dialog = openDialog(`Publish ${rule.script.name}?`, place);
  show(rule, place, dialog);
}

function show(rule, place, dialog) {
  const { trial, kind, problems } = rule.script;
  const again = () => show(rule, place, dialog);
  if (problems.length > 0) fill(place, broken(problems));
  else if (!trial && kind === "rule") fill(place, askForTrial(rule, dialog, { label: "Go on to publish", go: again }));
  else fill(place, h("p", {}, "The draft becomes the next version and runs from the next event on."), trial && tried(trial), form(rule, dialog, again));
  place.querySelector("textarea, button")?.focus();
}

function broken(problems) {
  return [
    h("p", { class: "notice bad", role: "alert" }, "The draft has errors and can't be published."),
    h("ul", {}, problems.map(({ line, message }) => h("li", {}, line ? `Line ${line}: ` : "", message))),
  ];
}

function tried({ kind, triedAt, newlyReads, refused }) {
  return [
    h("p", { class: "faint" }, `${kind === "replay" ? "Replayed" : "Test run"} ${moment(triedAt)}.`),
    refused.length > 0 &&
      h("div", { class: "notice warn" }, h("p", {}, "What it wants to do was refused in its trial, and would be refused live as well, at least for:"), h("p", {}, refused.map(code))),
    newlyReads.length > 0 && h("div", { class: "notice warn" }, h("p", {}, "It reads what the live version does not:"), h("p", {}, newlyReads.map(code))),
  ];
}

function form(rule, dialog, again) {
  return fieldForm({
    label: "Publish",
    fields: [{ name: "comment", label: "What is new", type: "textarea" }],
    submit: async values => {
      try {
        await rule.publish(values);
        dialog.close();
      } catch (refusal) {
        // Tried, but since then changed by somebody else.
        if (refusal.code !== "SCRIPT_UNTRIED") throw refusal;
        rule.script.trial = null;
        again();
      }
    },
    cancel: () => dialog.close(),
  });
}

const code = name => [h("code", {}, name), " "];
