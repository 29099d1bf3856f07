import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { number, words } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge, empty, loading, notice } from "../parts/states.js";
import { table } from "../parts/table.js";
import { time } from "../parts/time.js";

const categories = ["applied", "screening", "assessment", "interview", "offer", "hired", "rejected", "withdrawn"];

/** How long applications are kept, and which are about to be erased. */
class RetentionPage extends Page {
  show() {
    this.rules = h("div", {});
    this.flags = dataList({
      what: "applications about to be erased",
      path: "/admin/retention-flags",
      reads: "cursor",
      columns: [
        { title: "Candidate", class: "long", cell: flag => flag.candidateName },
        { title: "Job", class: "long", cell: flag => flag.jobTitle },
        { title: "Found", cell: flag => time(flag.flaggedAt) },
        { title: "Erased", cell: flag => time(flag.dueAt) },
      ],
      empty: { title: "Nothing is about to be erased", text: "Active rules run once a day. What they find is listed here for a week, and the candidates are told." },
    });
    const lead = "How long applications are kept after their last activity. They are flagged a week before they are erased; with new activity in that week they are kept.";
    const create = h("button", { type: "button", class: "primary", onclick: () => this.create() }, "New rule");
    fill(this, this.heading("Retention", { lead, actions: [create] }), this.rules, h("h2", {}, "About to be erased"), this.flags);
    this.load();
  }

  load() {
    this.with(this.rules, "rules", () => api.get("/admin/retention-rules"), ({ items }) => this.ruleTable(items));
  }

  ruleTable(rules) {
    if (rules.length === 0) return empty({ title: "No rules yet", text: "Without a rule applications are kept until somebody erases them." });
    const titles = ["Applications", "Of", "Kept for", "State", "Change"];
    return table("Retention rules", titles, rules.map(rule => [words(rule.category), owner(rule), months(rule.months), state(rule), this.buttons(rule)]));
  }

  buttons(rule) {
    const look = h("button", { type: "button", "aria-label": `Try ${name(rule)}`, onclick: () => this.attempt(rule) }, "Test run");
    const end = h("button", { type: "button", "aria-label": `Delete ${name(rule)}`, onclick: () => this.remove(rule) }, "Delete");
    return h("div", { class: "buttons" }, look, end);
  }

  async create() {
    const companies = await api.get("/admin/companies", { limit: 100 }).catch(() => ({ items: [] }));
    confirm({
      title: "New rule",
      text: "It starts as a draft. You see what it would find before you activate it.",
      label: "Create the rule",
      fields: [
        { name: "category", label: "Applications in the stage category", required: true, options: categories.map(category => [category, words(category)]), value: "rejected" },
        { name: "companyId", label: "Company", options: [["", "All without a rule of their own"], ...companies.items.map(({ id, name }) => [id, name])] },
        { name: "months", label: "Months after the last activity", type: "number", required: true, value: "24" },
      ],
      act: async values => {
        const rule = await api.post("/admin/retention-rules", { ...values, months: Number(values.months) });
        this.load();
        return () => this.attempt(rule);
      },
    });
  }

  /** What a rule would find now; it can be activated from there. */
  async attempt(rule) {
    const found = h("div", {}, loading("what it would find"));
    const dialog = openDialog(`Test run: ${name(rule)}`, found);
    try {
      const trial = await api.post(path`/admin/retention-rules/${rule.id}/dry-run`);
      const form = !trial.rule.activeSince && fieldForm({
        label: "Activate",
        danger: true,
        fields: [],
        submit: () => this.activate(trial.rule, dialog),
        cancel: () => dialog.close(),
      });
      fill(found, this.trial(trial), form);
      this.load();
    } catch (refusal) {
      fill(found, notice(refusal));
    }
  }

  trial({ applications, examples }) {
    if (applications === 0) return h("p", {}, "No application has been inactive for that long.");
    const rows = examples.map(example => [example.candidateName, time(example.lastActiveAt)]);
    const found = applications === 1 ? "1 application, and erase it" : `${number(applications)} applications, and erase them`;
    return [
      h("p", {}, `It would find ${found} a week later unless there is new activity.`),
      table("The longest inactive", ["Candidate", "Last activity"], rows),
    ];
  }

  async activate(rule, dialog) {
    await api.post(path`/admin/retention-rules/${rule.id}/activate`);
    dialog.close();
    announce("The rule is active.");
    this.load();
    this.flags.load();
  }

  remove(rule) {
    confirm({
      title: `Delete ${name(rule)}?`,
      text: "Applications that it has flagged are kept. What was erased stays erased.",
      label: "Delete",
      danger: true,
      act: async () => {
        await api.delete(path`/admin/retention-rules/${rule.id}`);
        announce("Deleted.");
        this.load();
        this.flags.load();
      },
    });
  }
}

const owner = rule => rule.companyName ?? "All companies";
const months = count => (count === 1 ? "1 month" : `${count} months`);
const name = rule => `${words(rule.category)}, ${owner(rule)}`;

function state(rule) {
  if (rule.activeSince) return [badge("active"), " since ", time(rule.activeSince)];
  return badge(rule.triedAt ? "tried" : "draft");
}

customElements.define("retention-page", RetentionPage);
