import { fill, h } from "../core/dom.js";
import { Page } from "../parts/page.js";
import { empty, notice } from "../parts/states.js";
import { beginForm } from "../rules/begin.js";
import { loadReadyMade, readyMadeSource } from "../rules/ready-made.js";

const own = [
  {
    name: "my-rule", title: "An empty rule", summary: "Starts with a handler that only writes to the log.", hooks: ["on application.submitted"], settings: "",
    source: 'on("application.submitted", function(event)\n  log("submitted:", event.application.candidate.name)\nend)\n',
  },
  {
    name: "my-library", kind: "library", title: "A library", summary: "Functions that several rules share with require.", hooks: [], settings: "",
    source: "local library = {}\n\nreturn library\n",
  },
];

/** Creates a rule: choose a ready-made one, fill in its settings. */
class NewRulePage extends Page {
  show() {
    const place = h("div");
    const lead = "Choose the one closest to what you want. You can change everything afterwards, and nothing runs until you publish it.";
    fill(this, this.heading("New rule", { lead, back: { href: "#/rules", text: "Rules" } }), place);
    this.with(place, "the ready-made rules", loadReadyMade, rules => this.choices([...rules, ...own]));
  }

  choices(rules) {
    const list = h("ul", { class: "ready-made" });
    const hint = { title: "Nothing chosen yet", text: "Choose a rule to read what it does and to set it up for your tenant." };
    const chosen = h("div", { class: "chosen", tabindex: "-1" }, h("div", { class: "card" }, empty(hint)));
    const search = h("input", { id: "find-rule", type: "search", autocomplete: "off", placeholder: "reject, weekend, referral …" });
    const look = () => fill(list, this.matching(rules, search.value).map(rule => h("li", {}, this.card(rule, chosen))));
    search.addEventListener("input", look);
    look();
    const find = h("div", { class: "field" }, h("label", { for: "find-rule" }, "Search"), search);
    const form = h("form", { class: "filters", role: "search", "aria-label": "Search ready-made rules", onsubmit: event => event.preventDefault() }, find);
    return h("div", { class: "choosing" }, h("div", {}, form, list), chosen);
  }

  matching(rules, text) {
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = rules.filter(rule => wanted.every(word => `${rule.title} ${rule.summary} ${rule.hooks.join(" ")}`.toLowerCase().includes(word)));
    return found.length ? found : own;
  }

  card(rule, place) {
    const button = h(
      "button",
      { type: "button", class: "card choose", "aria-pressed": "false" },
      h("strong", {}, rule.title),
      h("span", {}, rule.summary),
      rule.hooks.length > 0 && h("span", { class: "faint" }, rule.hooks.map(hook => [h("code", {}, hook), " "])),
    );
    button.addEventListener("click", () => {
      for (const other of this.querySelectorAll(".choose")) other.setAttribute("aria-pressed", String(other === button));
      this.choose(rule, place);
    });
    return button;
  }

  async choose(rule, place) {
    try {
      const source = rule.source ?? (await readyMadeSource(rule.name));
      fill(place, h("section", { class: "card", "aria-label": rule.title }, h("h2", {}, rule.title), h("p", {}, rule.summary), beginForm(rule, source)));
    } catch (problem) {
      fill(place, notice(problem, () => this.choose(rule, place)));
    }
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: matchMedia("(max-width: 1080px)").matches ? "start" : "nearest" });
  }
}

customElements.define("new-rule-page", NewRulePage);
