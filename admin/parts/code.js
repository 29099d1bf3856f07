import { h } from "../core/dom.js";
import { loadAll } from "../core/vendor.js";

const files = ["lib/codemirror.js", "mode/lua/lua.js", "addon/runmode/runmode.js"].map(file => `codemirror/${file}`);

/** A sentence from the API with names in backquotes. */
export function sentence(text) {
  return text.split("`").map((part, index) => (index % 2 ? h("code", {}, part) : part));
}

/** Read-only Lua, in the editor's colors once CodeMirror is loaded. */
export function luaText(source) {
  const element = h("pre", { class: "lua cm-s-default", tabindex: "0" }, source);
  loadAll(files).then(isThere => {
    if (!isThere) return;
    element.replaceChildren();
    window.CodeMirror.runMode(source, "lua", (text, style) => element.append(style ? h("span", { class: `cm-${style.replaceAll(" ", " cm-")}` }, text) : text));
  });
  return element;
}
