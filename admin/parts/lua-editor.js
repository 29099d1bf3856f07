import { h } from "../core/dom.js";
import { loadAll } from "../core/vendor.js";
import { loading } from "./states.js";
import { complete } from "../rules/hints.js";

const scripts = ["lib/codemirror.js", "mode/lua/lua.js", "addon/edit/matchbrackets.js", "addon/edit/closebrackets.js", "addon/comment/comment.js", "addon/hint/show-hint.js", "addon/lint/lint.js"];

/**
 * Lua with highlighting, completion from the catalog and problems at their line. Without CodeMirror it is a plain text field.
 * Set `catalogue` and `check` (source to problems) first, then call `open(source)`. Fires `edited`, `save`, `run` and `checked`.
 */
class LuaEditor extends HTMLElement {
  async open(source) {
    this.opening = source;
    this.setAttribute("aria-busy", "true");
    this.replaceChildren(loading("the editor"));
    await loadAll(scripts.map(script => `codemirror/${script}`));
    this.replaceChildren();
    this.removeAttribute("aria-busy");
    if (window.CodeMirror) this.openCodeMirror(source);
    else this.openText(source);
  }

  get value() {
    return this.mirror ? this.mirror.getValue() : (this.field?.value ?? this.opening ?? "");
  }

  set value(source) {
    if (this.mirror) this.mirror.setValue(source);
    else this.field.value = source;
  }

  goTo(line) {
    if (!this.mirror) return this.field.focus();
    this.mirror.setCursor(line - 1, 0);
    this.mirror.focus();
  }

  openText(source) {
    this.field = h("textarea", { class: "source", "aria-label": "Lua source", spellcheck: "false", value: source, oninput: () => this.edited() });
    this.field.addEventListener("change", () => this.recheck(this.value));
    this.replaceChildren(this.field);
    this.recheck(this.value);
  }

  openCodeMirror(source) {
    this.mirror = window.CodeMirror(this, {
      value: source,
      mode: "lua",
      lineNumbers: true,
      indentUnit: 2,
      tabSize: 2,
      lineWrapping: true,
      matchBrackets: true,
      autoCloseBrackets: true,
      viewportMargin: Infinity,
      screenReaderLabel: "Lua source; Escape, then Tab leaves it",
      gutters: ["CodeMirror-linenumbers", "CodeMirror-lint-markers"],
      extraKeys: this.keys(false),
      hintOptions: { hint: mirror => this.hints(mirror), completeSingle: false },
      lint: { getAnnotations: source => this.annotations(source), delay: 600, lintOnChange: true },
    });
    // Anything that scrolls must be reachable without a mouse.
    this.mirror.getScrollerElement().tabIndex = 0;
    this.mirror.on("change", () => this.edited());
    this.mirror.on("mousedown", () => this.letTabIndent(true));
    this.mirror.on("blur", () => this.letTabIndent(false));
    this.mirror.on("inputRead", (mirror, change) => {
      this.letTabIndent(true);
      if (/[\w.:"]$/.test(change.text.at(-1)) && !mirror.state.completionActive) mirror.showHint();
    });
  }

  /** Tab indents after a click or typing here, until Escape: tabbing through neither gets stuck nor changes anything. */
  letTabIndent(tabIndents) {
    this.mirror.setOption("extraKeys", this.keys(tabIndents));
  }

  keys(tabIndents) {
    return {
      "Ctrl-Space": "autocomplete",
      "Ctrl-S": () => this.tell("save"),
      "Cmd-S": () => this.tell("save"),
      "Ctrl-Enter": () => this.tell("run"),
      "Cmd-Enter": () => this.tell("run"),
      "Ctrl-/": "toggleComment",
      Esc: () => this.letTabIndent(false),
      Tab: tabIndents ? mirror => mirror.execCommand(mirror.somethingSelected() ? "indentMore" : "insertSoftTab") : false,
      "Shift-Tab": tabIndents ? "indentLess" : false,
    };
  }

  edited() {
    this.tell("edited");
  }

  hints(mirror) {
    const cursor = mirror.getCursor();
    const { written, choices } = complete(mirror.getRange({ line: 0, ch: 0 }, cursor), this.catalogue);
    const list = choices.map(choice => ({ text: choice.insert ?? choice.text, choice, render: renderChoice }));
    return { list, from: { line: cursor.line, ch: cursor.ch - written.length }, to: cursor };
  }

  async annotations(source) {
    const problems = await this.recheck(source);
    return problems.filter(problem => problem.line && !problem.library).map(problem => {
      const line = problem.line - 1;
      return { from: { line, ch: 0 }, to: { line, ch: this.mirror.getLine(line)?.length ?? 0 }, message: problem.message, severity: "error" };
    });
  }

  async recheck(source) {
    const problems = await this.check(source);
    this.dispatchEvent(new CustomEvent("checked", { detail: problems }));
    return problems;
  }

  tell(name) {
    this.dispatchEvent(new CustomEvent(name));
  }
}

function renderChoice(element, _, { choice }) {
  element.append(h("span", { class: "choice-text" }, choice.text), h("span", { class: "choice-note" }, choice.note));
}

customElements.define("lua-editor", LuaEditor);
