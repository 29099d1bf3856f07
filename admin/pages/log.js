import { fill, h } from "../core/dom.js";
import { moment, pretty } from "../core/format.js";
import { loadCatalogue } from "../rules/catalogue.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";

class LogPage extends Page {
  async show() {
    const place = h("div");
    fill(this, this.heading("Event log", { lead: "All that happened, newest first: who did it, to what, and why. Nothing here can be changed." }), place);
    this.with(place, "the event log", loadCatalogue, catalogue => this.list(catalogue.events.map(event => event.name)));
  }

  list(names) {
    const time = text => (text ? new Date(text).toISOString() : "");
    return dataList({
      what: "events",
      path: "/admin/audit",
      reads: "cursor",
      filters: [
        { name: "name", label: "Event", options: names },
        { name: "subject", label: "About (id)", placeholder: "Whole id" },
        { name: "actor", label: "By (id)", placeholder: "Whole id" },
        { name: "from", label: "From", type: "datetime-local", read: time },
        { name: "to", label: "Before", type: "datetime-local", read: time },
      ],
      columns: [
        { title: "Time", cell: event => moment(event.occurredAt) },
        { title: "Event", cell: event => h("code", {}, event.name) },
        { title: "By", cell: event => actor(event.actor) },
        { title: "About", cell: event => [event.subject.kind, " ", h("code", { class: "id" }, event.subject.id)] },
      ],
      details: { title: "Details", label: event => `Details of ${event.name}`, content: details },
      empty: { title: "Nothing has happened yet", text: "Every change in this tenant will be listed here." },
    });
  }
}

/** Who has no account here but acts as a user runs the installation. */
function actor({ kind, name }) {
  if (kind === "rule") return `the rule ${name ?? ""}`;
  return name ?? (kind === "user" ? "a system admin" : kind);
}

function details(event) {
  const facts = [
    ["Number", event.sequence ?? "not yet"], ["Id", event.id], ["Cause", event.cause ?? "none"], ["Request", event.requestId ?? "none"],
    ["Hash", event.hash ?? "not yet"],
  ];
  return [
    h("dl", { class: "receipt" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, h("code", {}, String(value)))])),
    h("pre", { tabindex: "0" }, pretty(event.payload)),
  ];
}

customElements.define("log-page", LogPage);
