import { api, path } from "../core/api.js";
import { h } from "../core/dom.js";
import { words } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { openDialog } from "../parts/dialog.js";
import { facts } from "../parts/facts.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { table } from "../parts/table.js";
import { time } from "../parts/time.js";

const roles = [
  ["recruiter", "Recruiter"],
  ["coordinator", "Coordinator"],
  ["hiringManager", "Hiring manager"],
  ["interviewer", "Interviewer"],
];
const named = Object.fromEntries(roles);

/** A job with its hiring team, and who was on it. */
class JobPage extends Page {
  show() {
    this.with(this, "job", () => this.read(), ([job, team, people]) => this.draw(job, team, people));
  }

  async read() {
    const id = this.parameters.id;
    const job = await api.get(path`/jobs/${id}`);
    const [team, people] = await Promise.all([
      api.get(path`/jobs/${id}/team` + "?past=true"),
      api.get(path`/companies/${job.companyId}/users` + "?limit=100"),
    ]);
    return [job, team.items, people.items];
  }

  draw(job, team, people) {
    const now = team.filter(member => !member.endedAt);
    const past = team.filter(member => member.endedAt);
    const lead = "Recruiters and coordinators are told of candidates' replies and answer for the job. What somebody may do is said by their role in the company.";
    const publish = h("button", { type: "button", class: "primary", onclick: event => this.publish(event.target) }, "Publish");
    return [
      this.heading(job.title, { back: { href: "#/jobs", text: "Jobs" }, actions: [["draft", "paused"].includes(job.status) && publish] }),
      facts([["Company", job.companyName], ["Status", badge(job.status)], ["Confidential", job.isConfidential ? "Yes: known to its team alone" : "No"]]),
      h("div", { class: "buttons" }, h("button", { type: "button", onclick: event => this.hide(job, event.target) }, job.isConfidential ? "Show to the company" : "Make confidential")),
      h("h2", {}, "Hiring team"),
      h("p", {}, lead),
      now.length > 0
        ? table("Hiring team", ["Person", "Role", "Since", "Change"], now.map(member => [member.name, named[member.role] ?? words(member.role), time(member.addedAt), this.buttons(member, people)]))
        : h("p", { class: "faint" }, "Nobody is on the team yet."),
      h("div", { class: "buttons" }, h("button", { type: "button", class: "primary", onclick: () => this.edit(null, people) }, "Add somebody")),
      past.length > 0 && [h("h2", {}, "Before"), table("Former roles", ["Person", "Role", "From", "To"], past.map(member => [member.name, named[member.role], time(member.addedAt), time(member.endedAt)]))],
    ];
  }

  buttons(member, people) {
    const change = h("button", { type: "button", "aria-label": `Change the role of ${member.name}`, onclick: () => this.edit(member, people) }, "Change");
    const remove = h("button", { type: "button", "aria-label": `Take ${member.name} off the team`, onclick: event => this.remove(member, event.target) }, "Remove");
    return h("span", { class: "buttons" }, change, remove);
  }

  edit(member, people) {
    const choices = people.filter(person => person.status === "active").map(person => [person.userId, `${person.name} (${person.email})`]);
    const form = fieldForm({
      label: "Save",
      fields: [
        ...(member ? [] : [{ name: "userId", label: "Person", required: true, options: choices }]),
        { name: "role", label: "Role", required: true, options: roles, value: member?.role ?? "interviewer" },
      ],
      submit: async ({ userId, role }) => {
        await api.put(path`/jobs/${this.parameters.id}/team/${member?.userId ?? userId}`, { role });
        dialog.close();
        announce("Saved.");
        this.show();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(member ? `The role of ${member.name}` : "Add somebody to the team", form);
  }

  remove(member, button) {
    return this.change(button, () => api.delete(path`/jobs/${this.parameters.id}/team/${member.userId}`), `${member.name} is no longer on the team.`);
  }

  publish(button) {
    return this.change(button, () => api.post(path`/jobs/${this.parameters.id}/publish`), "The job is published.");
  }

  hide(job, button) {
    const isConfidential = !job.isConfidential;
    return this.change(button, () => api.patch(path`/jobs/${job.id}`, { isConfidential }), isConfidential ? "The job is known to its team alone now." : "The whole company sees the job now.");
  }

  async change(button, call, done) {
    button.disabled = true;
    try {
      await call();
      announce(done);
      this.show();
    } catch (refusal) {
      announce(refusal.message);
      button.disabled = false;
    }
  }
}

customElements.define("job-page", JobPage);
