import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { moment } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { usage } from "../parts/usage.js";
import { enterButton, plans } from "./tenants.js";

class TenantPage extends Page {
  show() {
    this.with(this, "the tenant", () => api.get(path`/admin/tenants/${this.parameters.id}`), tenant => this.content(tenant));
  }

  content(tenant) {
    const isActive = tenant.status === "active";
    const change = h("button", { type: "button", onclick: () => this.change(tenant) }, "Change");
    const stop = h("button", { type: "button", class: isActive ? "danger" : "primary", onclick: () => this.ask(tenant, isActive) }, isActive ? "Suspend" : "Resume");
    const facts = [
      ["Code", h("code", {}, tenant.code)], ["Status", badge(tenant.status)], ["Plan", tenant.plan], ["Host name", tenant.host ?? "none"],
      ["Since", moment(tenant.createdAt)], ["Changed", moment(tenant.updatedAt)],
    ];
    return [
      this.heading(tenant.name, { back: { href: "#/tenants", text: "Tenants" }, actions: [enterButton(tenant), change, stop] }),
      h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      h("h2", {}, "Usage"),
      usage(tenant),
    ];
  }

  change(tenant) {
    const form = fieldForm({
      label: "Save",
      fields: [
        { name: "name", label: "Name", required: true, value: tenant.name },
        { name: "plan", label: "Plan", required: true, options: plans, value: tenant.plan },
        { name: "host", label: "Host name", value: tenant.host ?? "", placeholder: "jobs.example.com" },
      ],
      submit: async values => {
        await api.patch(path`/admin/tenants/${tenant.id}`, { host: null, ...values });
        dialog.close();
        announce("Saved.");
        this.show();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(`Change ${tenant.name}`, form);
  }

  ask(tenant, isActive) {
    const effect = isActive
      ? "Everybody is signed out at once, nobody can sign in, and its background work waits. Nothing is deleted."
      : "Its people can sign in again, and its background work goes on.";
    const form = fieldForm({
      label: isActive ? "Suspend" : "Resume",
      danger: isActive,
      fields: [],
      submit: async () => {
        await api.patch(path`/admin/tenants/${tenant.id}`, { status: isActive ? "suspended" : "active" });
        dialog.close();
        announce(isActive ? `${tenant.name} is suspended.` : `${tenant.name} is active again.`);
        this.show();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(`${isActive ? "Suspend" : "Resume"} ${tenant.name}?`, h("p", {}, effect), form);
  }
}

customElements.define("tenant-page", TenantPage);
