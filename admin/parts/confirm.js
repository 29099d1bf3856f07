import { h } from "../core/dom.js";
import { openDialog } from "./dialog.js";
import { fieldForm } from "./field-form.js";

/** Asks before something that others notice. `act` gets what was filled in; the dialog closes when it has been done. */
export function confirm({ title, text, label, danger = false, fields = [], act }) {
  const form = fieldForm({
    label,
    danger,
    fields,
    submit: async values => {
      await act(values);
      dialog.close();
    },
    cancel: () => dialog.close(),
  });
  const dialog = openDialog(title, text && h("p", {}, text), form);
  return dialog;
}
