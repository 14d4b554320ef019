import { and, eq, isNull, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound } from "../../lib/errors";
import { newId, newSecret } from "../../lib/ids";
import { link } from "../../lib/links";
import { passwordPool } from "../../lib/passwords-object";
import { queueEmail } from "../email/email";
import { newUserRow } from "../users/register";
import { users } from "../users/table";
import {
  type CandidateRow,
  getCandidate,
  presentDetail,
  type StandingRow,
  selectStandings,
} from "./candidates";
import type { SelectionResult } from "./schema";
import { candidates } from "./table";

type UserRow = typeof users.$inferSelect;

/** Characters of a first password: 72 random bits, and still short enough to type from a phone. */
const PASSWORD_LENGTH = 12;
/** Two clicks within this time are one mail, in milliseconds. */
const ONCE_WITHIN = 60_000;

const taken = (row: CandidateRow, standings: StandingRow[]) =>
  conflict(
    "This e-mail address belongs to an account of another kind. Change the candidate's address first.",
    presentDetail(row, standings),
  );

/**
 * Tells somebody that they were chosen. Who has no login in the portal gets one, with a first password by
 * mail that must be changed.
 *
 * @throws DomainError `not-found`, `conflict` where the address is an agent's or a colleague's
 */
export async function sendSelection(ctx: Ctx, candidateId: string): Promise<SelectionResult> {
  const attempt = async (): Promise<SelectionResult> => {
    const its = (column: string) =>
      sql`(select ${sql.raw(column)} from ${candidates} where org_id = ${ctx.orgId} and id = ${candidateId})`;
    const [rows, standings, logins, others, orgs] = await ctx.db.read(
      ctx.db.rows(candidates, { where: eq(candidates.id, candidateId) }),
      selectStandings(ctx, candidateId),
      ctx.db.rows(users, { where: sql`${users.id} = ${its("user_id")}` }),
      ctx.db.rows(users, { where: sql`${users.email} = ${its("email")}` }),
      ctx.db.organization(),
    );
    const row = rows[0];
    if (!row) throw notFound("candidate");
    const [own, other] = [logins[0], others[0]];
    // A login that was closed with an older profile of theirs opens again.
    const free = other?.role === "candidate" && other.candidateId === null ? other : undefined;
    if (!own && other && !free) throw taken(row, standings);
    return own
      ? await tell(ctx, row, standings, own, orgs[0]?.name ?? "")
      : await letIn(ctx, row, standings, free, orgs[0]?.name ?? "");
  };
  try {
    return await onceMore(attempt, () => getCandidate(ctx, candidateId));
  } catch (error) {
    if (!uniqueViolation(error)?.includes("email")) throw error;
    // Somebody made the login at this moment: now it is there, and the mail goes to it.
    return await attempt();
  }
}

function mails(ctx: Ctx, row: CandidateRow, standings: StandingRow[], userId: string, organization: string) {
  const job = standings.find((one) => one.stageKind === "hired" && !one.archived)?.jobTitle;
  const values = { firstName: row.firstName, organization, url: link(ctx.env, "/login") };
  const bucket = Math.floor(ctx.now() / ONCE_WITHIN);
  return {
    selection: queueEmail(ctx, {
      to: row.email,
      userId,
      template: "selection",
      values: { ...values, forJob: job ? ` for ${job}` : "" },
      dedupeKey: `selection:${row.id}:${bucket}`,
    }),
    credentials: (password: string) =>
      queueEmail(ctx, {
        to: row.email,
        userId,
        template: "portal_credentials",
        values: { ...values, email: row.email, password },
        dedupeKey: `credentials:${row.id}:${newId("mail", ctx.now())}`,
      }),
  };
}

/** The change of a candidate who was told: their login and when it was. */
function told(ctx: Ctx, row: CandidateRow, userId: string) {
  const fields = [
    ...(row.userId === userId ? [] : ["userId"]),
    ...(row.selectedAt === null ? ["selectedAt"] : []),
  ];
  const set = {
    userId,
    selectedAt: row.selectedAt ?? ctx.now(),
    version: sql`${candidates.version} + ${fields.length === 0 ? 0 : 1}`,
    ...(fields.length === 0 ? {} : { updatedAt: ctx.now() }),
  };
  const events =
    fields.length === 0
      ? []
      : [
          event({
            type: "candidate.updated",
            entity: { type: "candidate", id: row.id },
            userId,
            data: { candidateId: row.id },
            detail: { fields },
          }),
        ];
  const audit = {
    action: "CANDIDATE_UPDATE" as const,
    entity: { type: "candidate", id: row.id },
    metadata: { fields, mail: "selection" },
  };
  return { set, events, audit };
}

/** The mail alone, to somebody who can log in already. */
async function tell(
  ctx: Ctx,
  row: CandidateRow,
  standings: StandingRow[],
  login: UserRow,
  organization: string,
) {
  const changeId = newId("chg", ctx.now());
  const { set, events, audit } = told(ctx, row, login.id);
  const { selection } = mails(ctx, row, standings, login.id, organization);
  const result = await commit(ctx, {
    id: changeId,
    won: { table: candidates, id: row.id },
    writes: [
      ctx.db.update(
        candidates,
        { ...set, changeId },
        and(eq(candidates.id, row.id), eq(candidates.version, row.version)),
      ),
      selection.write,
    ],
    events,
    audit: [audit],
    result: { userId: login.id, emailed: true as const, created: false },
  });
  ctx.after(selection.wake());
  return result;
}

/** A new login, or a closed one of theirs opened again, with a first password. */
async function letIn(
  ctx: Ctx,
  row: CandidateRow,
  standings: StandingRow[],
  closed: UserRow | undefined,
  organization: string,
) {
  const at = ctx.now();
  const changeId = newId("chg", at);
  const password = newSecret().slice(0, PASSWORD_LENGTH);
  const { email, firstName, lastName, phone } = row;
  const login: UserRow = {
    ...newUserRow(ctx, { email, firstName, lastName, phone: phone ?? undefined, role: "candidate" }),
    ...(closed ? { id: closed.id, createdAt: closed.createdAt, version: closed.version + 1 } : {}),
    candidateId: row.id,
    mustChangePassword: true,
    passwordHash: await passwordPool(ctx.env).hash(email, password),
    changeId,
  };
  const { set, events, audit } = told(ctx, row, login.id);
  const { selection, credentials } = mails(ctx, row, standings, login.id, organization);
  const secret = credentials(password);
  const won = sql`exists (select 1 from ${users}
    where org_id = ${ctx.orgId} and id = ${login.id} and change_id = ${changeId})`;
  const { id: _id, orgId: _org, createdAt: _created, ...own } = login;
  const result = await commit(ctx, {
    id: changeId,
    won: { table: users, id: login.id },
    writes: [
      closed
        ? ctx.db.update(
            users,
            { ...own, sessionVersion: sql`${users.sessionVersion} + 1` },
            and(eq(users.id, closed.id), eq(users.version, closed.version), isNull(users.candidateId)),
          )
        : ctx.db.insert(users, login),
      ctx.db.update(candidates, set, and(eq(candidates.id, row.id), won)),
      selection.write,
      secret.write,
    ],
    events,
    audit: [
      audit,
      {
        action: closed ? ("USER_UPDATE" as const) : ("USER_CREATE" as const),
        entity: { type: "user", id: login.id },
        newValue: { role: login.role },
      },
    ],
    result: { userId: login.id, emailed: true as const, created: true },
  });
  ctx.after(Promise.all([selection.wake(), secret.wake()]));
  return result;
}
