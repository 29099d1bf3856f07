import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { words } from "../core/format.js";
import { session } from "../core/session.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";
import { companyFields } from "./company.js";

const signUps = [
  ["approval", "They wait for approval"],
  ["open", "They are approved at once"],
  ["closed", "Employers can't sign up"],
];

const pools = [
  ["shared", "They find candidates who agreed to it"],
  ["closed", "They see only who applied to them"],
];

class CompaniesPage extends Page {
  show() {
    this.list = dataList({
      what: "companies",
      path: "/admin/companies",
      filters: [{ name: "approval", label: "Approval", options: ["pending", "approved", "rejected"].map(state => [state, words(state)]) }],
      columns: [
        { title: "Company", class: "long", cell: company => [session.has("companyAdmin") ? h("a", { href: `#/companies/${company.id}` }, company.name) : company.name, note(company.website)] },
        { title: "Signed up by", class: "long", cell: company => [company.founder?.name ?? "", note(company.founder?.email)] },
        { title: "Approval", class: "long", cell: company => [badge(company.approval), note(company.approvalReason)] },
        { title: "Since", cell: company => time(company.createdAt) },
        { title: "Decide", class: "action", cell: company => this.buttons(company) },
      ],
      empty: { title: "No companies yet", text: "Companies appear here when employers sign up or administrators create them." },
    });
    this.setting = h("div", { class: "card" });
    const lead = "Employers who sign up on their own have no access until you approve their company. A rejected company's jobs are hidden, and its people have no access.";
    // Who creates a company becomes its first member, which somebody without an account here can't be.
    const create = session.user.roles.includes("tenantAdmin") && h("button", { type: "button", class: "primary", onclick: () => this.create() }, "New company");
    fill(this, this.heading("Companies", { lead, actions: [create].filter(Boolean) }), this.setting, this.list);
    this.with(this.setting, "settings", () => api.get("/admin/settings"), settings => this.form(settings));
  }

  create() {
    confirm({
      title: "New company",
      text: "You become its administrator, and can invite others.",
      label: "Create",
      fields: companyFields(),
      act: async values => {
        const company = await api.post("/companies", values);
        await session.load();
        announce(`${company.name} is created.`);
        return () => (location.hash = `/companies/${company.id}`);
      },
    });
  }

  form(settings) {
    return fieldForm({
      label: "Save",
      fields: [
        { name: "employerSignUp", label: "Employers who sign up", required: true, options: signUps, value: settings.employerSignUp },
        { name: "candidatePool", label: "Companies that look for candidates", required: true, options: pools, value: settings.candidatePool },
      ],
      submit: async values => {
        await api.patch("/admin/settings", values);
        announce("Saved.");
      },
    });
  }

  buttons(company) {
    const approve = h("button", { type: "button", "aria-label": `Approve ${company.name}`, onclick: event => this.approve(company, event.target) }, "Approve");
    const reject = h("button", { type: "button", "aria-label": `Reject ${company.name}`, onclick: () => this.reject(company) }, "Reject");
    return h("span", { class: "buttons" }, company.approval !== "approved" && approve, company.approval !== "rejected" && reject);
  }

  async approve(company, button) {
    button.disabled = true;
    try {
      await api.post(path`/admin/companies/${company.id}/approve`);
      announce(`${company.name} is approved.`);
      this.list.load();
    } catch (refusal) {
      announce(refusal.message);
      button.disabled = false;
    }
  }

  reject(company) {
    const form = fieldForm({
      label: "Reject",
      danger: true,
      fields: [{ name: "reason", label: "Reason", type: "textarea", required: true, hint: "The company's administrators read it." }],
      submit: async values => {
        await api.post(path`/admin/companies/${company.id}/reject`, values);
        dialog.close();
        announce(`${company.name} is rejected.`);
        this.list.load();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(`Reject ${company.name}`, form);
  }
}

function note(text) {
  return text && h("div", { class: "faint" }, text);
}

customElements.define("companies-page", CompaniesPage);
