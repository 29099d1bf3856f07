import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { words } from "../core/format.js";
import { session } from "../core/session.js";
import { announce } from "../parts/announce.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
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
    const create = session.has("tenantAdmin") && h("button", { type: "button", class: "primary", onclick: event => this.create(event.target) }, "New job");
    fill(this, this.heading("Jobs", { lead, actions: [create] }), list);
  }

  async create(button) {
    button.disabled = true;
    const companies = await api.get("/admin/companies", { approval: "approved", limit: 100 }).catch(refusal => announce(refusal.message));
    button.disabled = false;
    if (!companies) return;
    if (companies.items.length === 0) return announce("Create a company first: a job belongs to one.");
    const form = fieldForm({
      label: "Create",
      fields: [
        { name: "companyId", label: "Company", required: true, options: companies.items.map(company => [company.id, company.name]) },
        { name: "title", label: "Title", required: true },
        { name: "location", label: "Location" },
        { name: "description", label: "Description", type: "textarea", required: true, hint: "What candidates read. It stays a draft until it is published." },
      ],
      submit: async values => {
        const job = await api.post("/jobs", values);
        dialog.close();
        announce(`${job.title} is created.`);
        location.hash = `/jobs/${job.id}`;
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog("New job", form);
  }
}

customElements.define("jobs-page", JobsPage);
