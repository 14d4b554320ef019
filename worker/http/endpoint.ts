import type { Context, MiddlewareHandler } from "hono";
import type { ZodType } from "zod";
import type { Ctx } from "../events/context";
import type { Scope } from "../features/api-keys/words";
import type { KnownSession } from "../features/sessions/sessions";
import type { Permission } from "../features/users/permissions";
import { DomainError } from "../lib/errors";
import { authenticate, authenticateKey, authorize, ctxOf, isKeyed } from "./authenticate";
import type { HttpEnv } from "./types";

/** What a route says of itself: its documents, its access rule and the shared tests all come from here. */
export interface Endpoint {
  summary: string;
  tag: string;
  /** `public`, any `session`, or the permission that the caller's role must have. */
  who: "public" | "session" | Permission;
  /** The scope that lets an API key in; without one no key may use the route. */
  scope?: Scope;
  /** The success answers: a schema, or null for one without a JSON body. */
  answers: Partial<Record<200 | 201 | 202 | 204 | 206 | 101, ZodType | null>>;
  /** True for the few routes that still work while a password must be changed. */
  evenWithOldPassword?: boolean;
  /** Errors besides those that every route may answer. */
  errors?: (400 | 404 | 409 | 412 | 413 | 415 | 416 | 422 | 429)[];
  /** True for the few POSTs that ignore an Idempotency-Key: their answer is a secret of the moment. */
  unkeyed?: boolean;
  /** Takes a file: the body is multipart or the raw file. A list names the other fields of the form. */
  files?: boolean | readonly string[];
  /** Takes a form as well as JSON: the names of its fields, and of those that hold files. */
  form?: { fields: readonly string[]; files: readonly string[] };
  /** Opens a socket, which may come with a ticket: the route checks its caller by `authenticateSocket`. */
  socket?: boolean;
}

const DESCRIPTIONS = new WeakMap<object, Endpoint>();
const SCHEMAS = new WeakMap<object, { target: "json" | "query"; schema: ZodType }>();

/** What a handler declares, for the OpenAPI document and the shared tests. */
export function describedBy(handler: object): Endpoint | undefined {
  return DESCRIPTIONS.get(handler);
}
export function validatedBy(handler: object) {
  return SCHEMAS.get(handler);
}
export function noteSchema(handler: object, target: "json" | "query", schema: ZodType): void {
  SCHEMAS.set(handler, { target, schema });
}

/** Stands first in a route: says what it is and lets in only who may use it. */
export function endpoint(description: Endpoint): MiddlewareHandler<HttpEnv> {
  const handler: MiddlewareHandler<HttpEnv> = async (c, next) => {
    if (description.who === "public" || description.socket) {
      await next();
      return;
    }
    if (isKeyed(c)) {
      await authenticateKey(c, description.scope);
      await next();
      return;
    }
    const session = await authenticate(c);
    if (!session) throw new DomainError("unauthenticated", "Log in, or send a bearer token.");
    authorize(session, description.who, description.evenWithOldPassword ?? false);
    c.set("session", session);
    c.set("ctx", ctxOf(c, session));
    await next();
  };
  DESCRIPTIONS.set(handler, description);
  return handler;
}

/** The verb's context of an authenticated route. */
export function ctxFor(c: Context<HttpEnv>): Ctx {
  const ctx = c.get("ctx");
  if (!ctx) throw new Error("This route is public: it has no caller.");
  return ctx;
}

/** The session of an authenticated route. */
export function sessionFor(c: Context<HttpEnv>): KnownSession {
  const session = c.get("session");
  if (!session) throw new Error("This route is public: it has no caller.");
  return session;
}
