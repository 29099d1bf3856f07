import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { entered } from "../core/entered.js";
import { moment } from "../core/format.js";
import { confirm } from "../parts/confirm.js";
import { announce } from "../parts/announce.js";
import { facts } from "../parts/facts.js";
import { Page } from "../parts/page.js";
import { empty } from "../parts/states.js";

/** The tenant's one key for programs. */
class ApiKeyPage extends Page {
  show() {
    this.place = h("div");
    const lead = ["For programs that work for this tenant, such as ", h("code", {}, "tenure rules push"), ". It may do what its maker may as an administrator."];
    fill(this, this.heading("API key", { lead }), this.place);
    this.load();
  }

  load() {
    const read = () => api.get("/enterprise/api-key").catch(refusal => (refusal.status === 404 ? null : Promise.reject(refusal)));
    return this.with(this.place, "the key", read, key => (key?.prefix ? this.known(key) : this.none()));
  }

  none() {
    const text = "Make one, and give it to the program that is to work for you.";
    return h("div", { class: "card" }, empty({ title: "No key yet", text, action: this.button("Make a key", "primary") }));
  }

  known(key) {
    const shown = [["Begins with", h("code", {}, key.prefix)], ["Made", moment(key.createdAt)], ["Last used", moment(key.lastUsedAt)]];
    return [facts(shown, "facts"), h("div", { class: "after" }, this.button("Make a new key", "danger"))];
  }

  /** A key acts as the administrator who made it: one of the tenant's own. */
  button(words, kind) {
    if (entered.tenant) return h("p", { class: "hint" }, "Only the tenant's own administrators can make a key.");
    const ask = () => confirm({
      title: "Make a new key?",
      text: "It is shown once. An earlier key stops working at once.",
      label: "Make it",
      act: async () => {
        const made = await api.post("/enterprise/api-key/regenerate");
        return () => this.reveal(made);
      },
    });
    return h("button", { type: "button", class: kind, onclick: ask }, words);
  }

  async reveal(made) {
    await this.load();
    const { key } = made;
    const copy = h("button", { type: "button" }, "Copy");
    copy.addEventListener("click", () => navigator.clipboard?.writeText(key).then(() => announce("Copied."), () => announce("Select it and copy it by hand.")));
    const field = h("input", { id: "new-key", readonly: true, class: "source", value: key, onfocus: event => event.target.select() });
    const label = h("label", { for: "new-key" }, "The new key: keep it now, it is not shown again");
    this.place.prepend(h("div", { class: "notice good", role: "status" }, h("div", { class: "field" }, label, field), h("p", { class: "after" }, copy)));
    field.focus();
  }
}

customElements.define("api-key-page", ApiKeyPage);
