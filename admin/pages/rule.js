import "../parts/lua-editor.js";
import "../rules/dry-run.js";
import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { announce } from "../parts/announce.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge, notice } from "../parts/states.js";
import { tabs } from "../parts/tabs.js";
import { loadCatalogue } from "../rules/catalogue.js";
import { runList } from "../rules/runs.js";
import { versionList } from "../rules/versions.js";

/** One rule: its draft with a dry run beside it, its versions, its runs. */
class RulePage extends Page {
  show() {
    this.warn ??= event => this.isDirty && event.preventDefault();
    window.addEventListener("beforeunload", this.warn);
    const load = () => Promise.all([api.get(`/admin/scripts/${this.parameters.id}`), loadCatalogue()]);
    this.with(this, "the rule", load, ([script, catalogue]) => this.content(script, catalogue));
  }

  disconnectedCallback() {
    window.removeEventListener("beforeunload", this.warn);
    // Who leaves keeps what was written: a draft harms nobody.
    if (this.isDirty) this.save().catch(() => announce("The draft could not be saved."));
  }

  content(script, catalogue) {
    this.script = script;
    this.head = h("div");
    this.problems = h("div", { class: "problems", role: "status" });
    this.trouble = h("div");
    this.editor = document.createElement("lua-editor");
    Object.assign(this.editor, { catalogue, check: source => this.check(source) });
    this.editor.addEventListener("edited", () => this.edited());
    this.editor.addEventListener("save", () => this.saveNow());
    this.editor.addEventListener("checked", event => this.showProblems(event.detail));
    const dryRun = document.createElement("dry-run");
    Object.assign(dryRun, { catalogue, source: () => this.editor.value });
    this.editor.addEventListener("run", () => dryRun.run());
    const help = h("p", { class: "hint" }, "Ctrl+Space completes, Ctrl+S saves, Ctrl+Enter runs dry. Escape, then Tab leaves the editor.");
    const writing = h("div", {}, h("div", { class: "workbench" }, h("section", { "aria-label": "Draft" }, this.editor, this.problems, help), dryRun));
    this.versions = h("div");
    const runs = h("div");
    const panels = tabs("Parts of the rule", [
      { title: "Draft", panel: writing, shown: () => this.editor.mirror?.refresh() },
      { title: "Versions", panel: this.versions, shown: () => this.showVersions() },
      { title: "Runs", panel: runs, shown: () => fill(runs, runList(script.id)) },
    ]);
    this.showHead();
    this.editor.open(script.draft);
    return [this.head, this.trouble, panels.element];
  }

  showHead() {
    const { name, status, liveVersion, kind } = this.script;
    this.saveButton = h("button", { type: "button", disabled: !this.isDirty, onclick: () => this.saveNow() }, this.isDirty ? "Save draft" : "Saved");
    const actions = [
      this.saveButton,
      status === "live" && h("button", { type: "button", class: "danger", onclick: () => this.disable() }, "Disable"),
      h("button", { type: "button", class: "primary", onclick: () => this.publish() }, "Publish"),
    ];
    const state = h("p", { class: "state" }, badge(status), liveVersion ? ` Version ${liveVersion} ${status === "live" ? "is live" : "was live"}.` : " Not published yet.", kind === "library" && " A library.");
    fill(this.head, this.heading(name, { back: { href: "#/rules", text: "Rules" }, actions }), state);
  }

  showVersions() {
    fill(this.versions, versionList(this.script, this.editor.value, version => this.rollBack(version)));
  }

  edited() {
    if (this.isDirty) return;
    this.isDirty = true;
    this.showHead();
  }

  /** The server compiles it, as for a dry run; nothing is kept. */
  async check(source) {
    if (this.script.kind === "library") return this.script.problems;
    try {
      return (await api.post("/admin/scripts/dry-run", { source, event: "1d", kind: "every" })).problems;
    } catch (refusal) {
      return [{ message: refusal.details?.source ?? refusal.message }];
    }
  }

  showProblems(problems) {
    const items = problems.map(problem =>
      h("li", {}, h("button", { type: "button", class: "link", onclick: () => this.editor.goTo(problem.line ?? 1) }, `Line ${problem.line ?? 1}`), " ", problem.message),
    );
    fill(this.problems, items.length ? h("ul", {}, items) : h("p", { class: "fine" }, "No errors."));
  }

  async save() {
    const source = this.editor.value;
    this.isDirty = false;
    try {
      this.script = await api.put(`/admin/scripts/${this.script.id}/draft`, { source }, this.script.version);
    } catch (refusal) {
      this.isDirty = true;
      throw refusal;
    }
  }

  saveNow() {
    return this.act(() => this.save(), "Draft saved.");
  }

  /** Does something and shows the rule as it then is, or why not. */
  async act(work, done) {
    fill(this.trouble);
    try {
      await work();
      announce(done);
    } catch (refusal) {
      const reload = refusal.code === "PRECONDITION_FAILED" ? () => this.reload() : undefined;
      fill(this.trouble, notice(refusal, reload, "Drop my changes and load it"));
    }
    this.showHead();
  }

  reload() {
    this.isDirty = false;
    this.show();
  }

  publish() {
    const form = fieldForm({
      label: "Publish",
      fields: [{ name: "comment", label: "What is new", type: "textarea" }],
      submit: async values => {
        if (this.isDirty) await this.save();
        this.script = await api.post(`/admin/scripts/${this.script.id}/publish`, values, this.script.version);
        dialog.close();
        announce(`Version ${this.script.liveVersion} is live.`);
        this.showHead();
        this.showVersions();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(`Publish ${this.script.name}?`, h("p", {}, "The draft becomes the next version and runs from the next event on."), form);
  }

  disable() {
    const form = fieldForm({
      label: "Disable",
      danger: true,
      fields: [{ name: "reason", label: "Why", type: "textarea" }],
      submit: async values => {
        this.script = await api.post(`/admin/scripts/${this.script.id}/disable`, values);
        dialog.close();
        announce("The rule no longer runs.");
        this.showHead();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(`Disable ${this.script.name}?`, h("p", {}, "It stops running at once. Publishing or going back to a version starts it again."), form);
  }

  async rollBack(version) {
    await this.act(async () => {
      this.script = await api.post(`/admin/scripts/${this.script.id}/rollback`, { version });
    }, `Version ${version} is live.`);
    this.showVersions();
  }
}

customElements.define("rule-page", RulePage);
