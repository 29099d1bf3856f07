import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { notice } from "../parts/states.js";
import { tabs } from "../parts/tabs.js";
import { loadCatalogue } from "../rules/catalogue.js";
import { RuleDraft } from "../rules/draft.js";
import { limitsPanel } from "../rules/limits.js";
import { publishDialog } from "../rules/publish.js";
import { replayPanel } from "../rules/replay.js";
import { runList } from "../rules/runs.js";
import { shadowPanel } from "../rules/shadow.js";
import { haltBanner, standing } from "../rules/standing.js";
import { versionList } from "../rules/versions.js";

/** One rule, from its draft to its runs. The panels get this page: its `script` as last loaded, and its actions. */
class RulePage extends Page {
  show() {
    this.warn ??= event => this.isDirty && event.preventDefault();
    window.addEventListener("beforeunload", this.warn);
    const load = () => Promise.all([api.get(path`/admin/scripts/${this.parameters.id}`), loadCatalogue()]);
    this.with(this, "the rule", load, ([script, catalogue]) => this.content(script, catalogue));
  }

  disconnectedCallback() {
    window.removeEventListener("beforeunload", this.warn);
    // Saves changes when the user leaves: a draft harms nobody.
    if (this.isDirty) this.save().catch(() => announce("The draft could not be saved."));
  }

  content(script, catalogue) {
    this.script = script;
    this.catalogue = catalogue;
    this.standing = h("div");
    this.trouble = h("div");
    this.draft = new RuleDraft(script, catalogue);
    this.draft.addEventListener("edited", () => this.edited());
    this.draft.addEventListener("save", () => this.saveNow());
    this.draft.addEventListener("tried", () => this.refresh());
    this.panels = this.makePanels();
    const head = this.makeHead();
    this.showHead();
    this.draft.open();
    const wanted = this.query.get("tab");
    if (wanted) this.select(wanted);
    return [head, this.standing, this.trouble, this.panels.element];
  }

  makePanels() {
    const panel = (name, title, make) => {
      const place = h("div");
      return { name, title, panel: place, shown: () => (this.remember(name), fill(place, make(this))) };
    };
    const shown = () => (this.remember("draft"), this.draft.editor.mirror?.refresh());
    const draft = { name: "draft", title: "Draft", panel: h("div", {}, this.draft.element), shown };
    const versions = panel("versions", "Versions", () => versionList(this.script, this.draft.source, version => this.rollBack(version)));
    const ofRules = [panel("replay", "Replay", replayPanel), panel("shadow", "Shadow", shadowPanel)];
    const ofRuns = [panel("runs", "Runs", () => runList(this.script.id, this.query.get("outcome"))), panel("limits", "Limits", limitsPanel)];
    this.tabList = this.script.kind === "rule" ? [draft, ...ofRules, versions, ...ofRuns] : [draft, versions];
    return tabs("Parts of the rule", this.tabList);
  }

  /** Keeps the same tab after a reload or coming back from a receipt. */
  remember(tab) {
    if (this.panels && this.isConnected) history.replaceState(null, "", `#/rules/${this.script.id}${tab === "draft" ? "" : `?tab=${tab}`}`);
  }

  select(name) {
    const index = this.tabList.findIndex(tab => tab.name === name);
    if (index >= 0) this.panels.select(index);
  }

  makeHead() {
    this.buttons = {
      save: h("button", { type: "button", onclick: () => this.saveNow() }),
      change: h("button", { type: "button", onclick: () => this.change() }, "Rename or delete"),
      disable: h("button", { type: "button", class: "danger", onclick: () => this.disable() }, "Disable"),
      publish: h("button", { type: "button", class: "primary", onclick: () => this.publishNow() }, "Publish"),
    };
    return this.heading(this.script.name, { back: { href: "#/rules", text: "Rules" }, actions: Object.values(this.buttons) });
  }

  /** The buttons stay the same elements, and so keep the focus. */
  showHead() {
    const { save, change, disable, publish } = this.buttons;
    const isDeleted = this.script.status === "deleted";
    for (const button of [save, change, publish]) button.hidden = isDeleted;
    save.disabled = !this.isDirty;
    save.textContent = this.isDirty ? "Save draft" : "Saved";
    disable.hidden = this.script.status !== "live";
    fill(this.standing, standing(this.script), haltBanner(this));
  }

  edited() {
    if (this.isDirty) return;
    this.isDirty = true;
    this.showHead();
  }

  async save() {
    const body = { source: this.draft.source, ...(this.script.kind === "rule" ? { grants: this.draft.grants } : {}) };
    this.isDirty = false;
    try {
      this.script = await api.put(path`/admin/scripts/${this.script.id}/draft`, body, this.script.version);
    } catch (refusal) {
      this.isDirty = true;
      throw refusal;
    }
  }

  saveNow() {
    return this.act(() => this.save(), "Draft saved.");
  }

  async saveIfNeeded() {
    if (this.isDirty) await this.save();
    this.showHead();
  }

  /** Loads the rule again, but keeps the editor's content. */
  async refresh() {
    if (this.isDirty) return;
    this.script = await api.get(path`/admin/scripts/${this.script.id}`);
    this.showHead();
  }

  /** Does something and shows the updated rule, or why it failed; returns whether it was done. */
  async act(work, done) {
    fill(this.trouble);
    try {
      await work();
      announce(done);
      return true;
    } catch (refusal) {
      const reload = refusal.code === "PRECONDITION_FAILED" ? () => this.reload() : undefined;
      fill(this.trouble, notice(refusal, reload, "Drop my changes and load it"));
      return false;
    } finally {
      this.showHead();
    }
  }

  reload() {
    this.isDirty = false;
    this.show();
  }

  /** Saves the draft and gets its trial; false if that failed. */
  settle() {
    return this.act(async () => {
      await this.saveIfNeeded();
      await this.refresh();
    });
  }

  async publishNow() {
    if (await this.settle()) publishDialog(this);
  }

  async publish(values) {
    this.script = await api.post(path`/admin/scripts/${this.script.id}/publish`, values, this.script.version);
    announce(`Version ${this.script.liveVersion} is live.`);
    this.showHead();
    this.select("versions");
  }

  change() {
    const { id, name, kind, version } = this.script;
    const what = kind === "library" ? "library" : "rule";
    const rename = fieldForm({
      label: "Rename",
      fields: [{ name: "name", label: "Name", required: true, value: name, hint: kind === "library" ? "Rules require it by this name." : "It names the rule in the log." }],
      submit: async values => {
        await this.saveIfNeeded();
        this.script = await api.patch(path`/admin/scripts/${id}`, values, this.script.version ?? version);
        dialog.close();
        announce("Renamed.");
        this.reload();
      },
    });
    const remove = fieldForm({
      label: `Delete the ${what}`,
      danger: true,
      fields: [{ name: "reason", label: "Why", type: "textarea" }],
      submit: async values => {
        await api.delete(path`/admin/scripts/${id}`, values);
        this.isDirty = false;
        dialog.close();
        announce(`${name} is deleted.`);
        location.hash = "/rules";
      },
    });
    const effect = kind === "library" ? "Rules keep the version that they were published with." : "It stops at once, with its shadow, and effects that wait are discarded.";
    const dialog = openDialog(name, rename, h("hr"), h("p", {}, `${effect} Its versions, runs and log stay; this can't be undone.`), remove);
  }

  disable() {
    confirm({
      title: `Disable ${this.script.name}?`,
      text: "It stops running at once, and so does its shadow. Publishing, or making a version live, starts it again.",
      label: "Disable",
      danger: true,
      fields: [{ name: "reason", label: "Why", type: "textarea" }],
      act: async values => {
        this.script = await api.post(path`/admin/scripts/${this.script.id}/disable`, values);
        announce("The rule no longer runs.");
        this.showHead();
      },
    });
  }

  async rollBack(version) {
    await this.act(async () => {
      this.script = await api.post(path`/admin/scripts/${this.script.id}/rollback`, { version });
    }, `Version ${version} is live.`);
    this.select("versions");
  }
}

customElements.define("rule-page", RulePage);
