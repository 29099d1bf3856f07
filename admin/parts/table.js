import { h } from "../core/dom.js";

/** A complete table; on a small screen each row becomes a card. */
export function table(caption, titles, rows) {
  const head = h("tr", {}, titles.map(title => h("th", { scope: "col" }, title)));
  const body = rows.map(cells => h("tr", {}, cells.map((cell, index) => h("td", { "data-title": titles[index] }, cell))));
  return h("div", { class: "list-body" }, h("table", {}, h("caption", { class: "unseen" }, caption), h("thead", {}, head), h("tbody", {}, body)));
}
