import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { words } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge, loading, notice } from "../parts/states.js";
import { table } from "../parts/table.js";
import { tabs } from "../parts/tabs.js";
import { time } from "../parts/time.js";

/** Candidates who may be one person, are, or are not. */
class MergesPage extends Page {
  show() {
    this.proposals = dataList({
      what: "proposals",
      path: "/candidates/merge-proposals",
      reads: "cursor",
      columns: [
        { title: "Older account", cell: pair => pair.keptName },
        { title: "Newer account", cell: pair => pair.mergedName },
        { title: "In common", cell: pair => reasons(pair) },
        { title: "Decide", class: "action", cell: pair => this.choices(pair) },
      ],
      empty: { title: "No duplicates found", text: "Candidates with the same e-mail address, telephone number or name are proposed here." },
    });
    this.ledger = dataList({
      what: "merges",
      path: "/candidates/merges",
      reads: "cursor",
      columns: [
        { title: "Kept", cell: merge => merge.keptName },
        { title: "Merged", cell: merge => merge.mergedName },
        { title: "In common", cell: merge => reasons(merge) },
        { title: "When", cell: merge => time(merge.mergedAt) },
        { title: "State", cell: merge => (merge.undoneAt ? [badge("undone", "warn"), " ", time(merge.undoneAt)] : badge("active")) },
        { title: "Details", class: "action", cell: merge => h("a", { class: "button", href: `#/merges/${merge.id}`, "aria-label": `Details of ${pairName(merge)}` }, "Details") },
      ],
      empty: { title: "Nobody was merged yet", text: "A merge changes no data: both accounts show the one that is kept, until the merge is undone." },
    });
    this.dismissals = dataList({
      what: "dismissed proposals",
      path: "/candidates/merge-dismissals",
      reads: "cursor",
      columns: [
        { title: "Older account", cell: pair => pair.keptName },
        { title: "Newer account", cell: pair => pair.mergedName },
        { title: "In common", cell: pair => reasons(pair) },
        { title: "Dismissed", cell: pair => time(pair.dismissedAt) },
        { title: "Change", class: "action", cell: pair => this.restorer(pair) },
      ],
      empty: { title: "No proposal was dismissed", text: "Candidates in a dismissed proposal are proposed again only if they have something new in common." },
    });
    const panel = list => h("div", {}, list);
    const { element } = tabs("Merges", [
      { title: "Proposals", panel: panel(this.proposals) },
      { title: "Merged", panel: panel(this.ledger) },
      { title: "Dismissed", panel: panel(this.dismissals) },
    ]);
    fill(this, this.heading("Merges", { lead: "Candidates who have two accounts. A merge shows both as the one that is kept; undoing it separates them again." }), element);
  }

  choices(pair) {
    const look = h("button", { type: "button", "aria-label": `Compare ${pairName(pair)}`, onclick: () => this.compare(pair) }, "Compare");
    const dismiss = h("button", { type: "button", "aria-label": `Dismiss ${pairName(pair)}`, onclick: event => this.dismiss(pair, event.target) }, "Dismiss");
    return h("div", { class: "buttons" }, look, dismiss);
  }

  /** Both side by side, with the choice of which to keep. */
  async compare(pair) {
    const sides = h("div", {}, loading("the two"));
    const dialog = openDialog("One person?", sides);
    try {
      const preview = await api.get("/candidates/merge-preview", { keptId: pair.keptId, mergedId: pair.mergedId });
      const options = [preview.kept, preview.merged].map(side => [side.id, `${side.name}, here since ${new Date(side.registeredAt).toLocaleDateString()}`]);
      const form = fieldForm({
        label: "Merge",
        fields: [{ name: "keptId", label: "Account to keep", required: true, options, value: pair.keptId }],
        submit: values => this.merge(pair, values.keptId, dialog),
        cancel: () => dialog.close(),
      });
      fill(sides, comparison(preview), h("p", {}, "No data is changed, and the merge can be undone."), form);
    } catch (refusal) {
      fill(sides, notice(refusal));
    }
  }

  async merge(pair, keptId, dialog) {
    const mergedId = keptId === pair.keptId ? pair.mergedId : pair.keptId;
    await api.post("/candidates/merges", { keptId, mergedId });
    dialog.close();
    announce("They are merged.");
    this.proposals.load();
    this.ledger.load();
  }

  dismiss(pair, button) {
    const { keptId, mergedId } = pair;
    this.change(button, () => api.post("/candidates/merge-dismissals", { keptId, mergedId }), "The proposal is dismissed.");
  }

  restorer(pair) {
    const restore = event => this.change(event.target, () => api.delete(path`/candidates/merge-dismissals/${pair.id}`), "They are proposed again.");
    return h("button", { type: "button", "aria-label": `Propose ${pairName(pair)} again`, onclick: restore }, "Propose again");
  }

  async change(button, act, done) {
    button.disabled = true;
    try {
      await act();
      announce(done);
      this.proposals.load();
      this.dismissals.load();
    } catch (refusal) {
      announce(refusal.message);
      button.disabled = false;
    }
  }
}

const pairName = pair => `${pair.keptName} and ${pair.mergedName}`;
const reasons = ({ reasons }) => h("span", { class: "buttons" }, reasons.map(reason => badge(words(reason))));

function comparison({ kept, merged }) {
  const kinds = [...new Set([...kept.holds, ...merged.holds].map(({ kind }) => kind))];
  const count = (side, kind) => String(side.holds.find(held => held.kind === kind)?.count ?? 0);
  const rows = [["Here since", time(kept.registeredAt), time(merged.registeredAt)], ...kinds.map(kind => [`${words(kind)}s`, count(kept, kind), count(merged, kind)])];
  return table("The two accounts", ["Compared", kept.name, merged.name], rows);
}

customElements.define("merges-page", MergesPage);
