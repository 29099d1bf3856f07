import { freshID, h } from "../core/dom.js";

/** Panels of which one is shown (WAI-ARIA tabs: arrows move between them). `tabs`: [{ title, panel, shown }]. */
export function tabs(label, list) {
  const buttons = list.map(tab => {
    const ids = { tab: freshID("tab"), panel: freshID("panel") };
    Object.assign(tab.panel, { id: ids.panel, hidden: true });
    tab.panel.setAttribute("role", "tabpanel");
    tab.panel.setAttribute("aria-labelledby", ids.tab);
    return h("button", { type: "button", role: "tab", id: ids.tab, "aria-controls": ids.panel, onclick: () => select(list.indexOf(tab)) }, tab.title);
  });
  const bar = h("div", { class: "tabs", role: "tablist", "aria-label": label }, buttons);
  bar.addEventListener("keydown", event => {
    const at = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: (at + 1) % buttons.length, ArrowLeft: (at + buttons.length - 1) % buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    select(next);
    buttons[next].focus();
  });
  function select(chosen) {
    for (const [index, tab] of list.entries()) {
      const isChosen = index === chosen;
      tab.panel.hidden = !isChosen;
      buttons[index].setAttribute("aria-selected", String(isChosen));
      buttons[index].tabIndex = isChosen ? 0 : -1;
    }
    // On a narrow screen the bar scrolls; it has no width before it is on the page.
    requestAnimationFrame(() => (bar.scrollLeft = buttons[chosen].offsetLeft - bar.offsetLeft - 48));
    list[chosen].shown?.();
  }
  select(0);
  return { element: h("div", {}, bar, list.map(tab => tab.panel)), select };
}
