import { h, freshID } from "../core/dom.js";

/** Opens a modal with a title; the browser keeps the focus inside and restores it. Returns the dialog, so that it can be closed. */
export function openDialog(title, ...content) {
  const id = freshID("title");
  const close = h("button", { type: "button", class: "quiet close", "aria-label": "Close", onclick: () => dialog.close() }, "×");
  const dialog = h("dialog", { "aria-labelledby": id }, h("header", {}, h("h2", { id }, title), close), ...content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input, select, textarea, form button")?.focus();
  return dialog;
}
