import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { directory, named, type Statement } from "../../db/database";
import type { Env } from "../../env";
import { commit } from "../../events/commit";
import { type Ctx, systemCtx, userOf } from "../../events/context";
import { clock, iso } from "../../lib/clock";
import { DomainError, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { users } from "../users/table";
import type { Role } from "../users/words";
import type { OpenSession, Session } from "./schema";
import { refreshTokens, sessions } from "./table";
import {
  ACCESS_SECONDS,
  firstRefreshToken,
  hashToken,
  SESSION_MS,
  signAccessToken,
  successorOf,
} from "./tokens";

export interface Visitor {
  device: string;
  address: string | null;
}

type UserRow = typeof users.$inferSelect;
type Known = Pick<
  UserRow,
  "id" | "orgId" | "email" | "firstName" | "lastName" | "role" | "mustChangePassword"
>;

/** A user as sessions show them. */
export function presentSessionUser(user: Known): Session["user"] {
  return {
    id: user.id,
    email: user.email,
    name: `${user.firstName} ${user.lastName}`.trim(),
    role: user.role,
    orgId: user.orgId,
    mustChangePassword: user.mustChangePassword,
  };
}

/** A new login: its rows, for the batch that lets somebody in, and what the person is given. */
export async function newSession(
  ctx: Ctx,
  user: Known,
  visitor: Visitor,
): Promise<{ id: string; writes: Statement[]; session: Session }> {
  const at = ctx.now();
  const id = newId("ses", at);
  const refreshToken = firstRefreshToken();
  return {
    id,
    writes: [
      ctx.db.insert(sessions, {
        id,
        userId: user.id,
        device: visitor.device,
        address: visitor.address,
        createdAt: at,
        lastUsedAt: at,
        expiresAt: at + SESSION_MS,
      }),
      ctx.db.insert(refreshTokens, { hash: await hashToken(refreshToken), sessionId: id, createdAt: at }),
    ],
    session: await answer(ctx.env, user, id, refreshToken, at),
  };
}

async function answer(
  env: Env,
  user: Known,
  sessionId: string,
  refreshToken: string,
  at: number,
): Promise<Session> {
  return {
    user: presentSessionUser(user),
    accessToken: await signAccessToken(env, { userId: user.id, orgId: user.orgId, sessionId }, at),
    refreshToken,
    expiresIn: ACCESS_SECONDS,
  };
}

/** How long a spent token still gives its successor: two tabs, or an answer lost on the way. */
const GRACE_MS = 10_000;

const signInAgain = () => new DomainError("unauthenticated", "Your session has ended. Log in again.");

/**
 * Gives the next tokens for a refresh token. A token used again after ten seconds is taken for stolen
 * and ends every token of its family (RFC 9700, 4.14.2).
 *
 * @throws DomainError `unauthenticated`
 */
export async function refreshSession(env: Env, token: string, requestId: string): Promise<Session> {
  const now = clock.now();
  const hash = await hashToken(token);
  const index = directory(env);
  const [found] = await index.read(
    index.orm
      .select(
        named({
          spentAt: refreshTokens.spentAt,
          sessionId: sessions.id,
          revokedAt: sessions.revokedAt,
          expiresAt: sessions.expiresAt,
          id: users.id,
          orgId: users.orgId,
          email: users.email,
          firstName: users.firstName,
          lastName: users.lastName,
          role: users.role,
          agentId: users.agentId,
          candidateId: users.candidateId,
          clientId: users.clientId,
          mustChangePassword: users.mustChangePassword,
          disabledAt: users.disabledAt,
        }),
      )
      .from(refreshTokens)
      .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(refreshTokens.hash, hash)),
  );
  const row = found[0];
  if (!row || row.revokedAt !== null || row.expiresAt < now || row.disabledAt !== null) throw signInAgain();

  const ctx: Ctx = { ...systemCtx(env, row.orgId, () => {}), actor: actorOf(row), requestId };
  if (row.spentAt !== null && now > row.spentAt + GRACE_MS) {
    await endSessions(ctx, [row.sessionId], "SESSION_REUSE_DETECTED", row.id);
    throw signInAgain();
  }
  const successor = await successorOf(env, token);
  if (row.spentAt === null) {
    await ctx.db.write([
      ctx.db.update(
        refreshTokens,
        { spentAt: now },
        and(eq(refreshTokens.hash, hash), isNull(refreshTokens.spentAt)),
      ),
      ctx.db
        .insert(refreshTokens, { hash: await hashToken(successor), sessionId: row.sessionId, createdAt: now })
        .onConflictDoNothing(),
      ctx.db.update(
        sessions,
        { lastUsedAt: now, expiresAt: now + SESSION_MS },
        eq(sessions.id, row.sessionId),
      ),
    ]);
  }
  return await answer(env, row, row.sessionId, successor, now);
}

/** The acting user of a row of `users`. */
export function actorOf(
  user: Pick<UserRow, "id" | "role" | "agentId" | "candidateId" | "clientId">,
): Ctx["actor"] {
  const { id, role, agentId, candidateId, clientId } = user;
  return { kind: "user", id, role, agentId, candidateId, clientId };
}

async function endSessions(
  ctx: Ctx,
  ids: string[],
  action: "SESSION_END" | "USER_LOGOUT" | "SESSION_REUSE_DETECTED",
  userId: string,
): Promise<void> {
  const among = sql`${sessions.id} in (select value from json_each(${JSON.stringify(ids)}))`;
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [ctx.db.update(sessions, { revokedAt: ctx.now() }, and(among, isNull(sessions.revokedAt)))],
    audit: [{ action, entity: { type: "user", id: userId }, metadata: { sessions: ids } }],
    result: null,
  });
  for (const id of ids) remembered.delete(id);
}

/** Ends one login and every token that came from it. */
export async function logout(ctx: Ctx, sessionId: string): Promise<void> {
  await endSessions(ctx, [sessionId], "USER_LOGOUT", userOf(ctx).id);
}

/** The statement that ends a user's sessions, for the batch that has the reason; `except` stays. */
export function endAllSessions(ctx: Ctx, userId: string, except: string | null): Statement {
  for (const [id, known] of remembered) if (known.userId === userId && id !== except) remembered.delete(id);
  return ctx.db.update(
    sessions,
    { revokedAt: ctx.now() },
    and(
      eq(sessions.userId, userId),
      isNull(sessions.revokedAt),
      except ? ne(sessions.id, except) : undefined,
    ),
  );
}

/** The caller's open sessions, the newest login first. */
export async function listSessions(ctx: Ctx, currentId: string): Promise<OpenSession[]> {
  const [rows] = await ctx.db.read(
    ctx.db.rows(sessions, {
      where: and(
        eq(sessions.userId, userOf(ctx).id),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, ctx.now()),
      ),
      orderBy: desc(sessions.id),
      limit: 200,
    }),
  );
  return rows.map((row) => ({
    id: row.id,
    current: row.id === currentId,
    device: row.device,
    address: row.address,
    createdAt: iso(row.createdAt),
    lastUsedAt: iso(row.lastUsedAt),
  }));
}

/** Ends one of the caller's own sessions. @throws DomainError `not-found` */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  const userId = userOf(ctx).id;
  const [rows] = await ctx.db.read(
    ctx.db.select({ id: sessions.id }, sessions, {
      where: and(eq(sessions.id, id), eq(sessions.userId, userId), isNull(sessions.revokedAt)),
    }),
  );
  if (!rows[0]) throw notFound("session");
  await endSessions(ctx, [id], "SESSION_END", userId);
}

/** What the product knows of a session without asking D1 each time. */
export interface KnownSession {
  id: string;
  userId: string;
  orgId: string;
  role: Role;
  agentId: string | null;
  candidateId: string | null;
  clientId: string | null;
  mustChangePassword: boolean;
  name: string;
  until: number;
}

/** Milliseconds that a checked session is believed: after it a disabled user is out. */
const REMEMBER_MS = 5000;
const remembered = new Map<string, KnownSession>();
const MOST_REMEMBERED = 10_000;

/** Drops what is remembered of a user, in this isolate at once and elsewhere within five seconds. */
export function forgetUser(userId: string): void {
  for (const [id, known] of remembered) if (known.userId === userId) remembered.delete(id);
}

/** The session behind a token if it is still good, from memory or in one round trip. */
export async function checkSession(
  db: Ctx["db"],
  claims: { sessionId: string; userId: string },
): Promise<KnownSession | null> {
  const now = clock.now();
  const known = remembered.get(claims.sessionId);
  // A clock that was moved back must not make a memory last.
  const inTime = known && known.until > now && known.until <= now + REMEMBER_MS;
  if (inTime && known.userId === claims.userId && known.orgId === db.orgId) return known;
  const [rows] = await db.read(
    db.select(
      {
        id: sessions.id,
        userId: users.id,
        orgId: users.orgId,
        role: users.role,
        agentId: users.agentId,
        candidateId: users.candidateId,
        clientId: users.clientId,
        mustChangePassword: users.mustChangePassword,
        firstName: users.firstName,
        lastName: users.lastName,
      },
      sessions,
      {
        where: and(
          eq(sessions.id, claims.sessionId),
          eq(sessions.userId, claims.userId),
          isNull(sessions.revokedAt),
          gt(sessions.expiresAt, now),
          isNull(users.disabledAt),
        ),
        join: [{ table: users, on: eq(users.id, sessions.userId) }],
      },
    ),
  );
  const row = rows[0];
  if (!row) {
    remembered.delete(claims.sessionId);
    return null;
  }
  const { firstName, lastName, ...fields } = row;
  const fresh = { ...fields, name: `${firstName} ${lastName}`.trim(), until: now + REMEMBER_MS };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(claims.sessionId, fresh);
  return fresh;
}
