import { h } from "../core/dom.js";
import { number } from "../core/format.js";

/** Progress of long work, with a button to stop it; `tell` updates it without taking the focus off the button. */
export function progress(label, unit, cancel) {
  const words = h("span");
  const bar = h("progress", { max: "1", value: "0", "aria-label": label });
  const stop = h("button", { type: "button" }, "Cancel");
  stop.addEventListener("click", async () => {
    stop.disabled = true;
    await cancel();
    stop.disabled = false;
  });
  const tell = ({ done = 0, total = 0 }) => {
    words.textContent = total ? `${number(done)} of ${number(total)} ${unit}` : "waiting for its turn";
    bar.max = total || 1;
    bar.value = total ? done : 0;
  };
  return { element: h("div", { class: "progress card" }, h("p", {}, h("strong", {}, label), ": ", words, "."), bar, stop), tell };
}
