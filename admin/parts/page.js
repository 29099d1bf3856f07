import { fill, h } from "../core/dom.js";
import { loading, notice } from "./states.js";

/** What every page has: a title, its actions, and content that is loaded, shown or failed. */
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
      h("div", { class: "title-row" }, this.title(title), h("div", { class: "actions" }, actions)),
      lead && h("p", { class: "lead" }, lead),
    );
  }

  /** Focuses the title for keyboard and screen reader users, unless the focus is already elsewhere on the page. */
  title(text) {
    const title = h("h1", { tabindex: "-1" }, text);
    requestAnimationFrame(() => [document.body, this.closest("main")].includes(document.activeElement) && title.focus({ preventScroll: true }));
    return title;
  }

  /** Shows a loading state, or what was there before, then what `show` makes of the loaded value, or why it could not be loaded. */
  async with(place, what, load, show) {
    if (place.hasChildNodes()) place.setAttribute("aria-busy", "true");
    else fill(place, loading(what));
    try {
      const value = await load();
      fill(place, show(value));
    } catch (problem) {
      const again = () => this.with(place, what, load, show);
      fill(place, place === this && this.heading(problem.status === 404 ? "Nothing here" : "This page could not be loaded"), notice(problem, again));
    } finally {
      place.removeAttribute("aria-busy");
    }
  }
}
