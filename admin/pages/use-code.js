import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { fieldForm } from "../parts/field-form.js";
import { icon } from "../parts/icon.js";
import { Page } from "../parts/page.js";

const errands = {
  "/confirm": { title: "Confirm your address", path: "/auth/verify-email", done: "Your address is confirmed." },
  "/join": { title: "Accept the invitation", path: "/invitations/accept", done: "You are a member now." },
  "/change-address": { title: "Use the new address", path: "/users/me/email/confirm", done: "Your account has its new address.", hint: "Your current one, not the new one." },
};

/** The page for mailed links that are used signed in, which proves that mailbox and account belong to one person. The code is in the fragment, which no server logs. */
class UseCodePage extends Page {
  show() {
    const errand = errands[location.pathname];
    const given = new URLSearchParams(location.hash.slice(1));
    const [token, tenant] = [given.get("token"), given.get("tenant")];
    document.title = `${errand.title} – Tenure`;
    const form = fieldForm({
      label: errand.title,
      fields: [
        ...(token ? [] : [{ name: "token", label: "Code from the mail", required: true }]),
        ...(tenant ? [] : [{ name: "tenantCode", label: "Tenant", hint: "Your organization's code, if you have accounts with several.", autocomplete: "organization" }]),
        { name: "email", label: "E-mail address", type: "email", required: true, hint: errand.hint, autocomplete: "username" },
        { name: "password", label: "Password", type: "password", required: true, autocomplete: "current-password" },
      ],
      submit: async ({ token: typed, ...credentials }) => {
        await api.signIn({ ...(tenant && { tenantCode: tenant }), ...credentials });
        try {
          await api.post(errand.path, { token: token ?? typed });
        } finally {
          await api.signOut();
        }
        history.replaceState(null, "", location.pathname);
        fill(this.door, icon(), h("h1", {}, "Done"), h("p", { class: "lead", role: "status" }, errand.done, " You can close this page."));
      },
    });
    this.door = h("div", { class: "door" }, icon(), h("h1", {}, errand.title), h("p", { class: "lead" }, "Sign in once more, so that we know it is you."), form);
    fill(this, this.door);
    form.querySelector("[name=email]").focus();
  }
}

customElements.define("use-code-page", UseCodePage);
