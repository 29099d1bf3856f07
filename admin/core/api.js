// The API as the console calls it: the session is in a cookie that no script can read, so nothing here knows a token.

/** A refusal, in the API's words; `details` has what is wrong by field. */
export class Refusal extends Error {
  constructor(status, error, requestId) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.details = error.details ?? {};
    this.requestId = requestId;
  }
}

export const api = {
  get: (path, query) => send("GET", `/api/v1${path}${queryText(query)}`),
  post: (path, body = {}, version) => send("POST", `/api/v1${path}`, { body, version, once: true }),
  patch: (path, body) => send("PATCH", `/api/v1${path}`, { body, once: true }),
  put: (path, body, version) => send("PUT", `/api/v1${path}`, { body, version }),
  signIn: credentials => send("POST", "/admin/session", { body: credentials, isSession: true }),
  signOut: () => send("DELETE", "/admin/session", { isSession: true }),
};

async function send(method, address, { body, version, once = false, isSession = false } = {}) {
  const headers = { "X-Tenure-Console": "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (once) headers["Idempotency-Key"] = randomKey();
  const response = await reach(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer.data;
  const refusal = new Refusal(
    response.status,
    answer?.error ?? { code: "UNREADABLE", message: `The server answered with status ${response.status} and no reason.` },
    answer?.meta?.requestId,
  );
  if (response.status === 401 && !isSession) window.dispatchEvent(new CustomEvent("session-ended"));
  throw refusal;
}

async function reach(address, options) {
  try {
    return await fetch(address, { ...options, credentials: "same-origin", cache: "no-store" });
  } catch {
    throw new Refusal(0, { code: "UNREACHABLE", message: "The server can't be reached. Check the connection and try again." });
  }
}

function queryText(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

// crypto.randomUUID is missing where the page came over plain HTTP from another machine.
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}
