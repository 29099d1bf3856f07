import { h } from "../core/dom.js";
import { routes } from "../core/routes.js";
import { session } from "../core/session.js";

/** The pages that the user may open, under their headings. */
export function navigation() {
  const links = routes.filter(route => route.nav && session.has(route.role));
  const groups = [...new Set(links.map(route => route.group))];
  const element = h(
    "nav",
    { id: "navigation", "aria-label": "Console" },
    groups.map(group => h(
      "div",
      {},
      groups.length > 1 && h("p", { class: "nav-group", "aria-hidden": "true" }, group),
      h("ul", { "aria-label": group }, links.filter(route => route.group === group).map(route => h("li", {}, h("a", { href: `#${route.path}` }, route.nav)))),
    )),
  );
  const mark = section => {
    for (const link of element.querySelectorAll("a")) {
      if (link.hash === `#/${section}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };
  return { element, mark };
}
