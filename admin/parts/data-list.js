import { api } from "../core/api.js";
import { debounced, fill, freshID, h } from "../core/dom.js";
import { number } from "../core/format.js";
import { inAddress, keepInAddress } from "../core/routes.js";
import { picker } from "./picker.js";
import { empty, loading, notice } from "./states.js";

/** Pages reach so many rows. */
const mostRows = 10_000;

/**
 * A list of the API: filters, a table that becomes cards on a small screen, and the next page.
 * Set `source` to { what, path, columns, filters, empty, reads, details }; `reads` is "page" for numbered pages, "cursor" for reading on;
 * A filter begins with what the page's address says, its `value`, or what is `usual`; `pick` { search, name } lets it be picked by name; `items` gets the entries from an answer that has more than them; `query` is always sent; `details` { title, label, content } opens below an entry.
 * Filters are kept in the page's address, unless the list `isApart` from it, in a dialog. `grows` adds a refresh button, for lists that keep growing. Fires `loaded` with the API's answer.
 */
class DataList extends HTMLElement {
  set source(source) {
    this.configuration = source;
    this.filters = Object.fromEntries((source.filters ?? []).map(filter => [filter.name, source.isApart ? "" : beginning(filter)]));
    this.page = 1;
    this.body = h("div", { class: "list-body", tabindex: "-1" });
    this.body.addEventListener("focusin", () => (this.isEntered = true));
    this.body.addEventListener("focusout", event => event.relatedTarget && (this.isEntered = false));
    fill(this, this.filterForm(), this.body);
    this.load();
  }

  filterForm() {
    const { filters = [], what, grows } = this.configuration;
    if (filters.length === 0) return null;
    const changed = debounced(250, () => {
      this.page = 1;
      this.load();
    });
    const form = h("form", { class: "filters", role: "search", "aria-label": `Filter ${what}` }, [
      filters.map(filter => this.filterField(filter, changed)),
      grows && h("button", { type: "button", onclick: () => this.load() }, "Refresh"),
    ]);
    form.addEventListener("submit", event => event.preventDefault());
    return form;
  }

  filterField(filter, changed) {
    const id = freshID("filter");
    const take = event => {
      this.filters[filter.name] = filter.read ? filter.read(event.target.value) : event.target.value;
      if (!this.configuration.isApart) keepInAddress(filter.name, event.target.value === (filter.usual ?? "") ? null : event.target.value);
      this.setAttribute("aria-busy", "true");
      changed();
    };
    if (filter.pick) return picker({ id, label: filter.label, value: this.filters[filter.name], ...filter.pick, take: value => take({ target: { value } }) });
    if (filter.options) {
      const choices = [["", filter.any ?? "All"], ...filter.options.map(option => (Array.isArray(option) ? option : [option, option]))];
      const select = h("select", { id, onchange: take }, choices.map(([value, text]) => h("option", { value, selected: value === this.filters[filter.name] }, text)));
      return h("div", { class: "field" }, h("label", { for: id }, filter.label), select);
    }
    const suggestions = filter.suggestions && h("datalist", { id: `${id}-list` }, filter.suggestions.map(value => h("option", { value })));
    const input = h("input", {
      id, type: filter.type ?? "search", oninput: take, autocomplete: "off", list: suggestions && `${id}-list`, placeholder: filter.placeholder, value: (this.configuration.isApart ? null : inAddress(filter.name)) ?? this.filters[filter.name],
    });
    return h("div", { class: "field" }, h("label", { for: id }, filter.label), input, suggestions);
  }

  async read(query) {
    const { path, query: always, items } = this.configuration;
    const answer = await api.get(path, { ...always, ...this.filters, ...query });
    return items ? { ...answer, items: items(answer) } : answer;
  }

  /** Loads the list again, on the same page. */
  async load() {
    const { what, reads = "page" } = this.configuration;
    const request = (this.request = Symbol());
    this.setAttribute("aria-busy", "true");
    if (!this.body.hasChildNodes()) fill(this.body, loading(what));
    try {
      const answer = await this.read(reads === "page" ? { page: this.page, limit: 20 } : { limit: 30 });
      if (request !== this.request) return;
      this.redraw(answer);
      this.dispatchEvent(new CustomEvent("loaded", { detail: answer }));
    } catch (refusal) {
      if (request === this.request) fill(this.body, notice(refusal, () => this.load()));
    }
    if (request === this.request) this.removeAttribute("aria-busy");
  }

  /** Keeps the focus in the list when the pressed button was redrawn or removed. */
  redraw(answer) {
    const wasHere = this.body.contains(document.activeElement);
    this.show(answer);
    // A button that was disabled meanwhile has lost the focus.
    const isLost = this.isEntered && document.activeElement === document.body;
    if (wasHere || isLost) this.body.focus({ preventScroll: true });
  }

  show(answer) {
    const isFiltered = this.configuration.filters?.some(({ name, usual = "" }) => this.filters[name] !== usual);
    if (answer.items.length === 0) {
      const nothing = { title: "Nothing matches", text: "No entry fits these filters. Clear one to see more." };
      fill(this.body, empty(isFiltered ? nothing : this.configuration.empty));
      return;
    }
    this.rows = h("tbody", {}, answer.items.map(item => this.row(item)));
    const { columns, details } = this.configuration;
    const titles = [...columns.map(column => column.title), details?.title].filter(Boolean);
    const head = h("tr", {}, titles.map(title => h("th", { scope: "col" }, title)));
    const table = h("table", {}, h("caption", { class: "unseen" }, this.configuration.what), h("thead", {}, head), this.rows);
    fill(this.body, table, answer.pagination ? this.pager(answer.pagination) : this.more(answer.nextCursor));
  }

  row(item) {
    const { columns, details } = this.configuration;
    const row = h("tr", {}, columns.map(column => h("td", { "data-title": column.title, class: column.class }, column.cell(item))));
    if (details) row.append(h("td", { class: "action" }, this.opener(row, item)));
    return row;
  }

  opener(row, item) {
    const { columns, details } = this.configuration;
    const button = h("button", { type: "button", "aria-expanded": "false", "aria-label": details.label(item) }, "Show");
    let opened;
    button.addEventListener("click", () => {
      if (opened) opened.remove();
      else row.after((opened = h("tr", { class: "opened" }, h("td", { colspan: String(columns.length + 1) }, details.content(item)))));
      if (!opened.isConnected) opened = undefined;
      button.setAttribute("aria-expanded", String(Boolean(opened)));
      button.textContent = opened ? "Hide" : "Show";
    });
    return button;
  }

  pager({ total, page, limit, pages, isAtLeast }) {
    const first = (page - 1) * limit + 1;
    const go = step => {
      this.page = page + step;
      this.load();
    };
    return h(
      "div",
      { class: "pager" },
      h("p", { role: "status" }, `${number(first)} to ${number(isAtLeast ? page * limit : Math.min(page * limit, total))} of ${number(total)}${isAtLeast ? " and more" : ""}`),
      pages > 1 && h("button", { type: "button", disabled: page <= 1, onclick: () => go(-1) }, "Previous"),
      pages > 1 && h("button", { type: "button", disabled: page >= (isAtLeast ? Math.floor(mostRows / limit) : pages), onclick: () => go(1) }, "Next"),
    );
  }

  more(cursor) {
    if (!cursor) return null;
    const button = h("button", { type: "button" }, "Show more");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const answer = await this.read({ cursor, limit: 30 });
        this.rows.append(...answer.items.map(item => this.row(item)));
        foot.replaceWith(this.more(answer.nextCursor) ?? "");
      } catch (refusal) {
        fill(foot, notice(refusal, () => this.load()));
      }
    });
    const foot = h("div", { class: "pager" }, button);
    return foot;
  }
}

function beginning({ name, usual = "", value, read }) {
  const kept = inAddress(name);
  if (kept !== null) return read ? read(kept) : kept;
  return value ?? usual;
}

customElements.define("data-list", DataList);

export function dataList(source) {
  const list = document.createElement("data-list");
  list.source = source;
  return list;
}
