import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { fullName, words } from "../core/format.js";
import { session } from "../core/session.js";
import { announce } from "../parts/announce.js";
import { dataList } from "../parts/data-list.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { placeTable } from "../parts/places.js";
import { badge, loading, notice } from "../parts/states.js";
import { time } from "../parts/time.js";

const grantable = ["candidate", "employer", "tenantAdmin"];

class PeoplePage extends Page {
  show() {
    this.list = dataList({
      what: "people",
      path: "/admin/users",
      filters: [
        { name: "search", label: "Search", placeholder: "Name or e-mail address" },
        { name: "role", label: "Role", options: grantable.map(role => [role, words(role)]) },
        { name: "status", label: "Status", options: ["active", "invited", "deactivated"] },
      ],
      columns: [
        { title: "Name", cell: person => fullName(person) },
        { title: "E-mail address", class: "long", cell: person => person.email },
        { title: "Roles", cell: person => [person.roles.map(words).join(", "), person.companies.map(employment)] },
        { title: "Status", cell: person => badge(person.status) },
        { title: "Address", cell: person => [person.emailVerifiedAt ? "Confirmed" : "Not confirmed", person.mailBounce && h("div", { class: "faint" }, `Mail came back: ${person.mailBounce.reason ?? person.mailBounce.status}`)] },
        { title: "Last sign-in", cell: person => time(person.lastSignInAt) },
        { title: "Change", class: "action", cell: person => this.button(person) },
      ],
      empty: { title: "Nobody here yet", text: "People appear as they register or are invited to a company." },
    });
    fill(this, this.heading("People", { lead: "Everybody with an account in this tenant, and what they may do." }), this.list);
  }

  button(person) {
    return h("button", { type: "button", "aria-label": `Change ${fullName(person)}`, onclick: () => this.change(person) }, "Change");
  }

  change(person) {
    const boxes = grantable.map(role => h("input", { type: "checkbox", value: role, checked: person.roles.includes(role) }));
    const roles = h(
      "fieldset",
      {},
      h("legend", {}, "Roles"),
      boxes.map((box, index) => h("label", { class: "choice" }, box, " ", words(grantable[index]))),
    );
    const isClosed = person.status === "deactivated";
    const save = fieldForm({
      label: "Save roles",
      fields: [],
      submit: () => this.save(person, { roles: boxes.filter(box => box.checked).map(box => box.value) }, dialog, "Roles saved."),
    });
    const standing = fieldForm({
      label: isClosed ? "Reactivate account" : "Deactivate account",
      danger: !isClosed,
      fields: [],
      submit: () => this.save(person, { status: isClosed ? "active" : "deactivated" }, dialog, isClosed ? "Reactivated." : "Deactivated."),
    });
    save.prepend(roles);
    const effect = isClosed ? "They can sign in again." : "They are signed out at once and can't come back until reactivated.";
    const erase = h("button", { type: "button", class: "danger", onclick: () => this.erase(person, dialog) }, "Erase…");
    const end = h("p", {}, "Everything about them can be erased. You will first see what that covers.");
    const dialog = openDialog(fullName(person), save, h("hr"), h("p", {}, effect), standing, h("hr"), end, h("div", { class: "buttons" }, erase));
  }

  /** Shows what would be removed, and asks. */
  async erase(person, before) {
    before.close();
    const counts = h("div", {}, loading("what is kept"));
    const dialog = openDialog(`Erase ${fullName(person)}`, counts);
    try {
      const preview = await api.get(path`/admin/users/${person.id}/erasure`);
      const form = fieldForm({
        label: "Erase for good",
        danger: true,
        fields: [],
        submit: async () => {
          const { number } = await api.post(path`/admin/users/${person.id}/erasure`);
          dialog.close();
          announce("The erasure has begun.");
          location.hash = `/erasures/${number}`;
        },
        cancel: () => dialog.close(),
      });
      const warning = "They are signed out at once, their open applications end, and this can't be undone. This would be removed:";
      fill(counts, h("p", {}, warning), placeTable(preview.places), form);
    } catch (refusal) {
      fill(counts, notice(refusal));
    }
  }

  async save(person, change, dialog, done) {
    await api.patch(path`/admin/users/${person.id}`, change);
    dialog.close();
    announce(done);
    this.list.load();
  }
}

function employment({ id, name, role }) {
  return h("div", { class: "faint" }, `${words(role)} at `, session.has("companyAdmin") ? h("a", { href: `#/companies/${id}` }, name) : name);
}

customElements.define("people-page", PeoplePage);
