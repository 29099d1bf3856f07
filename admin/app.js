import "./pages/sign-in.js";
import "./pages/set-password.js";
import "./pages/use-code.js";
import "./pages/answer-invitation.js";
import "./pages/tenant.js";
import "./pages/console.js";
import "./pages/console-run.js";
import "./pages/people.js";
import "./pages/erasures.js";
import "./pages/erasure.js";
import "./pages/retention.js";
import "./pages/merges.js";
import "./pages/merge.js";
import "./pages/companies.js";
import "./pages/company.js";
import "./pages/candidate-import.js";
import "./pages/company-candidates.js";
import "./pages/company-letters.js";
import "./pages/jobs.js";
import "./pages/job.js";
import "./pages/approvals.js";
import "./pages/api-key.js";
import "./pages/mail.js";
import "./pages/rules.js";
import "./pages/new-rule.js";
import "./pages/rule.js";
import "./pages/run.js";
import "./pages/replay.js";
import "./pages/guide.js";
import "./pages/catalogue.js";
import "./pages/commands.js";
import "./pages/schedules.js";
import "./pages/store.js";
import "./pages/log.js";
import "./pages/work.js";
import "./pages/health.js";
import "./pages/home.js";
import { api } from "./core/api.js";
import { h, fill } from "./core/dom.js";
import { entered } from "./core/entered.js";
import { fullName, moment } from "./core/format.js";
import { match, routes } from "./core/routes.js";
import { session } from "./core/session.js";
import { enterButton } from "./pages/tenants.js";
import { announce, announcer } from "./parts/announce.js";
import { dataList } from "./parts/data-list.js";
import { openDialog } from "./parts/dialog.js";
import { navigation } from "./parts/navigation.js";
import { notice } from "./parts/states.js";

/** The frame around every page: navigation by role, one page at a time, signing in and out. */
class TenureConsole extends HTMLElement {
  async connectedCallback() {
    this.main = h("main", { id: "main", tabindex: "-1" });
    window.addEventListener("hashchange", () => this.show());
    window.addEventListener("session-ended", () => this.askToSignIn("Your session has ended. Sign in again."));
    window.addEventListener("entered", () => this.frame());
    this.addEventListener("signed-in", () => this.start());
    const door = doors[location.pathname];
    if (door) return this.bare(h(door));
    fill(this, h("p", { class: "starting", role: "status" }, "Loading…"));
    try {
      (await session.load()) ? this.start() : this.askToSignIn();
    } catch (refusal) {
      this.bare(notice(refusal, () => location.reload()));
    }
  }

  askToSignIn(reason) {
    session.forget();
    document.querySelector("dialog[open]")?.close();
    this.bare(h("sign-in-page", { reason }));
  }

  bare(content) {
    fill(this, fill(this.main), announcer());
    this.main.append(content);
  }

  start() {
    this.frame();
    this.show();
  }

  frame() {
    const menu = h("button", { class: "menu", type: "button", "aria-expanded": "false", "aria-controls": "navigation" }, "Menu");
    this.navigation = navigation();
    this.navigation.mark(this.section);
    const links = this.navigation.element;
    menu.addEventListener("click", () => menu.setAttribute("aria-expanded", String(links.classList.toggle("open"))));
    this.closeMenu = () => {
      links.classList.remove("open");
      menu.setAttribute("aria-expanded", "false");
    };
    const brand = h("a", { class: "brand", href: "#/" }, h("img", { src: "/admin/icon.svg", alt: "", width: "28", height: "28" }), "Tenure");
    fill(
      this,
      h("a", { class: "skip", href: "#main", onclick: event => this.skip(event) }, "Skip to the page"),
      h("header", { class: "bar" }, brand, menu, links, this.account()),
      h("div", { class: "room" }, this.whereabouts(), this.erasure(), this.returned(), this.main),
      announcer(),
    );
  }

  account() {
    return h(
      "div",
      { class: "account" },
      h("span", { class: "who", title: session.user.email }, fullName(session.user)),
      h("button", { type: "button", class: "quiet", onclick: () => this.leave() }, "Sign out"),
    );
  }

  /** Shows a system admin on every page which tenant they are working in. */
  whereabouts() {
    const tenant = entered.tenant;
    if (!tenant) return null;
    const out = () => {
      entered.leave();
      location.hash = "/tenants";
    };
    const words = h("p", {}, h("span", { class: "wide-only" }, "You are working in "), h("strong", {}, tenant.name), h("span", { class: "wide-only" }, ". What you do here is recorded."));
    const buttons = [
      h("button", { type: "button", onclick: () => this.switchTenant() }, "Switch"),
      h("button", { type: "button", "aria-label": "Leave the tenant", onclick: out }, "Leave", h("span", { class: "wide-only" }, " the tenant")),
    ];
    return h("div", { class: "entered one-line", role: "region", "aria-label": "Tenant" }, words, h("div", { class: "buttons" }, buttons));
  }

  /** Lists the other tenants, to go on in one of them. */
  switchTenant() {
    const list = dataList({
      what: "tenants",
      path: "/admin/tenants",
      query: { status: "active" },
      isApart: true,
      filters: [{ name: "search", label: "Search", placeholder: "Name or code" }],
      columns: [
        { title: "Name", cell: tenant => tenant.name },
        { title: "Code", cell: tenant => h("code", {}, tenant.code) },
        { title: "Open", class: "action", cell: tenant => enterButton(tenant) },
      ],
      empty: { title: "No tenants yet", text: "There is no active tenant." },
    });
    openDialog("Switch to another tenant", list);
  }

  /** Shows people who will be erased that on every page, and how to take it back. */
  erasure() {
    const due = session.user.erasureAt;
    if (!due) return null;
    const keep = async event => {
      event.target.disabled = true;
      await api.delete("/users/me/erasure").catch(refusal => announce(refusal.message));
      await session.load();
      this.start();
    };
    const words = h("p", {}, "Your account and everything about you will be erased on ", h("strong", {}, moment(due)), ".");
    return h("div", { class: "entered", role: "region", "aria-label": "Erasure" }, words, h("button", { type: "button", onclick: keep }, "Keep my account"));
  }

  /** Shows people whose mail comes back that on every page, and how to get a link to confirm the address. */
  returned() {
    const bounce = session.user.mailBounce;
    if (!bounce) return null;
    const send = async event => {
      event.target.disabled = true;
      const answer = await api.post("/auth/verify-email/resend").catch(refusal => refusal);
      announce(answer.message);
    };
    const words = h("p", {}, "Mail to ", h("strong", {}, session.user.email), ` came back${bounce.isBlocked ? "; no more is sent" : ""}. Confirm the address, or take another one.`);
    return h("div", { class: "entered", role: "region", "aria-label": "Returned mail" }, words, h("button", { type: "button", onclick: send }, "Mail me a link"));
  }

  skip(event) {
    event.preventDefault();
    this.main.focus();
  }

  async leave() {
    await session.signOut().catch(() => session.forget());
    location.hash = "";
    this.askToSignIn();
  }

  show() {
    if (!session.user) return;
    document.querySelector("dialog[open]")?.close();
    const home = routes.find(route => route.nav && session.has(route.role));
    const found = match(location.hash.length > 2 ? location.hash : `#${home.path}`);
    this.closeMenu();
    this.section = sections[found?.route.element] ?? found?.route.path.split("/")[1];
    this.navigation.mark(this.section);
    if (!found || !session.has(found.route.role)) {
      document.title = "Not found – Tenure";
      const way = h("a", { href: `#${home.path}` }, home.nav);
      fill(this.main, h("h1", {}, "Nothing here"), h("p", {}, "There is no such page, or it isn't for your role. Go on with ", way, "."));
      return;
    }
    const page = document.createElement(found.route.element);
    page.parameters = found.parameters;
    page.query = found.query;
    fill(this.main, page);
    this.main.scrollTop = 0;
    window.scrollTo(0, 0);
    this.main.focus({ preventScroll: true });
  }
}

// Pages that mails link to, outside the console.
const doors = {
  "/reset-password": "set-password-page",
  "/confirm": "use-code-page",
  "/join": "use-code-page",
  "/change-address": "use-code-page",
  "/answer": "answer-invitation-page",
};

// Pages without an entry of their own in the navigation.
const sections = { "run-page": "rules", "replay-page": "rules" };

customElements.define("tenure-console", TenureConsole);
