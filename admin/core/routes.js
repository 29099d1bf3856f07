// Addresses behind the #, and the element that shows each. What nobody may see isn't offered.

/** In the order of the navigation; `nav` is the word there. */
export const routes = [
  { path: "/tenants", element: "tenants-page", nav: "Tenants", role: "systemAdmin" },
  { path: "/tenants/{id}", element: "tenant-page", role: "systemAdmin" },
  { path: "/rules", element: "rules-page", nav: "Rules", role: "tenantAdmin" },
  { path: "/rules/{id}", element: "rule-page", role: "tenantAdmin" },
  { path: "/catalogue", element: "catalogue-page", nav: "Events", role: "tenantAdmin" },
  { path: "/commands", element: "commands-page", nav: "Commands", role: "tenantAdmin" },
  { path: "/people", element: "people-page", nav: "People", role: "tenantAdmin" },
  { path: "/log", element: "log-page", nav: "Event log", role: "tenantAdmin" },
  { path: "/work", element: "work-page", nav: "Background work", role: "systemAdmin" },
  { path: "/health", element: "health-page", nav: "Health" },
];

/** The route for a fragment, its parameters and its query; undefined where none fits. */
export function match(fragment) {
  const [path, query = ""] = fragment.replace(/^#/, "").split("?");
  const segments = path.split("/");
  for (const route of routes) {
    const parameters = parametersOf(route.path.split("/"), segments);
    if (parameters) return { route, parameters, query: new URLSearchParams(query) };
  }
  return undefined;
}

function parametersOf(template, segments) {
  if (template.length !== segments.length) return null;
  const parameters = {};
  for (const [index, word] of template.entries()) {
    if (word.startsWith("{")) parameters[word.slice(1, -1)] = decodeURIComponent(segments[index]);
    else if (word !== segments[index]) return null;
  }
  return parameters;
}
