import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { bytes, duration, instructions, moment, number } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { luaText } from "../parts/code.js";
import { confirm } from "../parts/confirm.js";
import { facts } from "../parts/facts.js";
import { follow } from "../parts/follow.js";
import { Page } from "../parts/page.js";
import { progress } from "../parts/progress.js";
import { badge, notice } from "../parts/states.js";
import { table } from "../parts/table.js";
import { effectList } from "../rules/effects.js";

const resting = ["planned", "applied", "failed", "canceled"];

/** One run of the script console: its plan, its output, and after confirmation what was done in each tenant. */
class ConsoleRunPage extends Page {
  show() {
    this.progress = progress("Working", "tenants", () => this.cancel());
    this.watch();
  }

  async watch() {
    try {
      await follow(this, () => this.look(), run => resting.includes(run.status));
    } catch (refusal) {
      fill(this, this.heading("Run", { back: { href: "#/console", text: "Script console" } }), notice(refusal, () => this.watch()));
    }
  }

  async look() {
    const run = await api.get(path`/admin/console/runs/${this.parameters.id}`);
    const text = JSON.stringify(run);
    // Only what changed is drawn, so that people can read and tab through the page.
    if (text !== this.shown) fill(this, this.content(run));
    this.shown = text;
    return run;
  }

  content(run) {
    const isWorking = !resting.includes(run.status);
    const done = run.tenants.filter(tenant => (run.status === "applying" ? tenant.status !== "planned" : tenant.status !== "waiting")).length;
    this.progress.tell({ done, total: run.status === "queued" ? 0 : run.tenants.length });
    const actions = [
      h("a", { class: "button", href: `#/console?from=${run.id}` }, "Edit and plan again"),
      run.status === "planned" && count(run) > 0 && h("button", { type: "button", class: "primary", onclick: () => this.apply(run) }, `Apply ${effects(count(run))}`),
    ];
    return [
      this.heading(`Run of ${moment(run.createdAt)}`, { back: { href: "#/console", text: "Script console" }, actions }),
      h("p", { class: "state" }, badge(run.status, { planned: "warn", applied: "good" }[run.status]), ` ${words(run)}`),
      h("p", {}, `Over ${over(run)}.`),
      isWorking && this.progress.element,
      run.reason && h("p", { class: "notice bad" }, run.reason),
      output(run),
      run.tables?.map(({ title, columns, rows }) => [h("h2", {}, title), table(title, columns, rows.map(row => row.map(cell => text(cell))))]),
      h("h2", {}, run.status === "applied" ? "What was done" : "The plan"),
      plan(run),
      h("h2", {}, "The script"),
      run.comment && h("p", {}, run.comment),
      luaText(run.source),
      cost(run),
    ];
  }

  apply(run) {
    const tenants = run.tenants.filter(tenant => tenant.effects.length > 0).length;
    confirm({
      title: `Apply ${effects(count(run))}?`,
      text: `In ${tenants === 1 ? "one tenant" : `${number(tenants)} tenants`}, all of a tenant's effects or none. This can't be undone, and it is recorded under your name.`,
      label: "Apply",
      act: async () => {
        await api.post(path`/admin/console/runs/${run.id}/apply`);
        this.watch();
      },
    });
  }

  async cancel() {
    try {
      await api.post(path`/admin/console/runs/${this.parameters.id}/cancel`);
      announce("Canceled.");
    } catch (refusal) {
      announce(refusal.message);
    }
  }
}

const effects = count => `${number(count)} ${count === 1 ? "effect" : "effects"}`;
const count = run => run.tenants.reduce((sum, tenant) => sum + tenant.effects.length, 0);

function words(run) {
  if (run.status === "planned") return count(run) === 0 ? "It ran and would change nothing." : "Nothing has been changed yet: read the plan, then apply it.";
  if (run.status === "applied") return `Applied ${moment(run.appliedAt)}.`;
  if (run.status === "canceled") return "Nothing more is done.";
  return "";
}

/** The names of the first few tenants, and how many there are besides. */
function over({ tenants }) {
  const names = tenants.slice(0, 5).map(tenant => tenant.name);
  const rest = tenants.length - names.length;
  return rest > 0 ? `${names.join(", ")} and ${number(rest)} more` : names.join(", ");
}

function output({ output = [] }) {
  return output.length > 0 && [h("h2", {}, "Output"), h("pre", { tabindex: "0" }, output.join("\n"))];
}

function plan({ tenants }) {
  const concerned = tenants.filter(tenant => tenant.effects.length > 0 || tenant.error);
  if (concerned.length === 0) return h("p", {}, `No effects in any of ${number(tenants.length)} ${tenants.length === 1 ? "tenant" : "tenants"}.`);
  return h("div", { class: "entries" }, concerned.map(tenant => planOf(tenant, concerned.length === 1)));
}

function planOf(tenant, isOpen) {
  const state = badge(tenant.status, { planned: "warn", applied: "good" }[tenant.status]);
  const count = h("span", { class: "faint" }, effects(tenant.effects.length));
  return h(
    "details",
    { class: "card entry", open: isOpen },
    h("summary", {}, h("strong", {}, tenant.name), " ", h("code", {}, tenant.code), " ", state, count),
    tenant.error && h("p", { class: "notice bad" }, tenant.error),
    effectList(tenant.effects),
  );
}

function cost(run) {
  if (!run.instructions) return null;
  const { requestedBy: { email }, memoryPeak, durationMicroseconds } = run;
  return facts([["By", email], ["Instructions", instructions(run.instructions)], ["Memory", bytes(memoryPeak)], ["Time", duration(durationMicroseconds)]]);
}

const text = value => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

customElements.define("console-run-page", ConsoleRunPage);
