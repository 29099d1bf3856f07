import { api, path } from "../core/api.js";
import { h } from "../core/dom.js";
import { fullName, words } from "../core/format.js";
import { session } from "../core/session.js";
import { facts } from "../parts/facts.js";
import { Page } from "../parts/page.js";

/** Where somebody lands who administers neither the tenant nor the installation: what they have, and who can help. */
class HomePage extends Page {
  show() {
    this.with(this, "your account", () => this.read(), ([me, companies]) => this.content(me, companies));
  }

  async read() {
    const me = await api.get("/users/me");
    const named = async ({ companyId, role }) => ({ role, company: await api.get(path`/companies/${companyId}`) });
    return [me, await Promise.all(me.companies.map(named))];
  }

  content(me, companies) {
    const lead = companies.length > 0
      ? "This console is for administrators. Your own work, such as jobs, applications and interviews, is done in the program that your organization uses."
      : "This console is for administrators. Jobs and your applications are found in the program that your organization offers.";
    const roles = me.roles.filter(role => role !== "candidate" || me.roles.length === 1);
    return [
      this.heading(`Hello, ${me.firstName || fullName(me)}`, { lead }),
      facts([["Account", me.email], ["Roles", roles.map(words).join(", ")]], "facts"),
      companies.length > 0 && [h("h2", {}, "Your companies"), h("ul", { class: "entries plain" }, companies.map(entry))],
      h("h2", {}, "What you can do here"),
      h(
        "ul",
        {},
        h("li", {}, h("a", { href: "/api/docs" }, "Read how programs use Tenure"), ", if you write one"),
        !session.has("tenantAdmin") && h("li", {}, "Ask an administrator of your organization if you should see more: they give the role Tenant admin under People"),
      ),
    ];
  }
}

function entry({ role, company }) {
  const own = role === "companyAdmin";
  const ways = own && [h("a", { href: `#/companies/${company.id}` }, "Its members"), ", ", h("a", { href: `#/companies/${company.id}/letters` }, "its letters to candidates")];
  return h("li", { class: "card" }, h("strong", {}, company.name), `: ${words(role).toLowerCase()}. `, ways);
}

customElements.define("home-page", HomePage);
