import { api } from "../core/api.js";
import { h } from "../core/dom.js";
import { words } from "../core/format.js";
import { luaText } from "../parts/code.js";
import { fieldForm } from "../parts/field-form.js";
import { listsOf, settingProblem, settingsOf, withSettings } from "./ready-made.js";

/** Creates a draft from a ready-made rule: its name, its settings in plain words, and its Lua to read. */
export function beginForm(rule, source) {
  const settings = settingsOf(source);
  const lists = listsOf(source);
  const form = fieldForm({
    label: "Create the rule",
    fields: [
      { name: "name", label: "Name", required: true, value: rule.name, hint: "Lower-case letters, digits and hyphens; it names the rule in the log." },
      ...settings.map(field),
    ],
    submit: async ({ name, ...values }) => {
      const wrong = settings.map(setting => [setting.name, settingProblem(setting, values[setting.name] ?? "")]).filter(([, problem]) => problem);
      if (wrong.length) throw { message: "Some settings don't fit.", details: Object.fromEntries(wrong) };
      await create({ name, kind: rule.kind ?? "rule", source: withSettings(source, values) });
    },
  });
  return h(
    "div",
    { class: "begin" },
    form,
    lists.length > 0 && h("p", { class: "hint" }, "Set these in the Lua itself, once the rule exists: ", lists.map(({ name, comment }) => h("span", { class: "setting" }, h("code", {}, name), comment && ` (${comment})`, " "))),
    h("section", { "aria-label": "The rule in Lua" }, h("h3", {}, "The rule in Lua"), luaText(source)),
  );
}

function field(setting) {
  const shared = { name: setting.name, label: words(setting.name), required: true, hint: sentence(setting.comment) };
  if (/^(true|false)$/.test(setting.value)) return { ...shared, options: [["true", "Yes"], ["false", "No"]], value: setting.value };
  return { ...shared, value: setting.value.replace(/^"|"$/g, "") };
}

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);

async function create(body) {
  const script = await api.post("/admin/scripts", body);
  location.hash = `/rules/${script.id}`;
}
