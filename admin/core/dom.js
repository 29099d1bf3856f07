// Elements from values. Text is always text, never markup: what a tenant typed can't become a tag.

/** `h("button", { class: "primary", onclick: save, disabled: true }, "Save")`. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) set(element, key, value);
  element.append(...nodes(children));
  return element;
}

function set(element, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "value" || key === "checked" || key === "selected") element[key] = value;
  else element.setAttribute(key, value === true ? "" : value);
}

function nodes(children) {
  return children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false);
}

/** Replaces the content. */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

let lastID = 0;

/** An id for a label, a description or a panel. */
export function freshID(word) {
  return `${word}-${++lastID}`;
}

/** Calls once nothing has happened for a while. */
export function debounced(milliseconds, action) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}
