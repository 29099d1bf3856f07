import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { entered } from "../core/entered.js";
import { announce } from "../parts/announce.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";

export const plans = [["free", "Free"], ["premium", "Premium"], ["enterprise", "Enterprise"]];

class TenantsPage extends Page {
  show() {
    const create = h("button", { type: "button", class: "primary", onclick: () => this.create() }, "New tenant");
    this.list = dataList({
      what: "tenants",
      path: "/admin/tenants",
      filters: [
        { name: "search", label: "Search", placeholder: "Name or code" },
        { name: "status", label: "Status", options: ["active", "suspended"] },
      ],
      columns: [
        { title: "Name", cell: tenant => h("a", { href: `#/tenants/${tenant.id}` }, tenant.name) },
        { title: "Code", cell: tenant => h("code", {}, tenant.code) },
        { title: "Plan", cell: tenant => tenant.plan },
        { title: "Status", cell: tenant => badge(tenant.status) },
        { title: "Since", cell: tenant => time(tenant.createdAt) },
        { title: "Open", class: "action", cell: enterButton },
      ],
      empty: { title: "No tenants yet", text: "Create the first one: its administrator is invited by mail." },
    });
    fill(this, this.heading("Tenants", { lead: "Each tenant has its own people, jobs and rules, and can't see others'.", actions: [create] }), this.list);
  }

  create() {
    const form = fieldForm({
      label: "Create and invite",
      fields: [
        { name: "name", label: "Name", required: true },
        { name: "code", label: "Code", required: true, hint: "People enter it to sign in: lower-case letters, digits and hyphens." },
        { name: "plan", label: "Plan", required: true, options: plans, value: "free" },
        { name: "adminEmail", label: "Administrator's e-mail address", type: "email", required: true, hint: "Gets an invitation to choose a password." },
        { name: "host", label: "Host name", placeholder: "jobs.example.com" },
      ],
      submit: async values => {
        const tenant = await api.post("/admin/tenants", values);
        dialog.close();
        announce(`${tenant.name} is created, and ${values.adminEmail} is invited.`);
        this.list.load();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog("New tenant", form);
  }
}

/** Opens a tenant: its rules, its people, its log. */
export function enterButton(tenant) {
  const enter = () => {
    document.querySelector("dialog[open]")?.close();
    // The page of another tenant's thing, or of a run there, means nothing in this one.
    location.hash = "/rules";
    entered.enter(tenant);
  };
  return h("button", { type: "button", "aria-label": `Open ${tenant.name}`, onclick: enter }, "Open");
}

customElements.define("tenants-page", TenantsPage);
