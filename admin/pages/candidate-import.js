import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { number, words } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { downloadButton } from "../parts/download.js";
import { facts } from "../parts/facts.js";
import { follow } from "../parts/follow.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";

const kinds = { created: "good", refused: "warn" };
const outcomes = ["created", "alreadyThere", "refused"];

/** An import of candidates: how far it is, and what became of each line. */
class CandidateImportPage extends Page {
  show() {
    this.address = path`/candidate-imports/${this.parameters.id}`;
    this.with(this, "import", () => api.get(this.address), found => this.draw(found));
  }

  draw(found) {
    this.progress = h("div", {}, progress(found));
    this.list = dataList({
      what: "lines",
      path: `${this.address}/lines`,
      reads: "cursor",
      filters: [{ name: "outcome", label: "Outcome", options: outcomes.map(outcome => [outcome, words(outcome)]) }],
      columns: [
        { title: "Line", cell: line => String(line.line) },
        { title: "Outcome", cell: line => (line.outcome ? badge(words(line.outcome), kinds[line.outcome]) : "") },
        { title: "Reason", class: "long", cell: line => [line.field, line.reason].filter(Boolean).join(": ") },
        { title: "Says", class: "long", cell: line => Object.values(line.values).join(", ") },
      ],
      empty: { title: "No lines", text: "No line of the file became this." },
    });
    if (found.status === "running") this.watch();
    const back = { href: `#/companies/${found.companyId}/candidates`, text: "Added candidates" };
    const lead = found.dryRun ? "A dry run: this is what an import would come to. Nobody was added." : "What became of each line of the file.";
    return [this.heading(found.fileName, { lead, back, actions: downloadButton("Download report", `${this.address}/report`, "import.csv") }), this.progress, this.list];
  }

  watch() {
    let last;
    const look = async () => {
      last = await api.get(this.address);
      fill(this.progress, progress(last));
      return last;
    };
    follow(this, look, found => found.status === "completed").then(() => this.isConnected && this.list.load()).catch(() => {});
  }
}

function progress(found) {
  return facts([
    ["State", words(found.status)],
    ["Lines", number(found.lines)],
    ...outcomes.map(outcome => [words(outcome), number(found[outcome])]),
    ["Columns", Object.entries(found.columns).map(([field, heading]) => `${heading}: ${words(field).toLowerCase()}`).join(", ")],
    ["Not used", found.ignoredColumns.length > 0 && found.ignoredColumns.join(", ")],
  ]);
}

customElements.define("candidate-import-page", CandidateImportPage);
