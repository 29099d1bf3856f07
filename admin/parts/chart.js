import { h } from "../core/dom.js";
import { load } from "../core/vendor.js";

const scheme = matchMedia("(prefers-color-scheme: dark)");

/**
 * A chart of numbers that a table next to it also shows. `values`: [{ label, value, color }], with colors named by CSS variables;
 * `type` is Chart.js's. Without the library there is no chart.
 */
class NumberChart extends HTMLElement {
  set numbers({ label, values, type = "bar" }) {
    this.drawing = { values, type };
    this.canvas = h("canvas", { role: "img", "aria-label": `${label}: ${values.map(({ label, value }) => `${label} ${value}`).join(", ")}` });
    this.replaceChildren(this.canvas);
    if (this.isConnected) this.draw();
  }

  connectedCallback() {
    this.redraw = () => this.draw();
    scheme.addEventListener("change", this.redraw);
    this.draw();
  }

  disconnectedCallback() {
    scheme.removeEventListener("change", this.redraw);
    this.chart?.destroy();
    this.chart = undefined;
  }

  async draw() {
    if (!this.drawing || !(await load("chart.js/chart.min.js")) || !this.isConnected) return this.toggleAttribute("hidden", !window.Chart);
    this.chart?.destroy();
    this.chart = new window.Chart(this.canvas, settings(this.drawing));
  }
}

function settings({ values, type }) {
  const ink = color("--faint");
  const line = color("--line");
  const axis = { ticks: { color: ink, precision: 0 }, grid: { color: line }, beginAtZero: true };
  return {
    type,
    data: {
      labels: values.map(({ label }) => label),
      datasets: [
        {
          data: values.map(({ value }) => value),
          backgroundColor: values.map(value => color(`--${value.color ?? "accent"}`)),
          maxBarThickness: 48,
          borderRadius: 4,
        },
      ],
    },
    options: {
      maintainAspectRatio: false,
      animation: false,
      plugins: { legend: { display: false } },
      scales: { x: { ...axis, grid: { display: false } }, y: axis },
    },
  };
}

// Chart.js knows neither variables nor light-dark(): the browser works the color out on an element.
function color(variable) {
  const probe = h("span", { hidden: true });
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

customElements.define("number-chart", NumberChart);

export function chart(numbers) {
  const element = document.createElement("number-chart");
  element.numbers = numbers;
  return element;
}
