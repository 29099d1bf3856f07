import { api } from "../core/api.js";

const loaded = new Map();

/** What the server declares; loaded once. */
function once(path) {
  if (!loaded.has(path)) {
    const asked = api.get(path);
    loaded.set(path, asked);
    asked.catch(() => loaded.delete(path));
  }
  return loaded.get(path);
}

/** Everything that rules can react to and do. */
export const loadCatalogue = () => once("/admin/scripts/events");

/** Everything that a console script can read and do. */
export const loadConsoleCatalogue = () => once("/admin/console/catalogue");

window.addEventListener("session-ended", () => loaded.clear());
window.addEventListener("signed-in", () => loaded.clear());

/** The event or proposal with a name. */
export function hookPoint(catalogue, name) {
  return [...catalogue.events, ...catalogue.proposals].find(point => point.name === name);
}

/** The fields of a schema as `path: type`, in the order of their names. */
export function fieldsOf(schema, prefix = "") {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix ? `${prefix}.${name}` : name;
    const inner = field.properties ? fieldsOf(field, path) : field.items?.properties ? fieldsOf(field.items, `${path}[]`) : [];
    return [{ path, type: typeOf(field), isRequired: schema.required?.includes(name) ?? false }, ...inner];
  });
}

export function typeOf(schema) {
  if (schema.enum) return schema.enum.filter(value => value !== null).map(value => `"${value}"`).join(" or ");
  const types = [schema.type ?? "anything"].flat();
  const words = types.filter(type => type !== "null").map(type => (type === "array" ? `list of ${typeOf(schema.items ?? {})}` : type === "object" ? "table" : type));
  return words.join(" or ") + (types.includes("null") ? " or nil" : "");
}

/** What can be given to a command: an entity brings its own `id`, and versions are for people. */
export function argumentsOf(command) {
  const given = command.entity ? ["id", "ifMatch"] : ["ifMatch"];
  return fieldsOf(command.arguments).filter(field => !given.includes(field.path) && !field.path.includes("."));
}

/** How to write a command, as the start of a line. */
export function usage(command) {
  const positional = command.parameters.map(name => `"${name}"`);
  const named = argumentsOf(command).filter(field => field.isRequired && !command.parameters.includes(field.path)).map(field => `${field.path} = …`);
  const table = named.length ? `{ ${named.join(", ")} }` : "";
  const list = [...positional, table].filter(Boolean).join(", ");
  return positional.length === 0 && table ? `${command.name} ${table}` : `${command.name}(${list})`;
}
