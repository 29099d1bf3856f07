import { h } from "../core/dom.js";
import { exact, moment, short } from "../core/format.js";

/** A moment in a list: short, with the whole of it behind. */
export const time = text => element(text, short);

/** The same where what happened within a minute must be told apart. */
export const instant = text => element(text, exact);

function element(text, words) {
  return text ? h("time", { datetime: text, title: moment(text) }, words(text)) : "never";
}
