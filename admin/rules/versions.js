import { h } from "../core/dom.js";
import { moment } from "../core/format.js";
import { confirm } from "../parts/confirm.js";
import { badge, empty } from "../parts/states.js";
import { compare } from "./compare.js";

/** The published versions, newest first, each compared with the draft. */
export function versionList(script, draft, rollBack) {
  if (script.versions.length === 0) {
    return empty({ title: "No versions yet", text: "Publish the draft to make the first. Every version stays, so that you can go back to it." });
  }
  return h("ol", { class: "versions" }, script.versions.map(version => entry(version, script, draft, rollBack)));
}

function entry(version, script, draft, rollBack) {
  const isShadow = script.shadow?.version === version.number;
  const isLive = script.status === "live" && script.liveVersion === version.number;
  const back = h("button", { type: "button", onclick: () => askToGoBack(version, script, rollBack), "aria-label": `Make version ${version.number} live` }, "Make live");
  const handlers = version.handlers.map(handler => `${handler.hook} ${handler.name}`).join(", ");
  return h(
    "li",
    { class: "card" },
    h("div", { class: "title-row" }, h("h2", {}, `Version ${version.number} `, isLive && badge("live"), isShadow && badge("shadow")), isLive ? null : back),
    h("p", {}, version.comment ?? "No comment."),
    h("p", { class: "faint" }, `Published ${moment(version.publishedAt)}${by(version)}. Reacts to: ${handlers || "nothing"}.`),
    version.grants && h("p", { class: "faint" }, "May only use: ", version.grants.map(name => [h("code", {}, name), " "])),
    version.readFields?.length > 0 && h("p", { class: "faint" }, "Reads: ", version.readFields.map(name => [h("code", {}, name), " "])),
    changes(version, script.versions.find(other => other.number === version.number - 1)),
    version.source === draft
      ? h("p", { class: "faint" }, "The draft is the same.")
      : h("details", {}, h("summary", {}, "Compare with the draft"), compare(version.source, draft, `Version ${version.number}`, "Draft")),
  );
}

const by = ({ publishedBy, publisherName }) => (publisherName ? ` by ${publisherName}` : publishedBy ? "" : " by the server");

function askToGoBack({ number }, script, rollBack) {
  const instead = script.status === "live" ? `instead of version ${script.liveVersion}, ` : "";
  confirm({
    title: `Make version ${number} live?`,
    text: `It runs ${instead}from the next event on. The draft stays as it is.`,
    label: "Make live",
    act: () => rollBack(number),
  });
}

function changes(version, before) {
  if (!before) return null;
  const [old, current] = [before, version].map(({ number }) => `Version ${number}`);
  return h("details", {}, h("summary", {}, `Compare with version ${before.number}`), compare(before.source, version.source, old, current));
}
