import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { session } from "../core/session.js";
import { fieldForm } from "../parts/field-form.js";
import { icon } from "../parts/icon.js";
import { Page } from "../parts/page.js";
import { passwordHint } from "./set-password.js";

class SignInPage extends Page {
  show() {
    const form = fieldForm({
      label: "Sign in",
      fields: [
        tenantField(),
        { name: "email", label: "E-mail address", type: "email", required: true, autocomplete: "username" },
        { name: "password", label: "Password", type: "password", required: true, autocomplete: "current-password" },
      ],
      submit: async credentials => {
        await session.signIn(credentials);
        if (credentials.tenantCode) localStorage.setItem("tenure.tenant", credentials.tenantCode);
        this.dispatchEvent(new CustomEvent("signed-in", { bubbles: true }));
      },
    });
    document.title = "Sign in – Tenure";
    fill(
      this,
      h(
        "div",
        { class: "door" },
        icon(),
        h("h1", {}, "Sign in to Tenure"),
        h("p", { class: "lead", role: "status" }, this.getAttribute("reason") ?? "The console for administrators."),
        form,
        h("p", {}, h("button", { type: "button", class: "link", onclick: () => this.forgot() }, "Forgot your password?")),
      ),
    );
    form.querySelector("[name=email]").focus();
  }

  forgot() {
    const form = fieldForm({
      label: "Send me a link",
      cancel: () => this.show(),
      fields: [tenantField(), { name: "email", label: "E-mail address", type: "email", required: true, autocomplete: "username" }],
      submit: async account => {
        const answer = await api.post("/auth/forgot-password", account);
        const back = h("button", { type: "button", class: "primary", onclick: () => this.show() }, "Back to signing in");
        fill(this.door, icon(), h("h1", {}, "Look into your mail"), h("p", { class: "lead", role: "status" }, answer.message), back);
        back.focus();
      },
    });
    const lead = `A mail brings you a link to choose another password. ${passwordHint}`;
    this.door = h("div", { class: "door" }, icon(), h("h1", {}, "Forgot your password?"), h("p", { class: "lead" }, lead), form);
    document.title = "Forgot your password? – Tenure";
    fill(this, this.door);
    form.querySelector("[name=email]").focus();
  }
}

const tenantField = () => ({
  name: "tenantCode",
  label: "Tenant",
  value: known(),
  hint: "Your organization's code. You can leave it out if your address has only one account.",
  autocomplete: "organization",
});

// From a link, or from the last time. A tenant's code isn't secret; the browser remembers the e-mail address.
const known = () => new URLSearchParams(location.search).get("tenant") ?? localStorage.getItem("tenure.tenant") ?? "";

customElements.define("sign-in-page", SignInPage);
