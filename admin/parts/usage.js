import { h } from "../core/dom.js";
import { number, words } from "../core/format.js";
import { chart } from "./chart.js";
import { facts } from "./facts.js";

/** A tenant's row counts and activity. */
export function usage({ usage = {}, activity = [] }) {
  const total = activity.reduce((sum, day) => sum + day.events, 0);
  return [
    facts(Object.entries(usage).sort().map(([name, count]) => [words(name), number(count)]), "figures"),
    activity.length > 0 && [
      h("h3", {}, "Events of the last 30 days"),
      h("div", { class: "card" }, chart({ label: "Events by day", values: activity.map(({ day, events }) => ({ label: day.slice(5), value: events })) })),
      h("p", { class: "hint" }, `${number(total)} in all, ${number(Math.max(...activity.map(day => day.events)))} on the busiest day.`),
    ],
  ];
}
