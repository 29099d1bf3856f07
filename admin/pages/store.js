import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { pretty } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { confirm } from "../parts/confirm.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";
import { time } from "../parts/time.js";

/** The tenant's key-value store. */
class StorePage extends Page {
  show() {
    const create = () => h("button", { type: "button", class: "primary", onclick: () => this.write() }, "New value");
    this.list = dataList({
      what: "values",
      path: "/admin/store",
      reads: "cursor",
      filters: [{ name: "prefix", label: "Key begins with", placeholder: "cool-down/" }],
      columns: [
        { title: "Key", cell: entry => h("code", {}, entry.key) },
        { title: "Value", class: "long", cell: entry => value(entry) },
        { title: "Changed", cell: entry => time(entry.updatedAt) },
        { title: "Change", class: "action", cell: entry => this.buttons(entry) },
      ],
      empty: {
        title: "Nothing stored yet",
        text: "Rules store values with store.set(key, value). You can add values here for rules to read.",
        action: create(),
      },
    });
    fill(this, this.heading("Memory", { lead: "What this tenant's rules remember between runs: store.get and store.set in Lua.", actions: [create()] }), this.list);
  }

  buttons(entry) {
    return h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", "aria-label": `Change ${entry.key}`, onclick: () => this.write(entry) }, "Change"),
      h("button", { type: "button", "aria-label": `Delete ${entry.key}`, onclick: () => this.remove(entry) }, "Delete"),
    );
  }

  write(entry) {
    const key = { name: "key", label: "Key", required: true, placeholder: "limits/days" };
    const hint = 'As JSON: 30, "text", true, ["a", "b"], {"junior": 70000}';
    const fields = [{ name: "value", label: "Value", type: "textarea", required: true, value: entry && pretty(entry.value), hint }];
    confirm({
      title: entry ? `Change ${entry.key}` : "New value",
      label: "Save",
      fields: entry ? fields : [key, ...fields],
      act: async values => {
        await api.put("/admin/store", { key: entry?.key ?? values.key, value: parsed(values.value) });
        announce("Saved.");
        this.list.load();
      },
    });
  }

  remove(entry) {
    confirm({
      title: `Delete ${entry.key}?`,
      text: "Rules that read it will get nil.",
      label: "Delete",
      danger: true,
      act: async () => {
        await api.delete("/admin/store", { key: entry.key });
        announce("Deleted.");
        this.list.load();
      },
    });
  }
}

function value({ value }) {
  const text = JSON.stringify(value);
  return text.length <= 80 ? h("code", {}, text) : h("details", {}, h("summary", {}, h("code", {}, `${text.slice(0, 60)}…`)), h("pre", { tabindex: "0" }, pretty(value)));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw { message: "The value is not valid JSON.", details: { value: 'Text needs quotes: "like this".' } };
  }
}

customElements.define("store-page", StorePage);
