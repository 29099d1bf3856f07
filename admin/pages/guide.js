import { fill, h } from "../core/dom.js";
import { Page } from "../parts/page.js";
import { loadGuide, tableOfContents } from "../rules/guide.js";

class GuidePage extends Page {
  show() {
    const place = h("div");
    fill(this, this.heading("Guide for rule writers", { lead: "From the first rule to the last detail. No Lua needed to begin." }), place);
    this.with(place, "the guide", () => loadGuide(at => `#/guide?at=${at}`), content => this.content(content));
  }

  content(content) {
    const text = h("article", { class: "guide" }, content);
    const at = this.query.get("at");
    if (at) requestAnimationFrame(() => document.getElementById(at)?.scrollIntoView());
    return h("div", { class: "guide-page" }, h("nav", { class: "contents", "aria-label": "Contents" }, tableOfContents(text, at => `#/guide?at=${at}`)), text);
  }
}

customElements.define("guide-page", GuidePage);
