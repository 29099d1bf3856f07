import { api } from "../core/api.js";
import { fill, freshID, h } from "../core/dom.js";
import { moment, pretty } from "../core/format.js";
import { notice } from "../parts/states.js";
import { about } from "./about.js";
import { hookPoint } from "./catalogue.js";
import { report } from "./report.js";

/** Next to the editor: runs its content for a made-up or past event, without effects. */
class DryRun extends HTMLElement {
  connectedCallback() {
    if (this.event) return;
    const ids = { event: freshID("event"), occasion: freshID("occasion"), payload: freshID("payload") };
    this.event = h("select", { id: ids.event, onchange: () => this.choose() });
    this.occasion = h("select", { id: ids.occasion, onchange: () => this.take() });
    this.payload = h("textarea", { id: ids.payload, class: "source", rows: "12", spellcheck: "false" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.result = h("div", { class: "result", "aria-live": "polite" });
    this.button = h("button", { type: "submit", class: "primary" }, "Test run");
    const form = h(
      "form",
      { onsubmit: event => (event.preventDefault(), this.run()) },
      field(ids.event, "Event", this.event),
      field(ids.occasion, "With", this.occasion),
      h("details", {}, h("summary", {}, "The rule's input"), field(ids.payload, "As JSON; change it to try other cases", this.payload)),
      this.problem,
      h("div", { class: "buttons" }, this.button),
    );
    fill(this, h("section", { class: "card", "aria-label": "Test run" }, h("h2", {}, "Test run"), h("p", { class: "faint" }, "Nothing is changed."), form, this.result));
    this.follow(this.handlers ?? []);
  }

  /** Offers what the source waits for first; an event that was chosen because the source waited for it goes when that does. */
  follow(handlers) {
    this.handlers = handlers;
    if (!this.event) return;
    const points = handlers.map(({ name }) => hookPoint(this.catalogue, name) ?? { name, summary: "" });
    const offered = [...new Map(points.map(point => [point.name, point])).values()];
    const [chosen, wasOffered] = [this.event.value, this.offered?.includes(this.event.value) ?? true];
    this.offered = offered.map(point => point.name);
    const others = list => list.filter(point => !this.offered.includes(point.name));
    const group = (label, list) => list.length > 0 && h("optgroup", { label }, list.map(point => h("option", { value: point.name, title: point.summary }, point.name)));
    const schedules = ["15m", "1h", "1d", "1w"].map(name => ({ name, summary: "" }));
    fill(
      this.event,
      group("What it waits for", offered),
      group("Before a change", others(this.catalogue.proposals)),
      group("After it happened", others(this.catalogue.events)),
      group("On a schedule", others(schedules)),
    );
    const stays = chosen && (this.offered.includes(chosen) || !wasOffered);
    this.event.value = stays ? chosen : (this.offered[0] ?? (chosen || "application.submitted"));
    if (this.event.value !== chosen) this.choose();
  }

  /** The sample, and the latest real events. */
  async choose() {
    const name = this.event.value;
    this.past = [];
    fill(this.occasion, h("option", { value: "" }, "The sample"));
    this.take();
    if (!this.catalogue.events.some(event => event.name === name)) return;
    try {
      const { items } = await api.get("/admin/audit", { name, limit: 20 });
      if (this.event.value !== name) return;
      this.past = items;
      this.occasion.append(...items.map(event => h("option", { value: event.id }, `${moment(event.occurredAt)}${subjectName(event)}`)));
    } catch (refusal) {
      this.problem.textContent = `Past events can't be loaded: ${refusal.message}`;
    }
  }

  take() {
    const past = this.past.find(event => event.id === this.occasion.value);
    this.payload.value = pretty(past?.payload ?? hookPoint(this.catalogue, this.event.value)?.sample ?? {});
    this.problem.textContent = "";
  }

  async run() {
    const payload = this.readPayload();
    if (!payload) return;
    const isSchedule = !hookPoint(this.catalogue, this.event.value);
    this.button.disabled = true;
    try {
      const answer = await api.post("/admin/scripts/dry-run", {
        source: this.source(),
        event: this.event.value,
        ...(isSchedule ? { kind: "every" } : { payload }),
        ...(this.occasion.value ? { eventId: this.occasion.value } : {}),
        ...(this.grants() ? { grants: this.grants() } : {}),
      });
      fill(this.result, report(answer));
      this.dispatchEvent(new CustomEvent("tried"));
    } catch (refusal) {
      fill(this.result, notice(refusal));
    } finally {
      this.button.disabled = false;
    }
  }

  readPayload() {
    try {
      this.problem.textContent = "";
      return JSON.parse(this.payload.value);
    } catch (error) {
      this.problem.textContent = `This is not valid JSON: ${error.message}`;
      this.payload.closest("details").open = true;
      this.payload.focus();
      return undefined;
    }
  }
}

function field(id, label, control) {
  return h("div", { class: "field" }, h("label", { for: id }, label), control);
}

function subjectName(event) {
  const name = about(event.payload) || event.actor.name;
  return name ? `, ${name}` : "";
}

customElements.define("dry-run", DryRun);
