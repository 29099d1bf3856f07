import { fill, h } from "../core/dom.js";

/** The draft's grants: everything, or only what is ticked. `changed` gets null or the names. */
export function grantsForm({ operations }, grants, changed) {
  const effects = operations.filter(operation => operation.kind === "effect");
  const boxes = effects.map(({ name }) => h("input", { type: "checkbox", value: name, checked: grants?.includes(name) ?? false }));
  const note = h("span", { class: "faint" });
  const choice = h("select", { "aria-label": "What the rule may do" }, [
    h("option", { value: "all", selected: grants === null }, "Everything a rule can do"),
    h("option", { value: "some", selected: grants !== null }, "Only what is ticked"),
  ]);
  const list = h("div", { class: "grants" }, boxes.map((box, index) => grant(box, effects[index])));
  const value = () => (choice.value === "all" ? null : boxes.filter(box => box.checked).map(box => box.value));
  const show = () => {
    list.hidden = choice.value === "all";
    fill(note, value() === null ? " everything" : ` ${value().length} of ${boxes.length} commands`);
  };
  const element = h("details", { class: "card entry" }, h("summary", {}, "What it may do:", note), choice, list);
  element.addEventListener("change", () => {
    show();
    changed(value());
  });
  show();
  return element;
}

function grant(box, { name, summary }) {
  return h("label", { class: "choice" }, box, h("span", {}, h("code", {}, name), " ", h("span", { class: "faint" }, summary)));
}
