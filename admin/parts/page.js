import { fill, h } from "../core/dom.js";
import { loading, notice } from "./states.js";

/** What every page has: a title, one main action, and content that is loaded, shown or failed. */
export class Page extends HTMLElement {
  connectedCallback() {
    if (this.isShown) return;
    this.isShown = true;
    this.show();
  }

  heading(title, { lead, actions = [], back } = {}) {
    document.title = `${title} – Tenure`;
    return h(
      "header",
      { class: "page-head" },
      back && h("a", { class: "back", href: back.href }, `‹ ${back.text}`),
      h("div", { class: "title-row" }, h("h1", {}, title), h("div", { class: "actions" }, actions)),
      lead && h("p", { class: "lead" }, lead),
    );
  }

  /** Shows a loading state, then what `show` makes of the loaded value, or why it could not be had. */
  async with(place, what, load, show) {
    fill(place, loading(what));
    try {
      const value = await load();
      fill(place, show(value));
    } catch (problem) {
      fill(place, notice(problem, () => this.with(place, what, load, show)));
    }
  }
}
