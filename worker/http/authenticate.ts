import type { Context } from "hono";
import { database } from "../db/database";
import type { Ctx } from "../events/context";
import { checkKey } from "../features/api-keys/authenticate";
import type { Scope } from "../features/api-keys/words";
import { checkSession, type KnownSession } from "../features/sessions/sessions";
import { readAccessToken } from "../features/sessions/tokens";
import { can, type Permission } from "../features/users/permissions";
import { clock } from "../lib/clock";
import { DomainError } from "../lib/errors";
import { accessCookie, isSameOrigin } from "./cookies";
import type { HttpEnv } from "./types";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

const logIn = () => new DomainError("unauthenticated", "Log in, or send a bearer token that is still good.");

/**
 * Who calls, from the bearer token or the session cookie; null without credentials.
 * @throws DomainError `unauthenticated` for credentials that are not good, `denied` for a cookie that
 * another site sent along
 */
export async function authenticate(c: Context<HttpEnv>): Promise<KnownSession | null> {
  const header = c.req.header("authorization");
  const bearer = header === undefined ? undefined : /^Bearer ([\w.~+/=-]+)$/i.exec(header)?.[1];
  if (header !== undefined && bearer === undefined) throw logIn();
  const token = bearer ?? accessCookie(c);
  if (token === undefined) return null;
  const byCookie = bearer === undefined;
  if (byCookie && !SAFE.has(c.req.method) && !isSameOrigin(c)) {
    throw new DomainError("denied", "This request came from another site, so its cookies don't count.");
  }
  const claims = await readAccessToken(c.env, token, clock.now());
  if (!claims) throw logIn();
  const session = await checkSession(database(c.env, claims.orgId, c.get("meter")), claims);
  if (!session) throw logIn();
  c.set("byCookie", byCookie);
  return session;
}

/** True for a request that comes with an API key. */
export function isKeyed(c: Context<HttpEnv>): boolean {
  return /^Bearer pk_/i.test(c.req.header("authorization") ?? "");
}

/**
 * Lets in a request with an API key, as the actor of its context.
 * @throws DomainError `unauthenticated` for a key that is not good, `denied` for one that isn't for this route
 */
export async function authenticateKey(c: Context<HttpEnv>, scope: Scope | undefined): Promise<void> {
  const token = /^Bearer (pk_[\w-]{1,200})$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const address = c.req.header("cf-connecting-ip") ?? "";
  const after = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const key = token === undefined ? null : await checkKey(c.env, token, address, c.get("meter"), after);
  if (!key)
    throw new DomainError("unauthenticated", "This API key is not good: it is unknown, expired or revoked.");
  if (scope === undefined) throw new DomainError("denied", "No API key may use this route. Log in instead.");
  if (!key.scopes.includes(scope))
    throw new DomainError(
      "denied",
      `This API key lacks the scope ${scope}. An admin can make one that has it.`,
    );
  c.set("keyId", key.id);
  c.set("ctx", {
    env: c.env,
    orgId: key.orgId,
    db: database(c.env, key.orgId, c.get("meter")),
    actor: { kind: "api_key", id: key.id },
    requestId: c.get("requestId"),
    now: () => clock.now(),
    after,
  });
}

/** The caller as verbs know them. */
export function ctxOf(c: Context<HttpEnv>, session: KnownSession): Ctx {
  return {
    env: c.env,
    orgId: session.orgId,
    db: database(c.env, session.orgId, c.get("meter")),
    actor: {
      kind: "user",
      id: session.userId,
      role: session.role,
      agentId: session.agentId,
      candidateId: session.candidateId,
      clientId: session.clientId,
    },
    requestId: c.get("requestId"),
    now: () => clock.now(),
    after: (work) => c.executionCtx.waitUntil(work),
  };
}

/** Refuses callers whose role may never do this. @throws DomainError `denied`, `must-change-password` */
export function authorize(
  session: KnownSession,
  permission: Permission | "session",
  evenWithOldPassword: boolean,
): void {
  if (session.mustChangePassword && !evenWithOldPassword) {
    throw new DomainError(
      "must-change-password",
      "Choose a new password before you go on: POST /api/auth/change-password.",
    );
  }
  if (permission !== "session" && !can(session.role, permission)) {
    throw new DomainError(
      "denied",
      `Your role (${session.role}) may not do this. An admin of your organization can.`,
    );
  }
}
