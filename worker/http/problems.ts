import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { DomainError, type ErrorCode } from "../lib/errors";
import { log, reasonOf } from "../lib/log";
import type { HttpEnv } from "./types";

const KINDS: Record<ErrorCode, { status: ContentfulStatusCode; title: string }> = {
  malformed: { status: 400, title: "The request can't be read" },
  unauthenticated: { status: 401, title: "Log in first" },
  denied: { status: 403, title: "Your role may not do this" },
  "must-change-password": { status: 403, title: "Choose a new password first" },
  "not-found": { status: 404, title: "Not found" },
  conflict: { status: 409, title: "This clashes with the current state" },
  outdated: { status: 412, title: "This was changed meanwhile" },
  "too-large": { status: 413, title: "Too large" },
  "beyond-the-end": { status: 416, title: "The range is beyond the end" },
  "unsupported-type": { status: 415, title: "This type is not taken" },
  invalid: { status: 422, title: "Something in the request needs mending" },
  "rate-limited": { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "Part of the service is out of reach" },
};

const INTERNAL = {
  type: "internal",
  title: "Something went wrong on our side",
  status: 500,
  detail: "Nothing was changed. Try again; if it happens again, tell us the request id.",
};

/** RFC 9457 problem details of any error. What is not ours to show goes to the log and nowhere else. */
export function problem(c: Context<HttpEnv>, error: unknown): Response {
  const requestId = c.get("requestId");
  if (error instanceof HTTPException)
    return problem(c, new DomainError("malformed", "The request can't be read."));
  if (!(error instanceof DomainError)) {
    log("error", "request.failed", { requestId, path: new URL(c.req.url).pathname, reason: reasonOf(error) });
    return send(c, { ...INTERNAL, requestId }, 500);
  }
  const { status, title } = KINDS[error.code];
  const { errors, current, retryAfterSeconds, more } = error.extra;
  return send(
    c,
    {
      type: error.code,
      title,
      status,
      detail: error.message,
      requestId,
      ...(errors ? { errors } : {}),
      ...(current === undefined ? {} : { current }),
      ...more,
    },
    status,
    retryAfterSeconds,
  );
}

function send(
  c: Context<HttpEnv>,
  body: Record<string, unknown>,
  status: ContentfulStatusCode,
  retryAfter?: number,
): Response {
  if (retryAfter !== undefined) c.header("retry-after", String(Math.max(1, Math.ceil(retryAfter))));
  if (status === 401) c.header("www-authenticate", "Bearer");
  // Through the context, so that a session that is over takes its cookies along.
  return c.body(JSON.stringify(body), status, { "content-type": "application/problem+json" });
}
