import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { fieldForm } from "../parts/field-form.js";
import { icon } from "../parts/icon.js";
import { Page } from "../parts/page.js";

export const passwordHint = "At least 8 characters, not digits alone, and none of the most common passwords.";

/** The page linked from invitation and reset mails: the token is in the fragment, which no server logs. */
class SetPasswordPage extends Page {
  show() {
    const given = new URLSearchParams(location.hash.slice(1));
    const [token, tenant] = [given.get("token"), given.get("tenant")];
    document.title = "Choose a password – Tenure";
    const field = { name: "newPassword", label: "New password", type: "password", required: true, hint: passwordHint, autocomplete: "new-password" };
    const code = { name: "token", label: "Code from the mail", required: true };
    const form = fieldForm({
      label: "Set password",
      fields: token ? [field] : [code, field],
      submit: async values => {
        const answer = await api.post("/auth/reset-password", { token, ...values });
        history.replaceState(null, "", "/reset-password");
        fill(this.door, icon(), h("h1", {}, "Done"), h("p", { class: "lead", role: "status" }, answer.message), h("a", { class: "button primary", href: tenant ? `/admin?tenant=${encodeURIComponent(tenant)}` : "/admin" }, "Sign in"));
      },
    });
    this.door = h("div", { class: "door" }, icon(), h("h1", {}, "Choose a password"), h("p", { class: "lead" }, "The link works once."), form);
    fill(this, this.door);
    form.querySelector("input").focus();
  }
}

customElements.define("set-password-page", SetPasswordPage);
