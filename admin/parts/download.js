import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { announce } from "./announce.js";

/** A button that downloads a file from the API: a plain link would lack the console's header. */
export function downloadButton(text, path, name) {
  const button = h("button", { type: "button" }, text);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const address = URL.createObjectURL(await api.file(path));
      h("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (refusal) {
      announce(refusal.message);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
