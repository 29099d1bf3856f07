import { h } from "../core/dom.js";

const region = h("div", { class: "toasts", role: "status", "aria-live": "polite" });

/** Shows short messages, also to screen readers. */
export const announcer = () => region;

export function announce(text) {
  if (!text) return;
  const toast = h("p", { class: "toast" }, text);
  region.append(toast);
  setTimeout(() => toast.remove(), 6000);
}
