import { h } from "./dom.js";

const loads = new Map();

/** Loads a library of Debian's once, in order with those before it; says whether it is there. */
export function load(file) {
  if (!loads.has(file)) {
    const script = { src: `/admin/vendor/${file}`, async: true };
    loads.set(file, new Promise(resolve => document.head.append(h("script", { ...script, onload: () => resolve(true), onerror: () => resolve(false) }))));
  }
  return loads.get(file);
}

/** One after the other; stops at the first that is missing. */
export async function loadAll(files) {
  for (const file of files) if (!(await load(file))) return false;
  return true;
}
