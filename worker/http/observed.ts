import type { MiddlewareHandler } from "hono";
import { newMeter } from "../db/meter";
import { isLocal } from "../env";
import { log } from "../lib/log";
import type { HttpEnv } from "./types";

/** Headers of every answer that doesn't say otherwise. */
const HEADERS: readonly (readonly [string, string])[] = [
  ["cache-control", "private, no-store"],
  ["x-content-type-options", "nosniff"],
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cross-origin-resource-policy", "same-origin"],
  ["strict-transport-security", "max-age=31536000"],
];

/** Stands before every route: names the request, counts what it costs, logs it, and closes its answer. */
export const observed: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const started = Date.now();
  const ray = c.req.header("cf-ray");
  const requestId = ray !== undefined && /^[\w-]{1,64}$/.test(ray) ? ray : crypto.randomUUID();
  c.set("requestId", requestId);
  c.set("meter", newMeter());
  await next();
  const { roundTrips, rowsRead, rowsWritten } = c.get("meter");
  // An upgrade's headers can't be changed.
  if (c.res.status !== 101) {
    for (const [name, value] of HEADERS) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    c.res.headers.set("x-request-id", requestId);
    if (isLocal(c.env)) {
      c.res.headers.set(
        "server-timing",
        `d1;desc="trips=${roundTrips} read=${rowsRead} written=${rowsWritten}"`,
      );
    }
  }
  log("info", "request", {
    requestId,
    method: c.req.method,
    path: shownPath(c.req.path),
    status: c.res.status,
    ms: Date.now() - started,
    trips: roundTrips,
  });
};

/** The path as logs may hold it: a personal link's secret is a credential. */
function shownPath(path: string): string {
  return path.replace(/^\/status\/[^/]+/, "/status/…").replace(/(\/drafts)\/[^/]+/, "$1/…");
}
