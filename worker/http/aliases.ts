import { camel, camelKeys } from "../lib/camel";
import { MAX_JSON_BYTES, readUpTo } from "./read-body";

/**
 * The paths of document 004 and of older callers, each with the path that serves it. A longer one wins
 * over a shorter one; what follows an alias stays.
 */
const ALIASES: readonly (readonly [alias: string, path: string])[] = [
  ["/api/v1/v2", "/api"],
  ["/api/v1", "/api"],
  ["/api/register", "/api/auth/register"],
  ["/api/login", "/api/auth/login"],
  ["/api/profile", "/api/auth/me"],
  ["/api/password-reset", "/api/auth/password-reset"],
  ["/api/templates", "/api/email/templates"],
  ["/api/send", "/api/email/send"],
  ["/api/analytics", "/api/email/analytics"],
  ["/api/queue/status", "/api/email/queue/status"],
  ["/api/preferences", "/api/notifications/preferences"],
];

/** These at the root are whole paths: what follows them belongs to others. */
const ROOT: Readonly<Record<string, string>> = {
  "/health": "/api/health",
  "/status": "/api/status",
  "/metrics": "/api/metrics",
};

/** Fields whose own names are the caller's, like the keys of a form: they stay as they are. */
const AS_THEY_ARE = new Set(["formAnswers", "context", "mapping"]);

/** A JSON body with camelCase names; anything else as it is, for the route to say what is wrong with it. */
function camelBody(bytes: Uint8Array<ArrayBuffer>): string | Uint8Array<ArrayBuffer> {
  if (bytes.byteLength > MAX_JSON_BYTES) return bytes;
  try {
    return JSON.stringify(
      camelKeys(
        JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes)),
        AS_THEY_ARE,
      ),
    );
  } catch {
    return bytes;
  }
}

/** Bodies that somebody signed: their bytes are what counts. */
const SIGNED = "/api/hooks/";

/** The path that serves `pathname`, and whether it came by an alias. A trailing slash never matters. */
export function canonicalPath(pathname: string): { path: string; alias: boolean } {
  let path = pathname.length > 1 ? pathname.replace(/\/+$/, "") || "/" : pathname;
  const root = ROOT[path];
  if (root !== undefined) return { path: root, alias: true };
  let alias = false;
  // At most two steps: `/api/v1/login` is `/api/login` is `/api/auth/login`.
  for (let step = 0; step < 2; step++) {
    const match = ALIASES.find(([from]) => path === from || path.startsWith(`${from}/`));
    if (!match) break;
    path = match[1] + path.slice(match[0].length);
    alias = true;
  }
  return { path, alias };
}

/** The request as its route expects it; bodies of alias paths may use snake_case names. */
export async function canonical(request: Request): Promise<Request> {
  const url = new URL(request.url);
  const { path, alias } = canonicalPath(url.pathname);
  if (path === url.pathname) return request;
  url.pathname = path;
  if (!alias) return new Request(url, request);
  for (const [name, value] of [...url.searchParams]) {
    if (camel(name) === name) continue;
    url.searchParams.delete(name);
    url.searchParams.set(camel(name), value);
  }
  const json = request.headers.get("content-type")?.toLowerCase().startsWith("application/json");
  const length = Number(request.headers.get("content-length") ?? 0);
  const asItIs = path.startsWith(SIGNED) || request.body === null || length > MAX_JSON_BYTES;
  if (!json || asItIs) return new Request(url, request);
  const bytes = await readUpTo(request.body, MAX_JSON_BYTES);
  return new Request(url, { method: request.method, headers: request.headers, body: camelBody(bytes) });
}

/** Every alias, for the documents. */
export function aliases(): readonly (readonly [string, string])[] {
  return [...ALIASES, ...Object.entries(ROOT)];
}
