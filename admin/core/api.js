import { whereabouts } from "./entered.js";

// The API as the console calls it: the session is in a cookie that no script can read, so nothing here knows a token.

/** A refusal with the API's message; `details` has what is wrong by field. */
export class Refusal extends Error {
  constructor(status, error, requestId) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.details = error.details ?? {};
    this.requestId = requestId;
  }
}

/** An API address with each part encoded, because parts from the page's own address are untrusted. */
export function path(texts, ...parts) {
  return texts.reduce((whole, text, index) => whole + segment(parts[index - 1]) + text);
}

function segment(part) {
  const text = String(part);
  // Two segments that an address swallows even when they are encoded (WHATWG URL, double-dot path segment).
  if ([".", "..", ""].includes(text)) throw new Refusal(404, { code: "NOT_FOUND", message: "Not found." });
  return encodeURIComponent(text);
}

export const api = {
  get: (address, query) => call("GET", address + queryText(query)),
  post: (address, body = {}, version) => call("POST", address, { body, version, once: true }),
  /** Files and texts; the key is sent along, so that a repeated call has one effect. */
  upload: async (address, values) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) body.append(name, value);
    const response = await reach(`/api/v1${address}`, { method: "POST", headers: { ...headers(address), "Idempotency-Key": randomKey() }, body });
    return (await response.json()).data;
  },
  patch: (address, body, version) => call("PATCH", address, { body, version, once: true }),
  put: (address, body = {}, version) => call("PUT", address, { body, version }),
  delete: (address, body) => call("DELETE", address, { body }),
  /** A file, as a Blob: a link alone would come without the console's header. */
  file: async address => (await reach(`/api/v1${address}`, { headers: headers(address) })).blob(),
  signIn: credentials => send("POST", "/admin/session", { body: credentials, isSession: true }),
  signOut: () => send("DELETE", "/admin/session", { isSession: true }),
};

function call(method, address, options = {}) {
  return send(method, `/api/v1${address}`, { ...options, headers: whereabouts(address) });
}

function headers(address) {
  return { "X-Tenure-Console": "1", ...whereabouts(address) };
}

async function send(method, address, { body, version, once = false, isSession = false, headers: own } = {}) {
  const headers = { "X-Tenure-Console": "1", ...own };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (once) headers["Idempotency-Key"] = randomKey();
  const response = await reach(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }, isSession);
  if (response.status === 204) return null;
  return (await response.json()).data;
}

/** The answer's data; throws a Refusal otherwise. */
async function reach(address, options, isSession) {
  const response = await fetch(address, { ...options, credentials: "same-origin", cache: "no-store" }).catch(() => {
    throw new Refusal(0, { code: "UNREACHABLE", message: "The server can't be reached. Check the connection and try again." });
  });
  if (response.ok) return response;
  const answer = await response.json().catch(() => null);
  if (response.status === 401 && !isSession) window.dispatchEvent(new CustomEvent("session-ended"));
  const unreadable = { code: "UNREADABLE", message: `The server answered with status ${response.status} and no reason.` };
  throw new Refusal(response.status, answer?.error ?? unreadable, answer?.meta?.requestId);
}

function queryText(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

// crypto.randomUUID is missing if the page was loaded over plain HTTP from another machine.
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}
