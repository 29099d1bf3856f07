import { h } from "../core/dom.js";
import { openDialog } from "./dialog.js";
import { fieldForm } from "./field-form.js";

/** Asks before something that affects others. `act` gets the values filled in; it may return what to do once the dialog has closed. */
export function confirm({ title, text, label, danger = false, fields = [], act }) {
  const form = fieldForm({
    label,
    danger,
    fields,
    submit: async values => {
      const next = await act(values);
      dialog.close();
      next?.();
    },
    cancel: () => dialog.close(),
  });
  const dialog = openDialog(title, text && h("p", {}, text), form);
  return dialog;
}
