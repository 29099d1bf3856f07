import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { entered } from "../core/entered.js";
import { moment } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { empty } from "../parts/states.js";
import { table } from "../parts/table.js";
import { time } from "../parts/time.js";

const scopes = [
  ["rules:read", "See rules"],
  ["rules:write", "Write, try and publish rules, which then act for the tenant"],
  ["jobs:read", "See jobs and pipelines"],
  ["jobs:write", "Change jobs and pipelines"],
  ["applications:read", "See applications, interviews and offers"],
  ["applications:write", "Change applications, interviews and offers"],
  ["candidates:read", "Search candidates"],
  ["candidates:write", "Add and import candidates"],
  ["companies:read", "See companies"],
  ["companies:write", "Change companies"],
  ["members:read", "See companies' members"],
  ["events:read", "Read the event log"],
  ["users:read", "See the tenant's people"],
  ["mail:read", "See the tenant's mail"],
  ["mail:write", "Send stuck mail again"],
  ["notifications:write", "Notify people"],
  ["presence:read", "See who is here"],
];

/** The tenant's keys, each for one program. */
class ApiKeyPage extends Page {
  show() {
    this.fresh = h("div");
    this.place = h("div");
    const lead = ["One for each program that works for this tenant, such as ", h("code", {}, "tenure rules push"), ", with only the scopes that it needs."];
    fill(this, this.heading("API keys", { lead, actions: [this.maker()] }), this.fresh, this.place);
    this.load();
  }

  load() {
    return this.with(this.place, "the keys", () => api.get("/enterprise/api-keys"), ({ items }) => (items.length > 0 ? this.list(items) : this.none()));
  }

  none() {
    return h("div", { class: "card" }, empty({ title: "No API keys yet", text: "Create one and give it to the program that will use it." }));
  }

  list(keys) {
    const rows = keys.map(key => [
      key.name,
      h("code", {}, key.prefix),
      key.scopes.join(", "),
      time(key.createdAt),
      key.lastUsedAt ? time(key.lastUsedAt) : "never",
      key.expiresAt ? moment(key.expiresAt) : "never",
      this.actions(key),
    ]);
    return table("The tenant's API keys", ["Name", "Prefix", "Scopes", "Created", "Last used", "Expires", "Actions"], rows);
  }

  actions(key) {
    const renew = () => confirm({
      title: `A new secret for ${key.name}?`,
      text: "It is shown once. The current secret stops working immediately.",
      label: "Create secret",
      act: async () => {
        const made = await api.post(path`/enterprise/api-keys/${key.id}/rotate`);
        return () => this.reveal(made);
      },
    });
    const revoke = () => confirm({
      title: `Revoke ${key.name}?`,
      text: "The program that uses it loses access immediately.",
      label: "Revoke",
      danger: true,
      act: async () => {
        await api.delete(path`/enterprise/api-keys/${key.id}`);
        return () => this.load().then(() => announce("Revoked."));
      },
    });
    return [
      !entered.tenant && h("button", { type: "button", "aria-label": `New secret for ${key.name}`, onclick: renew }, "New secret"),
      " ",
      h("button", { type: "button", class: "danger", "aria-label": `Revoke ${key.name}`, onclick: revoke }, "Revoke"),
    ];
  }

  /** A key acts as the administrator who created it, who must be one of the tenant's own. */
  maker() {
    if (entered.tenant) return h("p", { class: "hint" }, "Only the tenant's own administrators can create a key.");
    return h("button", { type: "button", class: "primary", onclick: () => this.make() }, "Create a key");
  }

  make() {
    const boxes = scopes.map(([scope]) => h("input", { type: "checkbox", value: scope, checked: scope === "rules:write" }));
    const choice = h(
      "fieldset",
      {},
      h("legend", {}, "What it may do"),
      boxes.map((box, index) => h("label", { class: "choice" }, box, h("span", {}, h("code", {}, box.value), " ", scopes[index][1]))),
    );
    const form = fieldForm({
      label: "Create key",
      fields: [
        { name: "name", label: "Name", required: true, hint: "The program that gets it." },
        { name: "expiresAt", label: "Last day", type: "date" },
      ],
      submit: async ({ name, expiresAt }) => {
        const asked = boxes.filter(box => box.checked).map(box => box.value);
        const body = { name, scopes: asked, ...(expiresAt && { expiresAt: new Date(`${expiresAt}T23:59:59`).toISOString() }) };
        const made = await api.post("/enterprise/api-keys", body);
        dialog.close();
        this.reveal(made);
      },
      cancel: () => dialog.close(),
    });
    form.querySelector(".buttons").before(choice);
    const dialog = openDialog("Create a key", form);
  }

  async reveal(made) {
    await this.load();
    const { key } = made;
    const copy = h("button", { type: "button" }, "Copy");
    copy.addEventListener("click", () => navigator.clipboard?.writeText(key).then(() => announce("Copied."), () => announce("Select it and copy it by hand.")));
    const field = h("input", { id: "new-key", readonly: true, class: "source", value: key, onfocus: event => event.target.select() });
    const label = h("label", { for: "new-key" }, `The new key for ${made.name}: keep it now, it is not shown again`);
    fill(this.fresh, h("div", { class: "notice good", role: "status" }, h("div", { class: "field" }, label, field), h("p", { class: "after" }, copy)));
    field.focus();
  }
}

customElements.define("api-key-page", ApiKeyPage);
