import { api } from "./api.js";
import { entered } from "./entered.js";

// Who is signed in. Kept only in memory: after a reload the cookie tells the server, and the server tells us.
let user = null;

export const session = {
  get user() {
    return user;
  },

  /**
   * A system admin has a tenant admin's role while in a tenant. `companyAdmin` is whoever administers a company, or the tenant as one of its own
   * people; `noAdministrator` is everybody else.
   */
  has(role) {
    if (role === undefined) return true;
    if (!user) return false;
    const { roles } = user;
    // What is done in person is not for a system admin who has no account in the tenant.
    if (role === "companyAdmin") return roles.includes("tenantAdmin") || user.companies.some(company => company.role === "companyAdmin");
    if (role === "noAdministrator") return !roles.some(name => ["tenantAdmin", "systemAdmin"].includes(name));
    return roles.includes(role) || (role === "tenantAdmin" && roles.includes("systemAdmin") && entered.tenant !== null);
  },

  /** Asks the server; null when nobody is signed in. */
  async load() {
    try {
      user = await api.get("/users/me");
    } catch (refusal) {
      if (refusal.status !== 401) throw refusal;
      user = null;
    }
    return user;
  },

  async signIn(credentials) {
    await api.signIn(credentials);
    return this.load();
  },

  async signOut() {
    await api.signOut();
    this.forget();
  },

  forget() {
    user = null;
    sessionStorage.clear();
  },
};
