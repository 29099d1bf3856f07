import { api } from "../core/api.js";
import { debounced, fill, freshID, h } from "../core/dom.js";

const words = "all tenants";

/**
 * Tenants that are found and ticked, beginning with those given; all of them only for whoever types it. `chosen()` returns what a run over
 * them says: `tenants`, or `allTenants`.
 */
export function tenantChooser(tenants = []) {
  const chosen = new Map(tenants.map(tenant => [tenant.id, tenant]));
  const ids = { search: freshID("tenant"), all: freshID("all") };
  const all = h("input", { type: "checkbox" });
  const typed = h("input", { id: ids.all, autocomplete: "off" });
  const every = h("div", { class: "field", hidden: true }, h("label", { for: ids.all }, `Type "${words}" to run it over every active tenant`), typed);
  const search = h("input", { id: ids.search, type: "search", autocomplete: "off", placeholder: "Name or code" });
  const list = h("div", { class: "grants" });
  const some = h("div", {}, h("div", { class: "field" }, h("label", { for: ids.search }, "Search tenants"), search), list);
  const show = async () => {
    const { items } = await api.get("/admin/tenants", { search: search.value.trim(), status: "active", limit: 50 });
    const others = [...chosen.values()].filter(tenant => !items.some(item => item.id === tenant.id));
    fill(list, [...others, ...items].map(tenant => box(tenant, chosen)), items.length === 0 && h("p", { class: "faint" }, "No active tenant is called that."));
  };
  search.addEventListener("input", debounced(250, show));
  all.addEventListener("change", () => {
    some.hidden = all.checked;
    every.hidden = !all.checked;
    (all.checked ? typed : search).focus();
  });
  show();
  const element = h("fieldset", {}, h("legend", {}, "Tenants"), some, h("label", { class: "choice" }, all, " All active tenants"), every);
  const isAll = () => all.checked && typed.value.trim().toLowerCase() === words;
  return { element, chosen: () => (isAll() ? { allTenants: true } : { tenants: all.checked ? [] : [...chosen.keys()] }) };
}

function box(tenant, chosen) {
  const input = h("input", { type: "checkbox", checked: chosen.has(tenant.id) });
  input.addEventListener("change", () => (input.checked ? chosen.set(tenant.id, tenant) : chosen.delete(tenant.id)));
  return h("label", { class: "choice" }, input, h("span", {}, tenant.name, " ", h("code", { class: "faint" }, tenant.code)));
}
