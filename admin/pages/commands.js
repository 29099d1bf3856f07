import { fill, h } from "../core/dom.js";
import { sentence } from "../parts/code.js";
import { entryList } from "../parts/entry-list.js";
import { Page } from "../parts/page.js";
import { table } from "../parts/table.js";
import { argumentsOf, loadCatalogue, usage } from "../rules/catalogue.js";

class CommandsPage extends Page {
  show() {
    const place = h("div");
    fill(this, this.heading("Commands", { lead: "What rules can do. Effects are collected while a rule runs, then applied together or not at all; reads are answered at once." }), place);
    this.with(place, "the commands", loadCatalogue, ({ operations }) => entryList("commands", operations.map(entry)));
  }
}

function entry(command) {
  const fields = argumentsOf(command);
  return {
    title: [h("span", { class: `hook ${command.kind}` }, command.kind), " ", h("code", {}, command.name)],
    note: sentence(command.summary),
    words: `${command.name} ${command.kind} ${command.summary}`,
    content: () => [
      h("h2", {}, "In a rule"),
      h("pre", { tabindex: "0" }, usage(command)),
      command.entity && h("p", { class: "after" }, "Of ", h("code", {}, command.entity), ": one from an event, or one that was read."),
      h("h2", {}, "Parameters"),
      fields.length === 0
        ? h("p", {}, "None.")
        : table(`Parameters of ${command.name}`, ["Name", "Type", "Required", "Position"], fields.map(field => [
            h("code", {}, field.path), field.type, field.isRequired ? "yes" : "no", position(command, field.path),
          ])),
    ],
  };
}

function position(command, name) {
  const index = command.parameters.indexOf(name);
  return index < 0 ? "by name" : String(index + 1);
}

customElements.define("commands-page", CommandsPage);
