import { debounced, fill, freshID, h } from "../core/dom.js";

/**
 * A field for something that is found by its name: `search` gets what was typed and gives [{ value, text }], `name` the text of a value.
 * `take` is called with the picked value, or "" when the field is emptied. A whole id may be pasted.
 */
export function picker({ id = freshID("pick"), label, value = "", placeholder = "Name", search, name, take }) {
  const list = h("datalist", { id: `${id}-list` });
  const found = new Map();
  const input = h("input", { id, type: "search", autocomplete: "off", list: list.id, placeholder });
  const offer = debounced(250, async () => {
    const typed = input.value.trim();
    const choices = typed ? await search(typed).catch(() => []) : [];
    for (const choice of choices) found.set(choice.text, choice.value);
    fill(list, choices.map(choice => h("option", { value: choice.text })));
    // It may have been typed in full before the choices came.
    if (found.has(input.value)) pick(found.get(input.value));
  });
  let picked = value;
  const pick = chosen => {
    if (chosen === picked) return;
    picked = chosen;
    take(chosen);
  };
  input.addEventListener("input", () => {
    const typed = input.value.trim();
    if (typed === "" || isID(typed)) pick(typed);
    else if (found.has(typed)) pick(found.get(typed));
    else offer();
  });
  if (value) {
    input.value = value;
    Promise.resolve(name?.(value)).then(text => text && (input.value = text)).catch(() => {});
  }
  return h("div", { class: "field" }, h("label", { for: id }, label), input, list);
}

const isID = text => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
