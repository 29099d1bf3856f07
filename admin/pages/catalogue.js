import { fill, h } from "../core/dom.js";
import { pretty } from "../core/format.js";
import { sentence } from "../parts/code.js";
import { entryList } from "../parts/entry-list.js";
import { Page } from "../parts/page.js";
import { table } from "../parts/table.js";
import { fieldsOf, loadCatalogue } from "../rules/catalogue.js";

class CataloguePage extends Page {
  show() {
    const place = h("div");
    fill(this, this.heading("Events", { lead: "What rules can react to: before a change they may refuse it, after it they may act." }), place);
    this.with(place, "the events", loadCatalogue, ({ proposals, events }) =>
      entryList("events", [...proposals.map(point => entry("before", point)), ...events.map(point => entry("on", point))]),
    );
  }
}

function entry(hook, point) {
  return {
    title: [h("span", { class: `hook ${hook}` }, hook), " ", h("code", {}, point.name)],
    note: sentence(point.summary),
    words: `${hook} ${point.name} ${point.summary}`,
    content: () => [
      h("h2", {}, "In a rule"),
      h("pre", { tabindex: "0" }, `${hook}("${point.name}", function(event)\n  ${hook === "before" ? 'return reject("Why not.")' : "log(event)"}\nend)`),
      hook === "before" && h("p", { class: "after" }, "May be refused", amendable(point.amendable ?? []), "."),
      h("h2", {}, "Fields of the event"),
      table(`Fields of ${point.name}`, ["Field", "Type", "Always there"], fieldsOf(point.schema).map(field => [h("code", {}, field.path), field.type, field.isRequired ? "yes" : "no"])),
      h("h2", {}, "Sample"),
      h("pre", { tabindex: "0" }, pretty(point.sample)),
    ],
  };
}

function amendable(fields) {
  if (fields.length === 0) return "; none of its fields may be changed";
  return [", and these fields may be changed: ", fields.map((name, index) => [index > 0 && " and ", h("code", {}, name)])];
}

customElements.define("catalogue-page", CataloguePage);
