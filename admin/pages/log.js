import { fill, h } from "../core/dom.js";
import { pretty } from "../core/format.js";
import { loadCatalogue } from "../rules/catalogue.js";
import { dataList } from "../parts/data-list.js";
import { people, subjects } from "../parts/pickers.js";
import { Page } from "../parts/page.js";
import { instant } from "../parts/time.js";
import { about } from "../rules/about.js";

class LogPage extends Page {
  async show() {
    const place = h("div");
    fill(this, this.heading("Event log", { lead: "Everything that happened, newest first: who did it, to what, and why. Nothing here can be changed." }), place);
    this.with(place, "the event log", loadCatalogue, catalogue => this.list(catalogue.events.map(event => event.name)));
  }

  list(names) {
    const time = text => (text ? new Date(text).toISOString() : "");
    return dataList({
      what: "events",
      grows: true,
      path: "/admin/audit",
      reads: "cursor",
      filters: [
        { name: "name", label: "Event", options: names },
        { name: "subject", label: "About", pick: subjects },
        { name: "actor", label: "By", pick: people },
        { name: "from", label: "From", type: "datetime-local", read: time },
        { name: "to", label: "Before", type: "datetime-local", read: time },
      ],
      columns: [
        { title: "Time", cell: event => instant(event.occurredAt) },
        { title: "Event", cell: event => h("code", {}, event.name) },
        { title: "By", class: "whole", cell: event => actor(event.actor) },
        { title: "About", cell: event => subject(event) },
      ],
      details: { title: "Details", label: event => `Details of ${event.name}`, content: details },
      empty: { title: "Nothing has happened yet", text: "Every change in this tenant will be listed here." },
    });
  }
}

/** An actor without an account here is a system admin. */
function actor({ kind, id, name }) {
  const words = kind === "rule" ? `the rule ${name ?? ""}` : (name ?? (kind === "user" ? "a system admin" : kind));
  return id ? h("a", { href: `#/log?actor=${id}`, title: "Everything they did" }, words) : words;
}

function subject({ subject: { kind, id }, payload }) {
  const name = about(payload);
  const all = h("a", { href: `#/log?subject=${id}`, title: "Everything that happened to it" }, h("code", { class: "id" }, id));
  return [kind, name && `: ${name}`, h("div", {}, all)];
}

function details(event) {
  const facts = [
    ["Number", event.sequence ?? "not yet"], ["Id", event.id], ["Cause", event.cause ?? "none"], ["Request", event.requestId ?? "none"],
    ["Hash", event.hash ?? "not yet"],
  ];
  return [
    event.subject.kind === "script" && h("p", {}, h("a", { href: `#/rules/${event.subject.id}` }, "Open the rule")),
    h("dl", { class: "receipt" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, h("code", {}, String(value)))])),
    h("pre", { tabindex: "0" }, pretty(event.payload)),
  ];
}

customElements.define("log-page", LogPage);
