import { argumentsOf, hookPoint, typeOf } from "./catalogue.js";

const keywords = ["and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"];

// What the rule runner offers in addition to the catalog.
const libraries = {
  string: ["byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper"],
  table: ["concat", "insert", "move", "pack", "remove", "sort", "unpack"],
  math: ["abs", "ceil", "floor", "fmod", "huge", "max", "min", "pi", "sqrt", "tointeger", "type"],
  utf8: ["len", "offset"],
  time: ["now", "date", "format", "parse"],
  store: ["get", "set", "delete", "list"],
};
const basics = ["assert", "error", "ipairs", "log", "next", "pairs", "pcall", "print", "random", "select", "tonumber", "tostring", "type"];
const hooks = [["on", "after something happened"], ["before", "before a change: may refuse it"], ["every", "on a schedule"], ["reject", "refuse the change"], ["require", "use a library"], ["onError", "\"block\" or \"allow\""]];

/** Completions for the end of `text`: how much of it is already written, and the choices, each with an explanation. */
export function complete(text, catalogue) {
  return eventNames(text, catalogue) ?? methods(text, catalogue) ?? members(text, catalogue) ?? named(text, catalogue) ?? words(text, catalogue);
}

function choices(written, list) {
  const fitting = list.filter(choice => choice.text.startsWith(written) && choice.text !== written);
  return { written, choices: fitting.sort((a, b) => a.text.localeCompare(b.text)) };
}

function eventNames(text, catalogue) {
  const found = /\b(on|before|every)\s*\(\s*["']([\w.]*)$/.exec(text);
  if (!found) return undefined;
  const intervals = ["15m", "1h", "6h", "1d", "1w"].map(name => ({ name, summary: "interval" }));
  const points = { on: catalogue.events, before: catalogue.proposals, every: intervals }[found[1]];
  return choices(found[2], points.map(point => ({ text: point.name, note: point.summary })));
}

/** `application:` and what an application can do. */
function methods(text, catalogue) {
  const found = /([\w.[\]]+):(\w*)$/.exec(text);
  if (!found) return undefined;
  const owner = resolve(found[1], text).at(-1);
  const commands = catalogue.operations.filter(operation => operation.entity);
  const own = commands.filter(operation => operation.entity === owner);
  return choices(found[2], (own.length ? own : commands).map(operation => ({ text: operation.function, note: operation.summary })));
}

/** `event.application.` and its fields; `store.` and its functions. */
function members(text, catalogue) {
  const found = /([A-Za-z_]\w*(?:\[[^\]]*\]|\.\w+)*)\.(\w*)$/.exec(text);
  if (!found || /["'][^"'\n]*$/.test(lastLine(text).replace(/(["'])(?:(?!\1).)*\1/g, ""))) return undefined;
  if (libraries[found[1]]) return choices(found[2], libraries[found[1]].map(name => ({ text: name, note: found[1] })));
  const handler = enclosing(text);
  const [first, ...path] = resolve(found[1], text);
  if (!handler || first !== handler.variable) return choices(found[2], []);
  const schema = path.reduce(step, hookPoint(catalogue, handler.event)?.schema);
  return choices(found[2], Object.entries(schema?.properties ?? {}).map(([name, field]) => ({ text: name, note: typeOf(field) })));
}

const step = (schema, name) => (name === "[]" ? schema?.items : schema?.properties?.[name]);

/** Inside `{ }` of a command: its named parameters. */
function named(text, catalogue) {
  const schedule = /\bevery\s*\(\s*["']\w+["']\s*,\s*\{[^{}]*?(?:^|[\s,{])(\w*)$/.exec(text.slice(-200));
  if (schedule) return choices(schedule[1], [["at", 'time of day, "07:30"'], ["on", '"weekdays" or a day, "monday"']].map(([name, note]) => ({ text: name, note, insert: `${name} = "` })));
  const found = /(?:^|[\s;(])(?:[\w.[\]]+:)?(\w+)\s*\(?[^(){}\n]*\{[^{}]*?(?:^|[\s,{])(\w*)$/.exec(text.slice(-600));
  const commands = found ? catalogue.operations.filter(operation => operation.function === found[1]) : [];
  if (commands.length === 0 || /=\s*\w*$/.test(text)) return undefined;
  return choices(found[2], commands.flatMap(argumentsOf).map(field => ({ text: field.path, note: field.type, insert: `${field.path} = ` })));
}

function words(text, catalogue) {
  const written = /[A-Za-z_]\w*$/.exec(text)?.[0] ?? "";
  const commands = catalogue.operations.filter(operation => !operation.entity || operation.kind === "read");
  const own = [...new Set([...text.matchAll(/\blocal\s+(\w+)|function\s*\(\s*(\w+)/g)].map(match => match[1] ?? match[2]))];
  // A console script has no handlers; it has functions of its own.
  const beginnings = catalogue.functions ? catalogue.functions.map(({ name, summary }) => [name, summary]) : hooks;
  const list = [
    ...beginnings.map(([name, note]) => ({ text: name, note })),
    ...commands.filter(operation => !operation.name.includes(":")).map(operation => ({ text: operation.name, note: operation.summary })),
    ...Object.keys(libraries).map(name => ({ text: name, note: "library" })),
    ...basics.map(name => ({ text: name, note: "function" })),
    ...keywords.map(name => ({ text: name, note: "" })),
    ...own.filter(name => name && name !== written).map(name => ({ text: name, note: "of this script" })),
  ];
  return choices(written, list);
}

/** The handler that the cursor is in: the last that begins above it. */
function enclosing(text) {
  const handlers = [...text.matchAll(/\b(?:on|before)\s*\(\s*["']([\w.]+)["']\s*,\s*function\s*\(\s*(\w+)/g)];
  const last = handlers.at(-1);
  return last && { event: last[1], variable: last[2] };
}

/** `app.candidate` is `event.application.candidate` if `local app = event.application` comes before it. */
function resolve(expression, text) {
  const parts = expression.replace(/\[[^\]]*\]/g, ".[]").split(".");
  for (let turns = 0; turns < 5; turns++) {
    const alias = [...text.matchAll(new RegExp(`\\blocal\\s+${parts[0]}\\s*=\\s*([A-Za-z_][\\w.]*)`, "g"))].at(-1);
    if (!alias || alias[1] === parts[0]) break;
    parts.splice(0, 1, ...alias[1].split("."));
  }
  return parts;
}

const lastLine = text => text.slice(text.lastIndexOf("\n") + 1);
