import { h } from "../core/dom.js";
import { number, words } from "../core/format.js";
import { table } from "./table.js";

/** The places of an erasure, with their counts. */
export function placeTable(places) {
  if (places.length === 0) return h("p", {}, "Nothing.");
  return table("Places", ["Place", "Count"], places.map(({ place, count }) => [words(place), number(count)]));
}
