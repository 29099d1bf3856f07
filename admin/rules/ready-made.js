// The ready-made rules, as files of the console: their purpose, their Lua, and the settings at the top.

let loaded;

/** [{ name, title, summary, hooks, settings }]; none if the folder is missing. */
export function loadReadyMade() {
  loaded ??= fetch("/admin/ready-made/index.json", { cache: "no-cache" }).then(answer => (answer.ok ? answer.json() : []));
  return loaded;
}

export async function readyMadeSource(name) {
  const answer = await fetch(`/admin/ready-made/${encodeURIComponent(name)}/rule.lua`, { cache: "no-cache" });
  if (!answer.ok) throw new Error("The rule's source can't be read.");
  return answer.text();
}

const setting = /^local ([A-Z][A-Z0-9_]*) = (-?[\d.]+|"[^"\\]*"|true|false)[ \t]*(?:--[ \t]*(.*))?$/;

/** The lines `local NAME = value` before the first handler, each with the comment after or above it. */
export function settingsOf(source) {
  const found = [];
  const lines = source.split("\n");
  for (const [index, line] of lines.entries()) {
    if (/^(on|before|every)\b/.test(line)) break;
    const [, name, value, beside] = setting.exec(line) ?? [];
    if (name) found.push({ name, value, line: index, comment: beside ?? commentAbove(lines, index) });
  }
  return found;
}

/** Settings that are lists, which people change in the Lua. */
export function listsOf(source) {
  return [...source.matchAll(/^local ([A-Z][A-Z0-9_]*) = \{[^\n]*?(?:--[ \t]*(.*))?$/gm)].map(([, name, comment]) => ({ name, comment }));
}

function commentAbove(lines, index) {
  const words = [];
  for (let above = index - 1; /^--/.test(lines[above] ?? ""); above--) words.unshift(lines[above].replace(/^--+\s*/, ""));
  return words.join(" ");
}

/** The source with other values; `values` are by name, as people write them. */
export function withSettings(source, values) {
  const lines = source.split("\n");
  for (const { name, value, line } of settingsOf(source)) {
    if (values[name] === undefined) continue;
    const written = value.startsWith('"') ? `"${values[name].replace(/["\\\n]/g, "")}"` : values[name];
    lines[line] = lines[line].replace(value, () => written);
  }
  return lines.join("\n");
}

/** What is wrong with a value, if anything. */
export function settingProblem({ value }, written) {
  if (/^-?[\d.]+$/.test(value) && !/^-?\d+(\.\d+)?$/.test(written)) return "Must be a number.";
  return "";
}
