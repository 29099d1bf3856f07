import { fill, freshID, h } from "../core/dom.js";
import { empty } from "./states.js";

/** A complete list with a search: entries are { title, words, content }, whose content is created when opened. */
export function entryList(what, entries) {
  const id = freshID("find");
  const count = h("p", { class: "faint", role: "status" });
  const place = h("div", { class: "entries" });
  const elements = entries.map(entry => ({ words: entry.words.toLowerCase(), element: element(entry) }));
  const show = text => {
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = elements.filter(entry => wanted.every(word => entry.words.includes(word))).map(entry => entry.element);
    count.textContent = `${found.length} of ${elements.length} ${what}`;
    fill(place, found.length ? found : empty({ title: "Nothing matches", text: "Search for fewer letters, or clear the search." }));
  };
  const input = h("input", { id, type: "search", autocomplete: "off", oninput: event => show(event.target.value) });
  show("");
  return h("div", {}, h("form", { class: "filters", role: "search", "aria-label": `Search ${what}`, onsubmit: event => event.preventDefault() }, h("div", { class: "field" }, h("label", { for: id }, "Search"), input)), count, place);
}

function element({ title, note, content }) {
  const details = h("details", { class: "card entry" }, h("summary", {}, title, note && h("span", { class: "faint" }, note)));
  details.addEventListener("toggle", () => details.children.length === 1 && details.append(...content().flat().filter(Boolean)), { once: true });
  return details;
}
