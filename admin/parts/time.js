import { h } from "../core/dom.js";
import { exact, moment, short } from "../core/format.js";

/** A time in a list: short, with the full time as its title. */
export const time = text => element(text, short);

/** The same with seconds. */
export const instant = text => element(text, exact);

function element(text, words) {
  return text ? h("time", { datetime: text, title: moment(text) }, words(text)) : "never";
}
