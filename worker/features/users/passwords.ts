import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { database, directory, uniqueViolation } from "../../db/database";
import type { Env } from "../../env";
import { commit, LostRace } from "../../events/commit";
import { type Ctx, systemCtx, userOf } from "../../events/context";
import { clock } from "../../lib/clock";
import { addressBucket, limitFailures, rules, takeLimit } from "../../lib/counter";
import { DomainError, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { link } from "../../lib/links";
import { passwordPool } from "../../lib/passwords-object";
import { queueEmail } from "../email/email";
import { organizations } from "../organizations/table";
import { joinProfile, selectByLogin } from "../portal/link";
import { badLink, findOneTimeToken, newOneTimeToken, spendOneTimeToken } from "../sessions/one-time";
import type { PasswordChange } from "../sessions/schema";
import { actorOf, endAllSessions, forgetUser } from "../sessions/sessions";
import { oneTimeTokens } from "../sessions/table";
import { checkPassword, verification } from "./register";
import { users } from "./table";

/**
 * Changes the caller's password and ends their other sessions.
 * @throws DomainError `invalid` for a wrong current or a weak new password
 */
export async function changePassword(ctx: Ctx, input: PasswordChange, sessionId: string): Promise<void> {
  const [rows] = await ctx.db.read(ctx.db.rows(users, { where: eq(users.id, userOf(ctx).id) }));
  const user = rows[0];
  if (!user) throw notFound("user");
  const pool = passwordPool(ctx.env);
  const rule = rules(ctx.env.MODE).failedLogins;
  // A guess here counts as a failed login does.
  const attempt = await limitFailures(ctx.env, "failedLogins", user.email, rule, ctx.now(), async () => {
    const { ok } = await pool.verify(user.email, user.passwordHash, input.currentPassword);
    return ok ? true : null;
  });
  if (!attempt.allowed) {
    throw new DomainError("rate-limited", "Too many attempts. Wait a little and try again.", attempt);
  }
  if (!attempt.result) throw invalid("currentPassword", "This is not your current password.");
  checkPassword("newPassword", input.newPassword, {
    email: user.email,
    name: `${user.firstName} ${user.lastName}`,
  });
  if (input.newPassword === input.currentPassword)
    throw invalid("newPassword", "Choose one that differs from the current.");
  const passwordHash = await pool.hash(user.email, input.newPassword);
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [
      ctx.db.update(
        users,
        { passwordHash, mustChangePassword: false, updatedAt: ctx.now(), version: sql`${users.version} + 1` },
        eq(users.id, user.id),
      ),
      endAllSessions(ctx, user.id, sessionId),
    ],
    audit: [{ action: "USER_PASSWORD_CHANGE", entity: { type: "user", id: user.id } }],
    result: null,
  });
  forgetUser(user.id);
}

/**
 * Mails a link to choose a new password to every account of that address. The answer is the same
 * whether or not there is one, and the work happens after it.
 */
export async function requestReset(
  env: Env,
  input: { email: string; org?: string | undefined },
  after: Ctx["after"],
): Promise<void> {
  const rule = rules(env.MODE).resetsOfPerson;
  const perPerson = await takeLimit(env, "resetsOfPerson", input.email, rule, clock.now());
  if (!perPerson.allowed) return;
  const index = directory(env);
  const [rows] = await index.read(
    index.orm
      .select({ user: users, organization: organizations.name })
      .from(users)
      .innerJoin(organizations, eq(organizations.id, users.orgId))
      .where(
        and(
          eq(users.email, input.email),
          isNull(users.disabledAt),
          input.org === undefined ? undefined : eq(organizations.slug, input.org),
        ),
      )
      .orderBy(desc(users.lastLoginAt))
      .limit(3),
  );
  for (const { user, organization } of rows) {
    const ctx = systemCtx(env, user.orgId, after);
    const { token, write } = await newOneTimeToken(ctx, { userId: user.id, purpose: "password_reset" });
    const mail = queueEmail(ctx, {
      to: user.email,
      userId: user.id,
      template: "password_reset",
      values: { firstName: user.firstName, organization, url: link(env, `/reset-password?token=${token}`) },
      dedupeKey: `reset:${user.id}:${ctx.now()}`,
    });
    await ctx.db.write([write, mail.write]);
    after(mail.wake());
  }
}

/** The limit of reset requests from one address. @throws DomainError `rate-limited` */
export async function takeResetTurn(env: Env, address: string | null): Promise<void> {
  const rule = rules(env.MODE).passwordResets;
  const taken = await takeLimit(env, "passwordResets", addressBucket(address ?? ""), rule, clock.now());
  if (!taken.allowed) {
    throw new DomainError("rate-limited", "Too many attempts. Wait a little and try again.", taken);
  }
}

/** What is known of a request whose organization only its secret tells. */
export type Asked = Pick<Ctx, "requestId" | "answer" | "after">;

/**
 * Sets the password by a link from a reset mail or an invitation, and ends every session.
 * @throws DomainError `invalid` for a used or old link, or a weak password
 */
export async function confirmReset(
  env: Env,
  input: { token: string; password: string },
  asked: Asked,
): Promise<void> {
  const found = await findOneTimeToken(env, input.token, ["password_reset", "invitation"]);
  if (!found) throw badLink();
  const db = database(env, found.orgId);
  const [rows] = await db.read(
    db.rows(users, { where: and(eq(users.id, found.userId), isNull(users.disabledAt)) }),
  );
  const user = rows[0];
  if (!user) throw badLink();
  // Looked at before the link is used up, so that a weak password doesn't cost it.
  checkPassword("password", input.password, {
    email: user.email,
    name: `${user.firstName} ${user.lastName}`,
  });
  const passwordHash = await passwordPool(env).hash(user.email, input.password);
  const ctx: Ctx = { ...systemCtx(env, found.orgId, asked.after), actor: actorOf(user), ...asked };
  await unlessSpent(async () => {
    const [profiles] = await db.read(selectByLogin(ctx, user.id));
    const changeId = newId("chg", ctx.now());
    const link = spendOneTimeToken(ctx, found.hash, changeId);
    const joining = joinProfile(ctx, user, profiles[0], userStampedBy(ctx, user.id, changeId));
    return await commit(ctx, {
      id: changeId,
      won: { table: users, id: user.id },
      writes: [
        link.write,
        ...joining.before,
        db.update(
          users,
          {
            ...joining.set,
            passwordHash,
            mustChangePassword: false,
            // Who reads the mail has proved the address.
            emailVerifiedAt: user.emailVerifiedAt ?? ctx.now(),
            changeId,
            updatedAt: ctx.now(),
            version: sql`${users.version} + 1`,
          },
          and(eq(users.id, user.id), link.spent),
        ),
        ...joining.after,
        db.update(
          oneTimeTokens,
          { usedAt: ctx.now() },
          and(
            eq(oneTimeTokens.userId, user.id),
            inArray(oneTimeTokens.purpose, ["password_reset", "invitation"]),
            isNull(oneTimeTokens.usedAt),
          ),
        ),
        endAllSessions(ctx, user.id, null),
      ],
      events: joining.events,
      audit: [{ action: "USER_PASSWORD_RESET", entity: { type: "user", id: user.id } }, ...joining.audit],
      result: null,
    });
  });
}

/**
 * Confirms an address by the link that was mailed to it. A candidate finds from then on what they sent before they
 * registered.
 * @throws DomainError `invalid`
 */
export async function verifyEmail(env: Env, token: string, asked: Asked): Promise<void> {
  const found = await findOneTimeToken(env, token, ["verify_email"]);
  if (!found) throw badLink();
  const system: Ctx = { ...systemCtx(env, found.orgId, asked.after), ...asked };
  await unlessSpent(async () => {
    const [rows, profiles] = await system.db.read(
      system.db.rows(users, { where: and(eq(users.id, found.userId), isNull(users.disabledAt)) }),
      selectByLogin(system, found.userId),
    );
    const user = rows[0];
    if (!user) throw badLink();
    const ctx: Ctx = { ...system, actor: actorOf(user) };
    const changeId = newId("chg", ctx.now());
    const link = spendOneTimeToken(ctx, found.hash, changeId);
    const joining = joinProfile(ctx, user, profiles[0], userStampedBy(ctx, user.id, changeId));
    await commit(ctx, {
      id: changeId,
      won: { table: users, id: user.id },
      writes: [
        link.write,
        ...joining.before,
        ctx.db.update(
          users,
          {
            ...joining.set,
            emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, ${ctx.now()})`,
            changeId,
            version: sql`${users.version} + 1`,
          },
          and(eq(users.id, user.id), link.spent),
        ),
        ...joining.after,
      ],
      events: joining.events,
      audit: [{ action: "USER_EMAIL_VERIFY", entity: { type: "user", id: user.id } }, ...joining.audit],
      result: null,
    });
  });
  forgetUser(found.userId);
}

/** True where this commit has the row of a user. */
function userStampedBy(ctx: Ctx, id: string, changeId: string) {
  return sql`exists (select 1 from ${users} where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
}

/** Somebody else used the same link at the same moment: to whoever lost, it is a used one. */
async function unlessSpent<T>(work: () => Promise<T>): Promise<T> {
  for (let again = true; ; again = false) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof LostRace) throw badLink();
      // Somebody took the same person in at this moment: with that profile it goes on.
      if (!again || !uniqueViolation(error)?.startsWith("candidates.")) throw error;
    }
  }
}

/** Sends the confirmation mail again, a few times an hour. @throws DomainError `rate-limited` */
export async function resendVerification(ctx: Ctx): Promise<void> {
  const [rows, orgs] = await ctx.db.read(
    ctx.db.rows(users, { where: eq(users.id, userOf(ctx).id) }),
    ctx.db.organization(),
  );
  const user = rows[0];
  if (!user || user.emailVerifiedAt !== null) return;
  const rule = rules(ctx.env.MODE).verifications;
  const taken = await takeLimit(ctx.env, "verifications", user.id, rule, ctx.now());
  if (!taken.allowed) {
    throw new DomainError(
      "rate-limited",
      "That was sent several times already. Look into your spam folder.",
      taken,
    );
  }
  const mail = await verification(ctx, user, orgs[0]?.name ?? "");
  await ctx.db.write(mail.writes);
  ctx.after(mail.wake());
}
