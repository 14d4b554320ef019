import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { newId, newSecret } from "../../lib/ids";
import { link } from "../../lib/links";
import { passwordPool } from "../../lib/passwords-object";
import type { candidates } from "../candidates/table";
import { queueEmail } from "../email/email";
import { emails } from "../email/table";
import { endAllSessions } from "../sessions/sessions";
import { newUserRow } from "../users/register";
import { users } from "../users/table";
import { handOver } from "./link";

type UserRow = typeof users.$inferSelect;
type CandidateRow = typeof candidates.$inferSelect;

/** Characters of a first password: 72 random bits, and still short enough to type from a phone. */
const PASSWORD_LENGTH = 12;

/** A first password that is only mailed, never shown to the team. */
export const firstPassword = () => newSecret().slice(0, PASSWORD_LENGTH);

/** A login that nobody's profile has: not proved yet, or closed with an older profile. It is free to be given. */
export function isFree(login: UserRow): boolean {
  return login.role === "candidate" && login.candidateId === null;
}

/** The login of a candidate, and what writes it. */
export interface Login {
  row: UserRow;
  write: Statement[];
  /** True where this commit has it. */
  won: SQL;
  /** What follows once the profile carries the login. */
  after: Statement[];
}

/**
 * A login for somebody's profile: a new one, or a free one with their address, whose password and sessions end
 * with it.
 *
 * @param changeId the commit's id, which the row carries
 */
export async function giveLogin(
  ctx: Ctx,
  profile: Pick<CandidateRow, "id" | "email" | "firstName" | "lastName" | "phone">,
  free: UserRow | undefined,
  secret: { password: string; mustChange: boolean },
  changeId: string,
): Promise<Login> {
  const { email, firstName, lastName, phone } = profile;
  const row: UserRow = {
    ...newUserRow(ctx, { email, firstName, lastName, phone: phone ?? undefined, role: "candidate" }),
    ...(free ? { id: free.id, createdAt: free.createdAt, version: free.version + 1 } : {}),
    candidateId: profile.id,
    mustChangePassword: secret.mustChange,
    passwordHash: await passwordPool(ctx.env).hash(email, secret.password),
    changeId,
  };
  const won = sql`exists (select 1 from ${users}
    where org_id = ${ctx.orgId} and id = ${row.id} and change_id = ${changeId})`;
  const { id: _id, orgId: _org, createdAt: _created, ...own } = row;
  const write = free
    ? [
        ctx.db.update(
          users,
          { ...own, sessionVersion: sql`${users.sessionVersion} + 1` },
          and(eq(users.id, free.id), eq(users.version, free.version), isNull(users.candidateId)),
        ),
        // Whoever registered with this address first may not have been its owner.
        endAllSessions(ctx, row.id, null),
      ]
    : [ctx.db.insert(users, row)];
  return { row, write, won, after: free ? handOver(ctx, row.id, profile.id, won) : [] };
}

/**
 * The mail with which somebody logs in for the first time, or again after a reset.
 * @param won the guard of the commit that sets the password: without it the mail would carry one that isn't
 */
export function credentialsMail(
  ctx: Ctx,
  to: Pick<UserRow, "id" | "email" | "firstName">,
  secret: { organization: string; password: string },
  won: SQL,
  template: "portal_credentials" | "portal_new_password" = "portal_credentials",
): { writes: Statement[]; wake: () => Promise<void> } {
  const { organization, password } = secret;
  const dedupeKey = `credentials:${to.id}:${newId("mail", ctx.now())}`;
  const values = {
    firstName: to.firstName,
    organization,
    url: link(ctx.env, "/login"),
    email: to.email,
    password,
  };
  const { write, wake } = queueEmail(ctx, { to: to.email, userId: to.id, template, values, dedupeKey });
  return {
    writes: [write, ctx.db.delete(emails, and(eq(emails.dedupeKey, dedupeKey), sql`not ${won}`))],
    wake,
  };
}
