import { api } from "./api.js";
import { entered } from "./entered.js";

// Who is signed in. Kept only in memory: after a reload the cookie tells the server, and the server tells us.
let user = null;

export const session = {
  get user() {
    return user;
  },

  /** A system admin has a tenant admin's role while in a tenant. */
  has(role) {
    if (role === undefined) return true;
    const roles = user?.roles ?? [];
    if (role === "companyAdmin" && user?.companies.some(company => company.role === "companyAdmin")) return true;
    if (role === "companyAdmin") return this.has("tenantAdmin");
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
