import { h } from "../core/dom.js";
import { load } from "../core/vendor.js";
import { luaText } from "./code.js";

const allowed = new Set("h1 h2 h3 h4 p ul ol li strong em code blockquote hr br table thead tbody tr th td del".split(" "));

/** Markdown as elements. Only listed elements come through, whatever the text contains. `link` makes an address from a heading's id. */
export async function markdown(text, link) {
  if (!(await load("marked/marked.umd.min.js"))) return [h("pre", { class: "plain", tabindex: "0" }, text)];
  const parsed = new DOMParser().parseFromString(window.marked.parse(text), "text/html");
  return copies(parsed.body, link);
}

function copies(node, link) {
  return [...node.childNodes].flatMap(child => copy(child, link));
}

function copy(node, link) {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const name = node.localName;
  if (name === "pre") return [block(node)];
  if (name === "a") return [anchor(node, link)];
  if (!allowed.has(name)) return copies(node, link);
  const element = h(name, { id: /^h[1-4]$/.test(name) ? slug(node.textContent) : undefined }, copies(node, link));
  return [name === "table" ? h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Table" }, element) : element];
}

function block(node) {
  const language = node.querySelector("code")?.className ?? "";
  const text = node.textContent.replace(/\n$/, "");
  return language.includes("language-lua") ? luaText(text) : h("pre", { tabindex: "0" }, text);
}

function anchor(node, link) {
  const target = node.getAttribute("href") ?? "";
  if (target.startsWith("#/")) return h("a", { href: target }, node.textContent);
  if (target.startsWith("#")) return h("a", { href: link(target.slice(1)), "data-at": target.slice(1) }, node.textContent);
  if (/^https:\/\//.test(target)) return h("a", { href: target, rel: "noreferrer", target: "_blank" }, node.textContent);
  return h("span", {}, node.textContent);
}

/** The id of a heading, as writers of Markdown expect it. */
export function slug(text) {
  return text.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
}
