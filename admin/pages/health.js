import { fill, h } from "../core/dom.js";
import { bytes, number, words } from "../core/format.js";
import { chart } from "../parts/chart.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";

class HealthPage extends Page {
  show() {
    const refresh = h("button", { type: "button", onclick: () => this.load() }, "Refresh");
    this.parts = h("div");
    this.numbers = h("div");
    fill(this, this.heading("System health", { actions: [refresh] }), h("h2", {}, "Parts"), this.parts, h("h2", {}, "Since this server started"), this.numbers);
    this.load();
  }

  load() {
    this.with(this.parts, "the state of the parts", async () => (await fetch("/readyz", { cache: "no-store" })).json(), parts);
    this.with(this.numbers, "the numbers", async () => (await fetch("/metrics", { cache: "no-store" })).text(), figures);
  }
}

function parts({ checks }) {
  const tiles = Object.entries(checks).map(([name, check]) =>
    h("div", {}, h("dt", {}, words(name)), h("dd", {}, badge(check.status)), check.reason && h("dd", { class: "faint" }, check.reason)),
  );
  return h("dl", { class: "figures" }, tiles);
}

/** Sums from the Prometheus text, over all labels. */
function figures(text) {
  const requests = samples(text, "http_request_duration_seconds_count");
  const seconds = sum(samples(text, "http_request_duration_seconds_sum"));
  const total = sum(requests);
  const errors = samples(text, "http_requests_total").filter(sample => /status="5/.test(sample.labels));
  const memory = samples(text, "process_resident_memory_bytes")[0]?.value;
  const shown = [
    ["Requests", number(total)],
    ["Average time", total ? `${((seconds / total) * 1000).toFixed(1)} ms` : "none yet"],
    ["Server errors", number(sum(errors))],
    memory && ["Memory", bytes(memory)],
  ];
  return [
    h("dl", { class: "figures" }, shown.filter(Boolean).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    answers(text),
    h("p", {}, h("a", { href: "/metrics" }, "All numbers, as Prometheus reads them")),
  ];
}

const classes = [["2", "answered", "good"], ["3", "unchanged", "accent"], ["4", "refused", "warn"], ["5", "failed", "bad"]];

/** Answers by class of status. */
function answers(text) {
  const requests = samples(text, "http_requests_total");
  const count = digit => sum(requests.filter(({ labels }) => labels.includes(`status="${digit}`)));
  const values = classes.map(([digit, label, color]) => ({ label: `${label} (${digit}xx)`, value: count(digit), color }));
  const words = values.map(({ label, value }) => `${number(value)} ${label}`).join(", ");
  return [h("h3", {}, "Answers"), h("div", { class: "card" }, chart({ label: "Answers by status", values })), h("p", { class: "hint" }, words)];
}

function samples(text, name) {
  return text.split("\n").flatMap(line => {
    const found = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    return found?.[1] === name ? [{ labels: found[2] ?? "", value: Number(found[3]) }] : [];
  });
}

const sum = list => list.reduce((total, sample) => total + sample.value, 0);

customElements.define("health-page", HealthPage);
