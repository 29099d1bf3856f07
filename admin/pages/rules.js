import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { moment } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { starters } from "../rules/starters.js";

class RulesPage extends Page {
  show() {
    const create = h("button", { type: "button", class: "primary", onclick: () => this.create() }, "New rule");
    const list = dataList({
      what: "rules",
      path: "/admin/scripts",
      filters: [
        { name: "status", label: "Status", options: ["draft", "live", "disabled"] },
        { name: "kind", label: "Kind", options: ["rule", "library"] },
      ],
      columns: [
        { title: "Name", cell: script => h("a", { href: `#/rules/${script.id}` }, script.name) },
        { title: "Kind", cell: script => script.kind },
        { title: "Status", cell: script => badge(script.status) },
        { title: "Live version", cell: script => script.liveVersion ?? "none" },
        { title: "Waits for", cell: script => waits(script.handlers) },
        { title: "Changed", cell: script => moment(script.updatedAt) },
      ],
      empty: {
        title: "No rules yet",
        text: "A rule is a few lines of Lua that run when something happens. Begin with a ready-made one and change it.",
        action: h("button", { type: "button", class: "primary", onclick: () => this.create() }, "Write the first rule"),
      },
    });
    fill(this, this.heading("Rules", { lead: "Your own say in how hiring goes here: what moves by itself, what is refused, who is told.", actions: [create] }), list);
  }

  create() {
    const form = fieldForm({
      label: "Begin",
      fields: [
        { name: "name", label: "Name", required: true, placeholder: "fast-lane" },
        { name: "kind", label: "Kind", required: true, options: [["rule", "Rule: runs when something happens"], ["library", "Library: shared by rules"]] },
        { name: "starter", label: "Begin with", required: true, options: starters.map((starter, index) => [String(index), starter.title]), value: "1" },
      ],
      submit: async ({ name, kind, starter }) => {
        const source = kind === "rule" ? starters[Number(starter)].source : "local library = {}\n\nreturn library\n";
        const script = await api.post("/admin/scripts", { name, kind, source });
        dialog.close();
        location.hash = `/rules/${script.id}`;
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog("New rule", form);
  }
}

function waits(handlers) {
  return handlers.length === 0 ? "nothing" : handlers.map(handler => h("div", {}, h("code", {}, `${handler.hook} ${handler.name}`)));
}

customElements.define("rules-page", RulesPage);
