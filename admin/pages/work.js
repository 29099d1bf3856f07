import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { number } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";
import { tenants } from "../parts/pickers.js";
import { badge, empty } from "../parts/states.js";
import { table } from "../parts/table.js";
import { time } from "../parts/time.js";

class WorkPage extends Page {
  show() {
    const refresh = h("button", { type: "button", onclick: () => this.load() }, "Refresh");
    this.waiting = h("div");
    this.dead = this.deadLetters();
    const lead = "All tenants' mails, resumes, scores and rules wait here for their turn.";
    fill(this, this.heading("Background work", { lead, actions: [refresh] }), h("h2", {}, "Waiting and running"), this.waiting, h("h2", {}, "Dead letters"), this.dead);
    this.showDepth();
  }

  load() {
    this.dead.load();
    this.showDepth();
  }

  showDepth() {
    this.with(this.waiting, "background work", () => api.get("/admin/queue", { limit: 1 }), queue => depth(queue.depth));
  }

  deadLetters() {
    return dataList({
      what: "dead letters",
      path: "/admin/queue",
      reads: "cursor",
      items: queue => queue.failures,
      filters: [
        { name: "name", label: "Work", placeholder: "Whole name" },
        { name: "tenantId", label: "Tenant", pick: tenants },
      ],
      columns: [
        { title: "Work", cell: piece => h("code", {}, piece.name) },
        { title: "Tenant", cell: piece => h("a", { href: `#/tenants/${piece.tenantId}` }, piece.tenantCode) },
        { title: "Attempts", cell: piece => number(piece.attempts) },
        { title: "Error", class: "long", cell: piece => piece.error ?? "unknown" },
        { title: "Since", cell: piece => time(piece.createdAt) },
        { title: "Retry", class: "action", cell: piece => this.retry(piece) },
      ],
      empty: { title: "No dead letters", text: "No work has run out of attempts. Work that does is kept here with its error, until you retry it." },
    });
  }

  retry(piece) {
    const button = h("button", { type: "button", "aria-label": `Retry ${piece.name} of ${piece.tenantCode}` }, "Retry");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await api.post(path`/admin/queue/${piece.id}/retry`);
        announce(`${piece.name} is queued again.`);
        this.load();
      } catch (refusal) {
        announce(refusal.message);
        button.disabled = false;
      }
    });
    return button;
  }
}

function depth(pieces) {
  if (pieces.length === 0) return empty({ title: "Nothing is waiting", text: "All background work is done." });
  const rows = pieces.map(piece => [h("code", {}, piece.name), badge(piece.state), number(piece.pieces), time(piece.oldest)]);
  return table("Depth", ["Work", "State", "Pieces", "Oldest"], rows);
}

customElements.define("work-page", WorkPage);
