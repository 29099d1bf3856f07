import { fill, h } from "../core/dom.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";
import { state } from "../rules/standing.js";

class RulesPage extends Page {
  show() {
    const create = words => h("a", { class: "button primary", href: "#/rules/new" }, words);
    const list = dataList({
      what: "rules",
      path: "/admin/scripts",
      filters: [
        { name: "search", label: "Search", placeholder: "Part of the name" },
        { name: "status", label: "Status", options: ["draft", "live", "disabled", "deleted"], any: "All but deleted" },
        { name: "kind", label: "Kind", options: ["rule", "library"] },
      ],
      columns: [
        { title: "Name", class: "whole", cell: script => h("a", { href: `#/rules/${script.id}` }, script.name) },
        { title: "Kind", cell: script => script.kind },
        { title: "Status", cell: status },
        { title: "Version", class: "whole", cell: version },
        { title: "Waits for", cell: script => waits(script.handlers) },
        { title: "Changed", cell: script => time(script.updatedAt) },
      ],
      empty: {
        title: "No rules yet",
        text: "A rule is a few lines of Lua that run when something happens. Start with a ready-made one and change it.",
        action: create("Begin the first rule"),
      },
    });
    fill(this, this.heading("Rules", { lead: "Your own workflow: what moves automatically, what is refused, who is notified.", actions: [create("New rule")] }), list);
  }
}

function status(script) {
  return [state(script), script.halt?.reason && h("div", { class: "faint" }, script.halt.reason)];
}

function version({ liveVersion, shadowVersion }) {
  return [liveVersion ?? "none", shadowVersion && h("div", {}, shadowVersion, " ", badge("shadow"))];
}

function waits(handlers) {
  return handlers.length === 0 ? "nothing" : handlers.map(handler => h("div", {}, h("code", {}, `${handler.hook} ${handler.name}`)));
}

customElements.define("rules-page", RulesPage);
