import { api, path } from "../core/api.js";
import { h } from "../core/dom.js";
import { words } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { facts } from "../parts/facts.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { table } from "../parts/table.js";
import { time } from "../parts/time.js";

/** One merge, and what was added since. */
class MergePage extends Page {
  show() {
    this.with(this, "the merge", () => api.get(path`/candidates/merges/${this.parameters.id}/since`), found => this.content(found));
  }

  content({ merge, since }) {
    const undo = h("button", { type: "button", class: "danger", onclick: () => this.undo(merge) }, "Undo the merge");
    return [
      this.heading(`${merge.keptName} and ${merge.mergedName}`, { back: { href: "#/merges", text: "Merges" }, actions: merge.undoneAt ? [] : [undo] }),
      facts([
        ["State", merge.undoneAt ? badge("undone", "warn") : badge("active")],
        ["Kept", [merge.keptName, " ", h("code", {}, merge.keptId)]],
        ["Merged", [merge.mergedName, " ", h("code", {}, merge.mergedId)]],
        ["In common", merge.reasons.map(words).join(", ") || "Nothing"],
        ["Merged on", time(merge.mergedAt)],
        ["Undone on", merge.undoneAt && time(merge.undoneAt)],
      ], "facts"),
      h("h2", {}, "Added since the merge"),
      since.length === 0 ? h("p", {}, "Nothing.") : this.sinceTable(merge, since),
      since.length > 0 && !merge.undoneAt && h("p", { class: "hint" }, "Once the merge is undone you can assign each of these to one of the two."),
    ];
  }

  sinceTable(merge, since) {
    const titles = ["What", "Added", "Belongs to", "Assigned"];
    const rows = since.map(thing => [
      [words(thing.subject.kind), ": ", thing.label],
      time(thing.occurredAt),
      merge.undoneAt ? this.sides(merge, thing) : nameOf(merge, thing.candidateId),
      thing.assignedAt ? time(thing.assignedAt) : "not yet",
    ]);
    return table("Added since the merge", merge.undoneAt ? titles : titles.slice(0, 3), merge.undoneAt ? rows : rows.map(row => row.slice(0, 3)));
  }

  /** The owner's button is pressed; pressing it confirms the owner. */
  sides(merge, thing) {
    const button = id => {
      const isTheirs = id === thing.candidateId;
      const label = `${words(thing.subject.kind)} ${thing.label} belongs to ${nameOf(merge, id)}${merge.keptName === merge.mergedName ? `, ${sideOf(merge, id)}` : ""}`;
      const text = merge.keptName === merge.mergedName ? `${nameOf(merge, id)}, ${sideOf(merge, id)}` : nameOf(merge, id);
      return h("button", { type: "button", "aria-pressed": String(isTheirs), "aria-label": label, onclick: event => this.assign(merge, thing, id, event.target) }, text);
    };
    return h("div", { class: "buttons" }, button(merge.keptId), button(merge.mergedId));
  }

  async assign(merge, thing, candidateId, button) {
    button.disabled = true;
    try {
      await api.post(path`/candidates/merges/${merge.id}/assignments`, { kind: thing.subject.kind, subjectId: thing.subject.id, candidateId });
      announce("Assigned.");
      this.show();
    } catch (refusal) {
      announce(refusal.message);
      button.disabled = false;
    }
  }

  undo(merge) {
    confirm({
      title: "Undo the merge?",
      text: "Each of the two has its own data again. What was added since stays with the account it came with, until you assign it.",
      label: "Undo",
      danger: true,
      act: async () => {
        await api.post(path`/candidates/merges/${merge.id}/undo`);
        announce("The merge is undone.");
        this.show();
      },
    });
  }
}

const nameOf = (merge, id) => (id === merge.keptId ? merge.keptName : merge.mergedName);
const sideOf = (merge, id) => (id === merge.keptId ? "kept" : "merged");

customElements.define("merge-page", MergePage);
