import { h } from "../core/dom.js";
import { number, words } from "../core/format.js";
import { table } from "./table.js";

/** Where an erasure goes, and how much of it there is. */
export function placeTable(places) {
  if (places.length === 0) return h("p", {}, "Nothing.");
  return table("Places", ["Place", "Count"], places.map(({ place, count }) => [words(place), number(count)]));
}
