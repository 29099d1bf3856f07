import { api, path } from "../core/api.js";
import { h } from "../core/dom.js";
import { words } from "../core/format.js";
import { facts } from "../parts/facts.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";
import { placeTable } from "../parts/places.js";

/** The receipt of an erasure. */
class ErasurePage extends Page {
  show() {
    this.with(this, "the receipt", () => api.get(path`/admin/erasures/${this.parameters.id}`), erasure => this.content(erasure));
  }

  content(erasure) {
    const again = h("button", { type: "button", onclick: () => this.show() }, "Refresh");
    const isOver = ["completed", "withdrawn"].includes(erasure.status);
    return [
      this.heading(`Erasure no. ${erasure.number}`, { back: { href: "#/erasures", text: "Erasures" }, actions: isOver ? [] : [again] }),
      facts([
        ["Status", badge(erasure.status)],
        ["Requested by", erasure.origin === "person" ? "The person" : words(erasure.origin)],
        ["Asked for", time(erasure.requestedAt)],
        ["Due", time(erasure.dueAt)],
        ["Completed", erasure.completedAt && time(erasure.completedAt)],
        ["Account", h("code", {}, erasure.userId)],
      ], "facts"),
      h("h2", {}, "What was removed"),
      placeTable(erasure.places),
      erasure.note && h("p", { class: "hint" }, erasure.note),
    ];
  }
}

customElements.define("erasure-page", ErasurePage);
