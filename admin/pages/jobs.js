import { fill, h } from "../core/dom.js";
import { words } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";

const states = ["draft", "published", "paused", "closed", "archived"];

class JobsPage extends Page {
  show() {
    const list = dataList({
      what: "jobs",
      path: "/jobs",
      filters: [
        { name: "status", label: "Status", options: states.map(state => [state, words(state)]) },
        { name: "q", label: "Words" },
      ],
      columns: [
        { title: "Job", class: "long", cell: job => h("a", { href: `#/jobs/${job.id}` }, job.title) },
        { title: "Company", class: "long", cell: job => job.companyName },
        { title: "Status", cell: job => [badge(job.status), job.isConfidential && [" ", badge("confidential")]] },
        { title: "Changed", cell: job => time(job.updatedAt) },
      ],
      empty: { title: "No jobs yet", text: "Jobs appear here when recruiters create them." },
    });
    const lead = "Each job has a hiring team. A confidential job is known to its team and to the tenant's administrators, and to nobody else.";
    fill(this, this.heading("Jobs", { lead }), list);
  }
}

customElements.define("jobs-page", JobsPage);
