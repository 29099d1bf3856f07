import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { words } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";

const documents = ".pdf,.docx,.doc";

/** Candidates whom a company added itself, one by one, from a resume or from a file: they have no account until they accept an invitation. */
class CompanyCandidatesPage extends Page {
  show() {
    this.address = path`/companies/${this.parameters.id}`;
    const lead = "Candidates whom the company met elsewhere. Only the company sees them; once they accept an invitation or register with the same address, they see what is kept of them.";
    const actions = [
      h("button", { type: "button", class: "primary", onclick: () => this.add() }, "Add a candidate"),
      h("button", { type: "button", onclick: () => this.fromResume() }, "Add from a resume"),
      h("button", { type: "button", onclick: () => this.import() }, "Import a file"),
    ];
    this.duplicates = h("div", { role: "status" });
    this.list = dataList({
      what: "candidates",
      path: `${this.address}/candidates`,
      columns: [
        { title: "Candidate", class: "long", cell: person => [person.name, note(person.headline), note(person.location)] },
        { title: "Contact", class: "long", cell: person => [person.contact.email ?? "", note(person.contact.phones.join(", "))] },
        { title: "Source", cell: person => [person.source ?? "", note(person.tags.join(", "))] },
        { title: "Note", class: "long", cell: person => person.note ?? "" },
        { title: "Added", cell: person => time(person.addedAt) },
        { title: "Account", cell: person => this.account(person) },
      ],
      empty: { title: "Nobody added yet", text: "Add candidates one by one, or import those of another system as CSV." },
    });
    this.imports = dataList({
      what: "imports",
      path: `${this.address}/candidate-imports`,
      columns: [
        { title: "File", class: "long", cell: found => [h("a", { href: `#/imports/${found.id}` }, found.fileName), found.dryRun && note("Dry run")] },
        { title: "State", cell: found => badge(found.status) },
        { title: "Created", cell: found => String(found.created) },
        { title: "Already there", cell: found => String(found.alreadyThere) },
        { title: "Refused", cell: found => String(found.refused) },
        { title: "Started", cell: found => time(found.createdAt) },
      ],
      empty: { title: "No imports yet", text: "An import says of each line of a file what became of it." },
    });
    fill(this, this.heading("Added candidates", { lead, actions, back: { href: "#/companies", text: "Companies" } }), this.duplicates, this.list, h("h2", {}, "Imports"), this.imports);
  }

  account(person) {
    if (person.hasAccount) return badge("joined", "good");
    if (!person.contact.email) return note("No address");
    const invite = h("button", { type: "button", "aria-label": `Invite ${person.name}`, onclick: event => this.invite(person, event.target) }, person.invitedAt ? "Invite again" : "Invite");
    return [person.invitedAt && note(["Invited ", time(person.invitedAt)]), invite];
  }

  async invite(person, button) {
    button.disabled = true;
    try {
      await api.post(`${this.address}${path`/candidates/${person.id}/invitation`}`);
      announce(`${person.name} is invited.`);
      this.list.load();
    } catch (refusal) {
      announce(refusal.message);
      button.disabled = false;
    }
  }

  /** `known` is what a resume says, which goes along with the form. */
  add(known = {}, file) {
    const field = (name, label, more = {}) => ({ name, label, value: known[name], ...more });
    const form = fieldForm({
      label: "Add",
      fields: [
        field("firstName", "First name"), field("lastName", "Last name"), field("email", "E-mail address", { type: "email" }), field("phone", "Phone"),
        field("headline", "Headline"), field("location", "Location"), field("source", "Source", { hint: "Where you met: meetup, agency." }),
        field("tags", "Tags", { hint: "Separated by commas." }), field("note", "Note", { type: "textarea" }),
      ],
      submit: async ({ tags, ...values }) => {
        const names = tags?.split(",").map(tag => tag.trim()).filter(Boolean);
        const added = file
          ? await api.upload(`${this.address}/candidates/upload`, { ...values, ...(names && { tags: names.join(",") }), file })
          : await api.post(`${this.address}/candidates`, { ...values, ...(names && { tags: names }) });
        dialog.close();
        announce(`${added.name} is added.`);
        fill(this.duplicates, alike(added.name, added.duplicates));
        this.list.load();
      },
      cancel: () => dialog.close(),
    });
    const content = known.duplicates?.length ? h("div", {}, alike("This candidate", known.duplicates), form) : form;
    const dialog = openDialog("Add a candidate", content);
  }

  fromResume() {
    const form = fieldForm({
      label: "Read",
      fields: [{ name: "file", label: "Resume", type: "file", accept: documents, required: true, hint: "PDF, DOCX or DOC. You confirm what is read from it." }],
      submit: async ({ file }) => {
        const known = await api.upload(`${this.address}/candidates/proposal`, { file });
        dialog.close();
        this.add(known, file);
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog("Add from a resume", form);
  }

  import() {
    const form = fieldForm({
      label: "Start",
      fields: [
        { name: "file", label: "File", type: "file", accept: ".csv,.tsv,.txt", required: true, hint: "CSV, at most 10,000 lines. The first line names the columns: first name, last name, e-mail, phone, location, source, tags, note." },
        { name: "dryRun", label: "Kind", required: true, options: [["true", "Dry run: check, and add nobody"], ["false", "Add the candidates"]], value: "true" },
        { name: "source", label: "Source", hint: "For lines that say none." },
        { name: "mapping", label: "Columns", hint: 'If they are called otherwise: {"email": "Contact 1"}.' },
      ],
      submit: async values => {
        const started = await api.upload(`${this.address}/candidate-imports`, values);
        dialog.close();
        location.hash = `#/imports/${started.id}`;
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog("Import candidates", form);
  }
}

function alike(name, duplicates = []) {
  if (duplicates.length === 0) return null;
  const others = duplicates.map(other => h("li", {}, `${other.name}: same ${other.reasons.map(words).join(", ").toLowerCase()}`));
  return h("div", { class: "card" }, h("p", {}, `${name} may be known already:`), h("ul", {}, others));
}

function note(text) {
  return text && h("div", { class: "faint" }, text);
}

customElements.define("company-candidates-page", CompanyCandidatesPage);
