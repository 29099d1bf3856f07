import { api } from "../core/api.js";
import { debounced, fill, freshID, h } from "../core/dom.js";

/** All active tenants, or those found and ticked. `chosen()` returns their ids; undefined for all. */
export function tenantChooser() {
  const chosen = new Map();
  const ids = { search: freshID("tenant") };
  const all = h("input", { type: "checkbox", checked: true });
  const search = h("input", { id: ids.search, type: "search", autocomplete: "off", placeholder: "Name or code" });
  const list = h("div", { class: "grants" });
  const some = h("div", { hidden: true }, h("div", { class: "field" }, h("label", { for: ids.search }, "Search tenants"), search), list);
  const show = async () => {
    const { items } = await api.get("/admin/tenants", { search: search.value.trim(), status: "active", limit: 50 });
    const others = [...chosen.values()].filter(tenant => !items.some(item => item.id === tenant.id));
    fill(list, [...others, ...items].map(tenant => box(tenant, chosen)), items.length === 0 && h("p", { class: "faint" }, "No active tenant is called that."));
  };
  search.addEventListener("input", debounced(250, show));
  all.addEventListener("change", () => {
    some.hidden = all.checked;
    if (!all.checked) show();
  });
  const element = h("fieldset", {}, h("legend", {}, "Over"), h("label", { class: "choice" }, all, " All active tenants"), some);
  return { element, chosen: () => (all.checked ? undefined : [...chosen.keys()]) };
}

function box(tenant, chosen) {
  const input = h("input", { type: "checkbox", checked: chosen.has(tenant.id) });
  input.addEventListener("change", () => (input.checked ? chosen.set(tenant.id, tenant) : chosen.delete(tenant.id)));
  return h("label", { class: "choice" }, input, h("span", {}, tenant.name, " ", h("code", { class: "faint" }, tenant.code)));
}
