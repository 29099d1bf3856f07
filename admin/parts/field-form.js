import { freshID, fill, h } from "../core/dom.js";
import { detailList } from "./states.js";

/**
 * A form from a list of fields. The API validates: its messages appear at their fields.
 * `submit` gets the values filled in; `cancel` adds a button.
 */
export function fieldForm({ fields, label, submit, cancel, danger = false }) {
  const rows = fields.map(fieldRow);
  const problem = h("div", { class: "form-problem", role: "alert" });
  const button = h("button", { type: "submit", class: danger ? "danger" : "primary" }, label);
  const form = h(
    "form",
    { class: "fields", novalidate: true },
    problem,
    rows.map(row => row.element),
    h("div", { class: "buttons" }, button, cancel && h("button", { type: "button", onclick: cancel }, "Cancel")),
  );
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (!check(rows)) return;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    fill(problem);
    try {
      await submit(Object.fromEntries(rows.map(row => [row.name, row.value()]).filter(([, value]) => value !== undefined)));
    } catch (refusal) {
      showRefusal(refusal, rows, problem);
    } finally {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  });
  return form;
}

function check(rows) {
  for (const row of rows) row.show(row.required && row.value() === undefined ? "Fill this in." : "");
  const missing = rows.find(row => row.required && row.value() === undefined);
  missing?.focus();
  return !missing;
}

function showRefusal(refusal, rows, problem) {
  const details = refusal.details ?? {};
  for (const row of rows) row.show(details[row.name] ?? "");
  const shown = rows.map(row => row.name).filter(name => name in details);
  fill(problem, h("p", {}, refusal.message), detailList(details, shown));
  rows.find(row => row.name in details)?.focus();
}

function fieldRow(field) {
  const ids = { input: freshID(field.name), hint: freshID("hint"), problem: freshID("problem") };
  const hint = field.hint && h("p", { class: "hint", id: ids.hint }, field.hint);
  const problem = h("p", { class: "problem", id: ids.problem });
  const input = control(field, ids);
  const label = h("label", { for: ids.input }, field.label, !field.required && h("span", { class: "optional" }, " optional"));
  return {
    name: field.name,
    required: field.required,
    element: h("div", { class: "field" }, label, input, hint, problem),
    value: () => field.type === "file" ? input.files[0] : (input.value.trim() === "" ? undefined : field.type === "password" ? input.value : input.value.trim()),
    focus: () => input.focus(),
    show: text => {
      problem.textContent = text;
      input.toggleAttribute("aria-invalid", Boolean(text));
      if (text) input.setAttribute("aria-invalid", "true");
    },
  };
}

function control(field, ids) {
  const shared = {
    id: ids.input,
    name: field.name,
    "aria-required": field.required ? "true" : undefined,
    "aria-describedby": [field.hint && ids.hint, ids.problem].filter(Boolean).join(" "),
  };
  if (field.options) {
    return h(
      "select",
      shared,
      field.options.map(([value, text]) => h("option", { value, selected: value === field.value }, text)),
    );
  }
  if (field.type === "textarea") return h("textarea", { ...shared, rows: "3", value: field.value });
  return h("input", {
    ...shared,
    type: field.type ?? "text",
    accept: field.accept,
    value: field.value,
    autocomplete: field.autocomplete ?? "off",
    placeholder: field.placeholder,
  });
}
