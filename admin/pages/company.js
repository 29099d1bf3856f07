import { api, path } from "../core/api.js";
import { h } from "../core/dom.js";
import { words } from "../core/format.js";
import { session } from "../core/session.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { facts } from "../parts/facts.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";

const roles = [
  ["recruiter", "Recruiter: jobs, applications, offers"],
  ["hiringManager", "Hiring manager: reads, comments, interviews"],
  ["companyAdmin", "Company admin: all of that, and members"],
];

/** One company: its profile, and who works for it. */
class CompanyPage extends Page {
  show() {
    this.with(this, "the company", () => api.get(path`/companies/${this.parameters.id}`), company => this.content(company));
  }

  content(company) {
    this.company = company;
    this.members = this.memberList();
    const actions = [
      h("a", { class: "button", href: `#/companies/${company.id}/candidates` }, "Added candidates"),
      h("a", { class: "button", href: `#/companies/${company.id}/letters` }, "Letters to candidates"),
      h("button", { type: "button", onclick: () => this.change() }, "Change"),
      h("button", { type: "button", class: "primary", onclick: () => this.invite() }, "Invite a member"),
    ];
    const back = session.has("tenantAdmin") ? { href: "#/companies", text: "Companies" } : { href: "#/home", text: "Home" };
    return [
      this.heading(company.name, { back, actions, lead: company.description ?? undefined }),
      facts([["Website", company.website ?? "none"], ["Industry", company.industry ?? "none"], ["Location", company.location ?? "none"]], "facts"),
      h("h2", {}, "Members"),
      this.members,
    ];
  }

  get address() {
    return path`/companies/${this.company.id}/users`;
  }

  memberList() {
    return dataList({
      what: "members",
      path: this.address,
      filters: [
        { name: "role", label: "Role", options: roles.map(([role]) => [role, words(role)]) },
        { name: "status", label: "Status", options: ["active", "invited", "withdrawn", "deactivated"] },
      ],
      columns: [
        { title: "Name", cell: member => member.name },
        { title: "E-mail address", class: "long", cell: member => member.email },
        { title: "Role", cell: member => words(member.role) },
        { title: "Status", cell: member => badge(member.status) },
        { title: "Since", cell: member => time(member.createdAt) },
        { title: "Change", class: "action", cell: member => h("button", { type: "button", "aria-label": `Change ${member.name || member.email}`, onclick: () => this.changeMember(member) }, "Change") },
      ],
      empty: { title: "No members yet", text: "Invite the first: they get a mail with a link, and belong here once they have accepted." },
    });
  }

  invite() {
    const form = fieldForm({
      label: "Send the invitation",
      fields: [
        { name: "email", label: "E-mail address", type: "email", required: true },
        { name: "firstName", label: "First name" },
        { name: "lastName", label: "Last name" },
        { name: "role", label: "Role", required: true, options: roles, value: "recruiter" },
      ],
      submit: async values => {
        await api.post(this.address, values);
        dialog.close();
        announce(`${values.email} is invited.`);
        this.members.load();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(`Invite a member of ${this.company.name}`, form);
  }

  changeMember(member) {
    const place = path`/companies/${this.company.id}/users/${member.userId}`;
    const act = async (work, done) => {
      await work();
      dialog.close();
      announce(done);
      this.members.load();
    };
    const role = fieldForm({
      label: "Save the role",
      fields: [{ name: "role", label: "Role", required: true, options: roles, value: member.role }],
      submit: values => act(() => api.patch(place, values, member.version), "Role saved."),
    });
    const who = member.name || member.email;
    const dialog = openDialog(who, role, h("hr"), ...this.ways(member, place, act));
  }

  /** What can be done about a membership in its state. */
  ways({ status, email, version }, place, act) {
    const way = (text, label, work, done, danger = false) => [h("p", {}, text), fieldForm({ label, danger, fields: [], submit: () => act(work, done) })];
    if (status === "active") return way("They lose access at once. What they wrote stays.", "Remove from the company", () => api.patch(place, { status: "deactivated" }, version), "Removed.", true);
    const again = way(`A fresh link goes to ${email}; one mailed before ends.`, "Invite again", () => api.post(`${place}/invitation`), "Invited again.");
    if (status !== "invited") return again;
    return [...again, h("hr"), ...way("The link that was mailed ends.", "Withdraw the invitation", () => api.delete(`${place}/invitation`), "Withdrawn.", true)];
  }

  change() {
    const { id, name, website, industry, location, description, version } = this.company;
    confirm({
      title: `Change ${name}`,
      label: "Save",
      fields: companyFields({ name, website, industry, location, description }),
      act: async values => {
        const cleared = { website: null, industry: null, location: null, description: null };
        await api.patch(path`/companies/${id}`, { ...cleared, ...values }, version);
        announce("Saved.");
        return () => this.show();
      },
    });
  }
}

export const companyFields = (company = {}) => [
  { name: "name", label: "Name", required: true, value: company.name },
  { name: "website", label: "Website", type: "url", placeholder: "https://", value: company.website ?? "" },
  { name: "industry", label: "Industry", value: company.industry ?? "" },
  { name: "location", label: "Location", value: company.location ?? "" },
  { name: "description", label: "Description", type: "textarea", value: company.description ?? "" },
];

customElements.define("company-page", CompanyPage);
