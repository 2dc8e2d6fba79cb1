// The published API, spoken to in one place: who asks, CSRF, idempotency keys, refusals as errors.

const BASE = "/api/v1";

/** What the server refused, in the reader's words. `status` 0: it was not reached at all. */
export class ApiError extends Error {
  constructor({ status, code, message, details = {} }) {
    super(message || code);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** The server was away, or in trouble: the same wish may be sent again with the same key. */
  get mayTryAgain() {
    return this.status === 0 || this.status >= 500;
  }
}

/** One key per wish: made when the button appears, sent again with every retry. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const api = {
  get: (path, options) => ask("GET", path, undefined, options),
  post: (path, body = {}, options) => ask("POST", path, body, options),
  delete: (path, options) => ask("DELETE", path, undefined, options),
};

async function ask(method, path, body, { key, lang, timeoutSeconds = 10, signal } = {}) {
  const headers = headersFor(method, key, lang);
  const stopper = stopsAfter(timeoutSeconds, signal);
  let answer;
  try {
    answer = await fetch(BASE + path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: stopper.signal,
    });
  } catch (error) {
    stopper.isOver();
    if (signal?.aborted) throw error; // the page itself changed its mind
    throw new ApiError({ status: 0, code: "server_away", message: "" });
  }
  try {
    return await readAnswer(answer);
  } finally {
    stopper.isOver();
  }
}

/** Ends a request after so long, or when `outer` does. AbortSignal.timeout and .any are newer than a kiosk's browser. */
function stopsAfter(seconds, outer) {
  const stop = new AbortController();
  const end = () => stop.abort();
  const timer = setTimeout(end, seconds * 1000);
  if (outer?.aborted) end();
  outer?.addEventListener("abort", end);
  return {
    signal: stop.signal,
    isOver() {
      clearTimeout(timer);
      outer?.removeEventListener("abort", end);
    },
  };
}

function headersFor(method, key, lang) {
  const page = document.documentElement;
  const headers = {
    Accept: "application/json",
    "X-Xinting-Language": lang ?? (page.lang.toLowerCase().startsWith("en") ? "en" : "zh"),
  };
  if (page.dataset.device) headers["X-Xinting-Device"] = page.dataset.device;
  if (method === "GET") return headers;
  headers["X-CSRF-Token"] = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  if (method === "POST") {
    headers["Content-Type"] = "application/json";
    headers["Idempotency-Key"] = key ?? newKey();
  }
  return headers;
}

async function readAnswer(answer) {
  if (answer.status === 204) return {};
  let content;
  try {
    content = await answer.json();
  } catch {
    throw new ApiError({ status: answer.ok ? 0 : answer.status, code: "answer_unreadable", message: "" });
  }
  if (answer.ok) return content;
  throw new ApiError({ status: answer.status, code: "refused", ...content });
}
