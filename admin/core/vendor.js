import { h } from "./dom.js";

const loads = new Map();

/** Loads one of Debian's libraries once; returns whether it exists. */
export function load(file) {
  if (!loads.has(file)) loads.set(file, append(file));
  return loads.get(file);
}

function append(file) {
  return new Promise(resolve => {
    const script = h("script", { src: `/admin/vendor/${file}`, onload: () => resolve(true), onerror: () => resolve(false) });
    // Fetched at once, but run in the order in which they were asked for.
    script.async = false;
    document.head.append(script);
  });
}

/** Whether all of them are there. */
export async function loadAll(files) {
  return (await Promise.all(files.map(load))).every(Boolean);
}
