import { and, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Env } from "../../env";
import { commit } from "../../events/commit";
import { type Ctx, systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { addressBucket, limitFailures, rules, takeLimit } from "../../lib/counter";
import { DomainError } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { passwordPool } from "../../lib/passwords-object";
import { organizations } from "../organizations/table";
import { users } from "../users/table";
import type { Role } from "../users/words";
import type { Login, Session } from "./schema";
import { actorOf, newSession, type Visitor } from "./sessions";

/** Organizations whose user of this address is tried where `org` was not sent. */
const MOST_TRIED = 3;

/** @throws DomainError `rate-limited` */
export async function takeTurn(
  env: Env,
  what: "logins" | "registrations" | "passwordResets" | "drafts" | "draftFiles" | "draftMails" | "applySteps",
  address: string | null,
): Promise<void> {
  const taken = await takeLimit(env, what, addressBucket(address ?? ""), rules(env.MODE)[what], clock.now());
  if (!taken.allowed) throw tooMany(taken.retryAfterSeconds);
}

const tooMany = (retryAfterSeconds: number) =>
  new DomainError("rate-limited", "Too many attempts. Wait a little and try again.", { retryAfterSeconds });

/**
 * Lets somebody in by e-mail and password. Without `org` the password is tried against the
 * organizations that know the address, the newest login first. An unknown address costs the same time
 * and gets the same answer as a wrong password.
 *
 * @param roles only users of these roles are found, for doors of their own
 * @throws DomainError `unauthenticated`, `rate-limited`
 */
export async function login(
  env: Env,
  input: Login,
  visitor: Visitor,
  extra: { requestId: string; after: Ctx["after"]; roles?: readonly Role[] },
): Promise<Session> {
  await takeTurn(env, "logins", visitor.address);
  const attempt = await limitFailures(
    env,
    "failedLogins",
    input.email,
    rules(env.MODE).failedLogins,
    clock.now(),
    () => findUser(env, input, extra.roles),
  );
  if (!attempt.allowed) throw tooMany(attempt.retryAfterSeconds);
  if (!attempt.result)
    throw new DomainError("unauthenticated", "This e-mail address and password don't go together.");
  const { user, newHash } = attempt.result;

  const ctx: Ctx = {
    ...systemCtx(env, user.orgId, extra.after),
    actor: actorOf(user),
    requestId: extra.requestId,
  };
  const { session, writes } = await newSession(ctx, user, visitor);
  return await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [
      ...writes,
      ctx.db.update(
        users,
        {
          lastLoginAt: ctx.now(),
          ...(newHash ? { passwordHash: newHash } : {}),
          // Whoever knows a first password has read the mail that it came with.
          ...(user.mustChangePassword && user.candidateId !== null
            ? { emailVerifiedAt: user.emailVerifiedAt ?? ctx.now() }
            : {}),
        },
        eq(users.id, user.id),
      ),
    ],
    audit: [{ action: "USER_LOGIN", entity: { type: "user", id: user.id } }],
    result: session,
  });
}

async function findUser(env: Env, input: Login, roles: readonly Role[] | undefined) {
  const index = directory(env);
  const [rows] = await index.read(
    index.orm
      .select({ user: users })
      .from(users)
      .innerJoin(organizations, eq(organizations.id, users.orgId))
      .where(
        and(
          eq(users.email, input.email),
          isNotNull(users.passwordHash),
          isNull(users.disabledAt),
          roles === undefined ? undefined : inArray(users.role, [...roles]),
          input.org === undefined ? undefined : eq(organizations.slug, input.org),
        ),
      )
      .orderBy(desc(users.lastLoginAt), desc(users.id))
      .limit(MOST_TRIED),
  );
  const pool = passwordPool(env);
  if (rows.length === 0) await pool.verify(input.email, null, input.password);
  for (const { user } of rows) {
    const { ok, rehash } = await pool.verify(input.email, user.passwordHash, input.password);
    if (ok) return { user, newHash: rehash ? await pool.hash(input.email, input.password) : null };
  }
  return null;
}
