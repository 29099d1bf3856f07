const moments = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const minutes = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit" });
const numbers = new Intl.NumberFormat();

export const number = value => numbers.format(value);

export function moment(text) {
  return text ? moments.format(new Date(text)) : "never";
}

/** Leaves out the current year. */
export const short = text => ofThisYear(text, minutes);
export const exact = text => ofThisYear(text, seconds);

function ofThisYear(text, format) {
  const date = new Date(text);
  return (date.getFullYear() === new Date().getFullYear() ? format : moments).format(date);
}

export function duration(microseconds) {
  return microseconds < 1000 ? `${microseconds} µs` : `${(microseconds / 1000).toFixed(1)} ms`;
}

/** The runner counts in steps of a hundred. */
export function instructions(count) {
  return count < 100 ? "fewer than 100" : number(count);
}

export function bytes(count) {
  if (count < 1024) return `${count} B`;
  return count < 1024 * 1024 ? `${(count / 1024).toFixed(1)} kB` : `${(count / 1024 / 1024).toFixed(1)} MB`;
}

/** "tenantAdmin" as words. */
export function words(name) {
  const text = name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[._]/g, " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function fullName(person) {
  const nameless = person.roles?.includes("candidate") ? "Candidate" : person.email;
  return [person.firstName, person.lastName].filter(Boolean).join(" ") || nameless;
}

/** JSON for people to read and edit. */
export const pretty = value => JSON.stringify(value, null, 2);
