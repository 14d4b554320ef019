import type { Problem } from "../../worker/http/shapes";

/** The server refused, and says why in its problem details. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number,
    /** Seconds the server asks one to wait, where it says so. */
    readonly retryAfter: number | null,
  ) {
    super(problem.detail || problem.title);
    this.name = "ProblemError";
  }
}

/** No answer came: offline, cut off, or too slow. What was sent may have arrived. */
export class NetworkError extends Error {
  constructor() {
    super("The server can't be reached.");
    this.name = "NetworkError";
  }
}

/** Says in plain words what went wrong and what to do about it. */
export function errorText(error: unknown): string {
  if (error instanceof NetworkError) {
    return navigator.onLine
      ? "Portico can't be reached at the moment. Try again in a few seconds."
      : "You are offline. Try again when the connection is back.";
  }
  if (error instanceof ProblemError) {
    const { status, problem, retryAfter } = error;
    if (status === 429) return `That was too often. Try again ${waitText(retryAfter)}.`;
    if (status === 503) return `This part of Portico is busy right now. Try again ${waitText(retryAfter)}.`;
    if (status >= 500) return `Something broke on our side; nothing of yours is lost. (${problem.requestId})`;
    return problem.detail || problem.title;
  }
  return "Something went wrong in this page. Reload it and try again.";
}

function waitText(seconds: number | null): string {
  if (seconds === null || seconds <= 5) return "in a few seconds";
  if (seconds < 90) return `in ${Math.ceil(seconds)} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface SendOptions {
  signal?: AbortSignal;
  /** The version that the caller has seen; the server refuses (412) when there is a newer one. */
  ifMatch?: number;
  /** The Idempotency-Key of a POST. Absent: a fresh one; false: none. */
  key?: string | false;
}

/** Reads a resource. */
export function get<T>(path: string, query?: Query, options: { signal?: AbortSignal } = {}): Promise<T> {
  return send<T>("GET", withQuery(path, query), undefined, options);
}

/** Posts JSON. Every POST carries an Idempotency-Key, so that repeating it after a lost answer is safe. */
export function post<T = void>(path: string, body?: unknown, options: SendOptions = {}): Promise<T> {
  return send<T>("POST", path, body, { ...options, key: options.key ?? crypto.randomUUID() });
}

/** Changes the fields sent, or puts a file where there was another. */
export function put<T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> {
  return send<T>("PUT", path, body, options);
}

/** Changes the fields sent. */
export function patch<T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> {
  return send<T>("PATCH", path, body, options);
}

/** Deletes a resource. */
export function del(path: string, options: SendOptions = {}): Promise<void> {
  return send<void>("DELETE", path, undefined, options);
}

/** Reads a file's bytes, for a preview from a `blob:` address. */
export async function getBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await answered("GET", path, undefined, { signal });
  return response.blob();
}

/** Adds a query, leaving out what is null, undefined or empty. */
export function withQuery(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function send<T>(method: string, path: string, body: unknown, options: SendOptions): Promise<T> {
  const response = await answered(method, path, body, options);
  if (response.status === 204 || response.headers.get("content-length") === "0") return undefined as T;
  const text = await response.text().catch(() => Promise.reject(new NetworkError()));
  return (text ? JSON.parse(text) : undefined) as T;
}

/** A response with a good status; a session that ran out is renewed once on the way. */
async function answered(
  method: string,
  path: string,
  body: unknown,
  options: SendOptions,
): Promise<Response> {
  let response = await attempt(method, path, body, options);
  if (response.status === 401 && !isPublic(path)) {
    if (await renewSession()) response = await attempt(method, path, body, options);
  }
  if (!response.ok) throw await toProblem(response);
  return response;
}

/** Paths where a 401 is the answer itself, and not a session that ran out. */
const PUBLIC =
  /^\/api\/(auth\/(login|register|refresh|password-reset|verify-email$)|candidate-portal\/|organizations$)/;
function isPublic(path: string): boolean {
  return PUBLIC.test(path.split("?")[0] ?? path);
}

const TIMEOUT_MS = 30_000;

async function attempt(method: string, path: string, body: unknown, options: SendOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const file = body instanceof Blob;
  if (body !== undefined) headers["Content-Type"] = file ? body.type : "application/json";
  if (options.key) headers["Idempotency-Key"] = options.key;
  if (options.ifMatch !== undefined) headers["If-Match"] = `"${options.ifMatch}"`;
  const once = async () => {
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await fetch(path, {
        method,
        headers,
        body: body === undefined ? null : file ? body : JSON.stringify(body),
        credentials: "same-origin",
        signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new NetworkError();
    }
  };
  // Sent again only where a second arrival can do no harm.
  const repeatable = method === "GET" || Boolean(options.key) || options.ifMatch !== undefined;
  try {
    return await once();
  } catch (error) {
    if (!repeatable || !(error instanceof NetworkError) || !navigator.onLine) throw error;
    await new Promise((done) => setTimeout(done, 400 + Math.random() * 400));
    if (options.signal?.aborted) throw error;
    return once();
  }
}

let onEnd: () => void = () => {};

/** Names who is told when the session is over and can't be renewed. */
export function onSessionEnd(handler: () => void): void {
  onEnd = handler;
}

let renewing: Promise<boolean> | null = null;

/** Renews the session's cookies, once for all requests that find it run out. False: it is over. */
export function renewSession(): Promise<boolean> {
  renewing ??= (async () => {
    const response = await attempt("POST", "/api/auth/refresh", {}, {});
    if (response.ok) return true;
    if (response.status >= 500 || response.status === 429) throw await toProblem(response);
    onEnd();
    return false;
  })().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function toProblem(response: Response): Promise<ProblemError> {
  return problemFrom(
    response.status,
    await response.text().catch(() => ""),
    response.headers.get("retry-after"),
    response.headers.get("x-request-id"),
  );
}

function problemFrom(
  status: number,
  text: string,
  after: string | null,
  requestId: string | null,
): ProblemError {
  let found: Partial<Problem> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed && typeof parsed === "object") found = parsed;
  } catch {
    // A proxy's own page and not our problem details; the status alone has to do.
  }
  const problem: Problem = {
    // Some refusals carry more, like what is missing.
    ...found,
    type: found.type ?? "about:blank",
    title: found.title ?? "The server didn't take that.",
    detail: found.detail ?? found.title ?? `The server answered with status ${status}.`,
    requestId: found.requestId ?? requestId ?? "",
    status,
    errors: found.errors,
    current: found.current,
  };
  return new ProblemError(problem, status, retrySeconds(after));
}

function retrySeconds(header: string | null): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

/**
 * Posts a form with files. `onProgress` hears the part sent, 0 to 1; XMLHttpRequest is used because
 * fetch can't tell it.
 */
export async function upload<T>(
  path: string,
  form: FormData,
  onProgress?: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  const key = crypto.randomUUID();
  let answer = await sendForm(path, form, key, onProgress, signal);
  if (answer.status === 401 && (await renewSession())) {
    answer = await sendForm(path, form, key, onProgress, signal);
  }
  if (answer.status < 200 || answer.status > 299) {
    throw problemFrom(
      answer.status,
      answer.responseText,
      answer.getResponseHeader("retry-after"),
      answer.getResponseHeader("x-request-id"),
    );
  }
  return JSON.parse(answer.responseText) as T;
}

function sendForm(
  path: string,
  form: FormData,
  key: string,
  onProgress?: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => resolve(request);
    request.onerror = () => reject(new NetworkError());
    request.onabort = () => reject(new DOMException("The upload was stopped.", "AbortError"));
    request.onloadend = () => signal?.removeEventListener("abort", stop);
    if (signal?.aborted) return reject(new DOMException("The upload was stopped.", "AbortError"));
    signal?.addEventListener("abort", stop);
    request.send(form);
  });
}
