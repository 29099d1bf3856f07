// Addresses behind the #, and the element that shows each. Pages that the user may not see aren't offered.

/** In the order of the navigation; `nav` is the word there, `group` the heading above it. */
export const routes = [
  { path: "/tenants", element: "tenants-page", nav: "Tenants", group: "Installation", role: "systemAdmin" },
  { path: "/tenants/{id}", element: "tenant-page", role: "systemAdmin" },
  { path: "/console", element: "console-page", nav: "Script console", group: "Installation", role: "systemAdmin" },
  { path: "/console/{id}", element: "console-run-page", role: "systemAdmin" },
  { path: "/work", element: "work-page", nav: "Background work", group: "Installation", role: "systemAdmin" },
  { path: "/rules", element: "rules-page", nav: "Rules", group: "Rules", role: "tenantAdmin" },
  { path: "/rules/new", element: "new-rule-page", role: "tenantAdmin" },
  { path: "/rules/{id}", element: "rule-page", role: "tenantAdmin" },
  { path: "/runs/{id}", element: "run-page", role: "tenantAdmin" },
  { path: "/replays/{id}", element: "replay-page", role: "tenantAdmin" },
  { path: "/guide", element: "guide-page", nav: "Guide", group: "Rules", role: "tenantAdmin" },
  { path: "/catalogue", element: "catalogue-page", nav: "Events", group: "Rules", role: "tenantAdmin" },
  { path: "/commands", element: "commands-page", nav: "Commands", group: "Rules", role: "tenantAdmin" },
  { path: "/schedules", element: "schedules-page", nav: "Schedules", group: "Rules", role: "tenantAdmin" },
  { path: "/store", element: "store-page", nav: "Memory", group: "Rules", role: "tenantAdmin" },
  { path: "/people", element: "people-page", nav: "People", group: "Tenant", role: "tenantAdmin" },
  { path: "/merges", element: "merges-page", nav: "Merges", group: "Tenant", role: "tenantAdmin" },
  { path: "/merges/{id}", element: "merge-page", role: "tenantAdmin" },
  { path: "/retention", element: "retention-page", nav: "Retention", group: "Tenant", role: "tenantAdmin" },
  { path: "/erasures", element: "erasures-page", nav: "Erasures", group: "Tenant", role: "tenantAdmin" },
  { path: "/erasures/{id}", element: "erasure-page", role: "tenantAdmin" },
  { path: "/companies", element: "companies-page", nav: "Companies", group: "Tenant", role: "tenantAdmin" },
  { path: "/companies/{id}", element: "company-page", role: "companyAdmin" },
  { path: "/companies/{id}/letters", element: "company-letters-page", role: "companyAdmin" },
  { path: "/companies/{id}/candidates", element: "company-candidates-page", role: "companyAdmin" },
  { path: "/imports/{id}", element: "candidate-import-page", role: "companyAdmin" },
  { path: "/jobs", element: "jobs-page", nav: "Jobs", group: "Tenant", role: "companyAdmin" },
  { path: "/jobs/{id}", element: "job-page", role: "companyAdmin" },
  { path: "/approvals", element: "approvals-page", nav: "Approvals", group: "Tenant", role: "tenantAdmin" },
  { path: "/api-key", element: "api-key-page", nav: "API keys", group: "Tenant", role: "tenantAdmin" },
  { path: "/mail", element: "mail-page", nav: "Mail", group: "Tenant", role: "tenantAdmin" },
  { path: "/log", element: "log-page", nav: "Event log", group: "Tenant", role: "tenantAdmin" },
  { path: "/health", element: "health-page", nav: "Health", group: "Server", role: "systemAdmin" },
  { path: "/home", element: "home-page", nav: "Home", group: "Account", role: "noAdministrator" },
];

/** The route for a fragment, its parameters and its query; undefined if none fits. */
export function match(fragment) {
  const [path, query = ""] = fragment.replace(/^#/, "").split("?");
  const segments = path.split("/");
  for (const route of routes) {
    const parameters = parametersOf(route.path.split("/"), segments);
    if (parameters) return { route, parameters, query: new URLSearchParams(query) };
  }
  return undefined;
}

/** A value in the query of the page's own address; null if it isn't there. */
export function inAddress(name) {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get(name);
}

/** Keeps a value in the page's own address, so that Back and a reload bring it again; null removes it. */
export function keepInAddress(name, value) {
  const [path, query = ""] = location.hash.split("?");
  const values = new URLSearchParams(query);
  if (value === null) values.delete(name);
  else values.set(name, value);
  history.replaceState(null, "", `${path || "#/"}${values.size > 0 ? `?${values}` : ""}`);
}

function parametersOf(template, segments) {
  if (template.length !== segments.length) return null;
  const parameters = {};
  for (const [index, word] of template.entries()) {
    if (word.startsWith("{")) parameters[word.slice(1, -1)] = decoded(segments[index]);
    else if (word !== segments[index]) return null;
  }
  return Object.values(parameters).includes(null) ? null : parameters;
}

/** Null if it is not validly percent-encoded. */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
