import { fill, h } from "../core/dom.js";
import { session } from "../core/session.js";
import { fieldForm } from "../parts/field-form.js";
import { icon } from "../parts/icon.js";
import { Page } from "../parts/page.js";

class SignInPage extends Page {
  show() {
    const form = fieldForm({
      label: "Sign in",
      fields: [
        { name: "tenantCode", label: "Tenant", required: true, value: remembered(), hint: "Your organization's code.", autocomplete: "organization" },
        { name: "email", label: "E-mail address", type: "email", required: true, autocomplete: "username" },
        { name: "password", label: "Password", type: "password", required: true, autocomplete: "current-password" },
      ],
      submit: async credentials => {
        await session.signIn(credentials);
        localStorage.setItem("tenure.tenant", credentials.tenantCode);
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
      ),
    );
    form.querySelector(remembered() ? "[name=email]" : "[name=tenantCode]").focus();
  }
}

// A tenant's code isn't secret; the browser remembers the e-mail address.
const remembered = () => localStorage.getItem("tenure.tenant") ?? "";

customElements.define("sign-in-page", SignInPage);
