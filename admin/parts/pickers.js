import { api, path } from "../core/api.js";
import { fullName } from "../core/format.js";
import { session } from "../core/session.js";

const textOf = person => (person.email ? `${fullName(person)} (${person.email})` : fullName(person));

/** People of the tenant, by name or address. */
export const people = {
  placeholder: "Name or address",
  search: async text => (await api.get("/admin/users", { search: text, limit: 10 })).items.map(person => ({ value: person.id, text: textOf(person) })),
};

/** People and jobs of the tenant. */
export const subjects = {
  placeholder: "Person or job",
  search: async text => {
    const findJobs = session.has("companyAdmin") ? api.get("/jobs", { q: text, limit: 10 }) : { items: [] };
    const [persons, jobs] = await Promise.all([people.search(text), findJobs]);
    return [...jobs.items.map(job => ({ value: job.id, text: `${job.title}, job` })), ...persons];
  },
  name: async id => (await api.get(path`/jobs/${id}`)).title,
};

/** Tenants of the installation, by name or code. */
export const tenants = {
  placeholder: "Name or code",
  search: async text => (await api.get("/admin/tenants", { search: text, limit: 10 })).items.map(tenant => ({ value: tenant.id, text: `${tenant.name} (${tenant.code})` })),
  name: async id => (await api.get(path`/admin/tenants/${id}`)).name,
};
