import "../parts/lua-editor.js";
import "./dry-run.js";
import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { tabs } from "../parts/tabs.js";
import { grantsForm } from "./grants.js";
import { guideColumn, referenceList } from "./reference.js";

// An interval that no rule uses: the source is compiled, nothing in it runs, and so it doesn't count as a trial either.
export const nobodysInterval = "9973m";

/**
 * A rule's draft: the editor with its problems, its grants, and next to it the test run, the reference and the guide.
 * Fires `edited`, `save` and `tried`.
 */
export class RuleDraft extends EventTarget {
  constructor(script, catalogue) {
    super();
    this.script = script;
    this.catalogue = catalogue;
    this.grants = script.grants ?? null;
    this.problems = h("div", { class: "problems", role: "status" });
    this.editor = this.makeEditor();
    this.element = h("div", { class: "workbench" }, this.writing(), this.beside());
  }

  get source() {
    return this.editor.value;
  }

  makeEditor() {
    const editor = document.createElement("lua-editor");
    Object.assign(editor, { catalogue: this.catalogue, check: source => this.check(source) });
    editor.addEventListener("edited", () => this.tell("edited"));
    editor.addEventListener("save", () => this.tell("save"));
    editor.addEventListener("run", () => this.dryRun?.run());
    editor.addEventListener("checked", event => this.showProblems(event.detail));
    return editor;
  }

  open() {
    return this.editor.open(this.script.draft);
  }

  writing() {
    const help = h("p", { class: "hint" }, "Ctrl+Space completes, Ctrl+S saves, Ctrl+Enter makes a test run. Escape, then Tab leaves the editor.");
    const grants = this.script.kind === "rule" && grantsForm(this.catalogue, this.grants, value => {
      this.grants = value;
      this.tell("edited");
    });
    return h("section", { "aria-label": "Draft" }, this.editor, this.problems, help, grants);
  }

  beside() {
    const reference = h("div");
    const guide = h("div");
    const once = (place, make) => () => place.hasChildNodes() || fill(place, make());
    const list = [
      { title: "Reference", panel: reference, shown: once(reference, () => referenceList(this.catalogue)) },
      { title: "Guide", panel: guide, shown: once(guide, guideColumn) },
    ];
    if (this.script.kind === "rule") list.unshift({ title: "Try it", panel: this.trying() });
    return h("aside", { class: "beside", "aria-label": "Beside the editor" }, tabs("Beside the editor", list).element);
  }

  trying() {
    this.dryRun = document.createElement("dry-run");
    Object.assign(this.dryRun, { catalogue: this.catalogue, source: () => this.source, grants: () => this.grants });
    this.dryRun.addEventListener("tried", () => this.tell("tried"));
    return h("div", {}, this.dryRun);
  }

  /** The server compiles it, as for a test run; nothing is kept. */
  async check(source) {
    const own = ["draft", this.script.name];
    const placed = problems => problems.map(problem => ({ ...problem, library: own.includes(problem.script) ? undefined : problem.script }));
    if (this.script.kind === "library") return placed(this.script.problems);
    try {
      const { problems, handlers } = await api.post("/admin/scripts/dry-run", { source, event: nobodysInterval, kind: "every" });
      this.dryRun?.follow(handlers);
      return placed(problems);
    } catch (refusal) {
      return [{ message: refusal.details?.source ?? refusal.message }];
    }
  }

  showProblems(problems) {
    const items = problems.map(problem =>
      h("li", {}, this.place(problem), problem.message),
    );
    fill(this.problems, items.length ? h("ul", {}, items) : h("p", { class: "fine" }, "No errors."));
  }

  place({ library, line }) {
    if (library) return `In the library ${library}${line ? `, line ${line}` : ""}: `;
    return line && [h("button", { type: "button", class: "link", onclick: () => this.editor.goTo(line) }, `Line ${line}`), " "];
  }

  tell(name) {
    this.dispatchEvent(new CustomEvent(name));
  }
}
