import { h } from "../core/dom.js";
import { markdown } from "../parts/markdown.js";

/** The guide as elements, without its title. `link` makes an address from a heading's id. */
export async function loadGuide(link) {
  const answer = await fetch("/admin/guide.md", { cache: "no-cache" });
  if (!answer.ok) throw new Error("The guide isn't here: the console's folder has no guide.md.");
  const text = await answer.text();
  return markdown(text.replace(/^# .*\n/, ""), link);
}

export function tableOfContents(text, link) {
  return h("ul", {}, [...text.querySelectorAll("h2")].map(heading => h("li", {}, h("a", { href: link(heading.id), "data-at": heading.id }, heading.textContent))));
}
