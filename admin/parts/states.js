import { h } from "../core/dom.js";

/** What went wrong, in the API's words, with a retry button. */
export function notice(refusal, retry, label = "Try again") {
  return h(
    "div",
    { class: "notice bad", role: "alert" },
    h("p", {}, h("strong", {}, refusal.message)),
    detailList(refusal.details),
    refusal.requestId && h("p", { class: "faint" }, "Request ", h("code", {}, refusal.requestId)),
    retry && h("button", { type: "button", onclick: retry }, label),
  );
}

/** A refusal's details that no field on the screen shows. */
export function detailList(details, shown = []) {
  const rest = Object.entries(details ?? {}).filter(([name]) => !shown.includes(name));
  if (rest.length === 0) return null;
  return h("ul", { class: "details" }, rest.map(([name, problem]) => h("li", {}, h("code", {}, name), " ", text(problem))));
}

function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function loading(what) {
  return h("p", { class: "loading", role: "status" }, `Loading ${what}…`);
}

/** Nothing is there yet: says what to do about it. */
export function empty({ title, text, action }) {
  return h("div", { class: "empty" }, h("h2", {}, title), h("p", {}, text), action);
}

/** A state as a colored word. */
export function badge(word, kind = kinds[word] ?? "plain") {
  return h("span", { class: `badge ${kind}` }, inWords(word));
}

/** A state as people say it: "tooDeep" is "chain too long", "notSent" is "not sent". */
export function inWords(state) {
  return names[state] ?? state.replace(/([a-z])([A-Z])/g, (_, before, after) => `${before} ${after.toLowerCase()}`);
}

const names = { tooDeep: "chain too long" };

const kinds = {
  active: "good", live: "good", ok: "good", completed: "good", published: "good", applied: "good", sent: "good", approved: "good",
  suspended: "bad", failed: "bad", dead: "bad", deactivated: "bad",
  disabled: "warn", deleted: "warn", refused: "warn", degraded: "warn", rejected: "warn", tooDeep: "warn", invited: "warn", pending: "warn", shadow: "warn", canceled: "warn", skipped: "warn",
};
