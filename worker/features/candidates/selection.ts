import { and, eq, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { link } from "../../lib/links";
import { queueEmail } from "../email/email";
import { credentialsMail, firstPassword, giveLogin, isFree } from "../portal/credentials";
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
    const free = other && isFree(other) ? other : undefined;
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

function selectionMail(
  ctx: Ctx,
  row: CandidateRow,
  standings: StandingRow[],
  userId: string,
  organization: string,
) {
  const job = standings.find((one) => one.stageKind === "hired" && !one.archived)?.jobTitle;
  return queueEmail(ctx, {
    to: row.email,
    userId,
    template: "selection",
    values: {
      firstName: row.firstName,
      organization,
      url: link(ctx.env, "/login"),
      forJob: job ? ` for ${job}` : "",
    },
    dedupeKey: `selection:${row.id}:${Math.floor(ctx.now() / ONCE_WITHIN)}`,
  });
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
  const selection = selectionMail(ctx, row, standings, login.id, organization);
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
  const changeId = newId("chg", ctx.now());
  const password = firstPassword();
  const login = await giveLogin(ctx, row, closed, { password, mustChange: true }, changeId);
  const { id } = login.row;
  const { set, events, audit } = told(ctx, row, id);
  const selection = selectionMail(ctx, row, standings, id, organization);
  const secret = credentialsMail(ctx, login.row, { organization, password }, login.won);
  const result = await commit(ctx, {
    id: changeId,
    won: { table: users, id },
    writes: [
      ...login.write,
      ctx.db.update(candidates, set, and(eq(candidates.id, row.id), login.won)),
      ...login.after,
      selection.write,
      ...secret.writes,
    ],
    events,
    audit: [
      audit,
      {
        action: closed ? ("USER_UPDATE" as const) : ("USER_CREATE" as const),
        entity: { type: "user", id },
        newValue: { role: login.row.role },
      },
    ],
    result: { userId: id, emailed: true as const, created: true },
  });
  ctx.after(Promise.all([selection.wake(), secret.wake()]));
  return result;
}
