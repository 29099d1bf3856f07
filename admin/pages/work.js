import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { moment, number } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { Page } from "../parts/page.js";
import { badge, empty, notice } from "../parts/states.js";
import { table } from "../parts/table.js";

class WorkPage extends Page {
  show() {
    const refresh = h("button", { type: "button", onclick: () => this.load() }, "Refresh");
    this.place = h("div");
    fill(this, this.heading("Background work", { lead: "Mails, resumes, scores and rules wait here for their turn, of all tenants.", actions: [refresh] }), this.place);
    this.load();
  }

  load() {
    return this.with(this.place, "background work", () => api.get("/admin/queue", { limit: 100 }), queue => [this.depth(queue.depth), this.failures(queue.failures)]);
  }

  depth(pieces) {
    if (pieces.length === 0) return empty({ title: "Nothing waits", text: "All background work is done." });
    return [
      h("h2", {}, "Waiting and running"),
      table("Depth", ["Work", "State", "Pieces", "Oldest"], pieces.map(piece => [
        h("code", {}, piece.name), badge(piece.state), number(piece.pieces), moment(piece.oldest),
      ])),
    ];
  }

  failures(pieces) {
    const title = h("h2", {}, "Dead letters");
    if (pieces.length === 0) return [title, h("p", {}, "No work has failed for the last time.")];
    const rows = pieces.map(piece => [
      h("code", {}, piece.name), piece.tenantCode, number(piece.attempts), piece.error ?? "unknown", moment(piece.createdAt), this.retry(piece),
    ]);
    return [title, table("Dead letters", ["Work", "Tenant", "Attempts", "Error", "Since", "Retry"], rows)];
  }

  retry(piece) {
    const button = h("button", { type: "button", "aria-label": `Retry ${piece.name} of ${piece.tenantCode}` }, "Retry");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await api.post(`/admin/queue/${piece.id}/retry`);
        announce(`${piece.name} is in line again.`);
        this.load();
      } catch (refusal) {
        button.replaceWith(notice(refusal, () => this.load()));
      }
    });
    return button;
  }
}

customElements.define("work-page", WorkPage);
