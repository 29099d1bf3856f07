import "../parts/lua-editor.js";
import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { number } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";
import { badge, notice } from "../parts/states.js";
import { time } from "../parts/time.js";
import { tenantChooser } from "../parts/tenant-chooser.js";
import { loadConsoleCatalogue } from "../rules/catalogue.js";
import { referenceList } from "../rules/reference.js";

const beginning = `-- Reads freely; what it would change is planned first and done when you say so.
tenants.each(function(tenant)
  print(tenant.code, tenant.name)
end)
`;

/** Runs Lua once, over one tenant or all: write it, read the plan, confirm. With earlier runs. */
class ConsolePage extends Page {
  show() {
    const place = h("div");
    const lead = "A script over one tenant or all of them. It plans first: nothing is changed until you have read the plan and confirmed it.";
    fill(this, this.heading("Script console", { lead }), place);
    const load = () => Promise.all([loadConsoleCatalogue(), this.earlier()]);
    this.with(place, "the console", load, ([catalogue, earlier]) => [this.writing(catalogue, earlier), h("h2", {}, "Earlier runs"), history()]);
  }

  /** The run to be planned again, with its tenants and its reason. */
  async earlier() {
    const id = this.query.get("from");
    return id ? await api.get(path`/admin/console/runs/${id}`) : { source: beginning, tenants: [] };
  }

  writing(catalogue, earlier) {
    const editor = document.createElement("lua-editor");
    Object.assign(editor, { catalogue, check: async () => [] });
    editor.open(earlier.source);
    const tenants = tenantChooser(earlier.tenants);
    const comment = h("input", { id: "comment", autocomplete: "off", placeholder: "For those who read the log", value: earlier.comment ?? "" });
    const problem = h("div");
    const run = h("button", { type: "submit", class: "primary" }, "Plan it");
    const begin = async event => {
      event?.preventDefault();
      run.disabled = true;
      fill(problem);
      try {
        const made = await api.post("/admin/console/runs", { source: editor.value, ...tenants.chosen(), comment: comment.value.trim() || undefined });
        location.hash = `/console/${made.id}`;
      } catch (refusal) {
        fill(problem, notice(refusal));
        run.disabled = false;
      }
    };
    editor.addEventListener("run", () => begin());
    const form = h(
      "form",
      { class: "card fields", onsubmit: begin },
      tenants.element,
      h("div", { class: "field" }, h("label", { for: "comment" }, "Why", h("span", { class: "optional" }, " optional")), comment),
      problem,
      h("div", { class: "buttons" }, run),
    );
    const hint = h("p", { class: "hint" }, "Ctrl+Space completes, Ctrl+Enter plans. Escape, then Tab leaves the editor.");
    return h(
      "div",
      { class: "workbench" },
      h("section", { "aria-label": "Script" }, editor, hint),
      h("div", { class: "beside" }, form, h("h2", {}, "Reference"), referenceList(catalogue)),
    );
  }
}

function history() {
  return dataList({
    what: "runs of the console",
    path: "/admin/console/runs",
    reads: "cursor",
    filters: [{ name: "status", label: "State", options: ["planned", "applied", "failed", "canceled"] }],
    columns: [
      { title: "Started", cell: run => h("a", { href: `#/console/${run.id}` }, time(run.createdAt)) },
      { title: "State", cell: run => badge(run.status, { planned: "warn", applied: "good" }[run.status]) },
      { title: "Why", class: "long", cell: run => run.comment ?? h("code", { class: "faint" }, firstLine(run.source)) },
      { title: "By", cell: run => run.requestedBy.email ?? "" },
      { title: "Tenants", cell: run => number(run.tenants) },
      { title: "Effects", cell: effects },
      { title: "Applied", cell: run => (run.appliedAt ? time(run.appliedAt) : "") },
    ],
    empty: { title: "No runs yet", text: "Everything you plan and apply here stays listed, with its script, output and effects." },
  });
}

/** What was done, told from what was planned or refused. */
function effects({ status, effects, done, refused }) {
  if (status !== "applied") return effects > 0 ? `${number(effects)} planned` : "none";
  return [done > 0 && `${number(done)} done`, refused > 0 && `${number(refused)} refused`].filter(Boolean).join(", ") || "none";
}

const firstLine = source => source.split("\n").find(line => line.trim() && !line.startsWith("--")) ?? "";

customElements.define("console-page", ConsolePage);
