import { and, eq, type SQL, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { indexPerson } from "../../db/search";
import { commit, event, type NewEvent, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { splitName } from "../../lib/names";
import { searchText } from "../agents/new-agent";
import { applications } from "../pipelines/table";
import { voidOneTimeTokens } from "../sessions/one-time";
import { users } from "../users/table";
import {
  type CandidateRow,
  getCandidate,
  loadCandidate,
  presentDetail,
  type StandingRow,
} from "./candidates";
import { selectByEmail } from "./create";
import type { CandidateChange, CandidateDetail } from "./schema";
import { candidates } from "./table";

/** Fields that the team keeps to itself: no news on the person's own channel. */
const OF_THE_TEAM = new Set(["tags", "source"]);

/** True where this commit has the row of a candidate. */
export function candidateStampedBy(ctx: Ctx, id: string, changeId: string): SQL {
  return sql`exists (select 1 from ${candidates}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
}

/**
 * The events of a changed profile. A changed name also stands on the cards of their applications, whose
 * boards hear of it.
 */
export function updatedEvents(
  row: Pick<CandidateRow, "id" | "userId">,
  fields: string[],
  standings: Pick<StandingRow, "applicationId" | "jobId" | "pipelineId" | "archived" | "sharedWithClient">[],
): NewEvent[] {
  const told = fields.some((field) => !OF_THE_TEAM.has(field));
  const cards = standings.flatMap(({ applicationId, jobId, pipelineId, archived, sharedWithClient }) =>
    jobId === null || archived
      ? []
      : [
          event({
            type: "application.updated",
            entity: { type: "application", id: applicationId },
            pipelineId,
            forClient: sharedWithClient,
            data: { applicationId, candidateId: row.id, jobId, fields: ["name"] },
          }),
        ],
  );
  return [
    event({
      type: "candidate.updated",
      entity: { type: "candidate", id: row.id },
      userId: told ? row.userId : null,
      data: { candidateId: row.id },
      detail: { fields },
    }),
    ...cards,
  ];
}

/**
 * Changes the sent fields of a profile. A new name, address or number is that of the login too, a new name
 * that of the applications. Where nothing differs nothing is written.
 *
 * @throws DomainError `not-found`, `outdated`, `conflict` for an address that somebody else has
 */
export async function updateCandidate(
  ctx: Ctx,
  id: string,
  change: CandidateChange,
  ifVersion?: number,
): Promise<CandidateDetail> {
  const attempt = async (): Promise<CandidateDetail> => {
    const { row, standings } = await loadCandidate(ctx, id);
    if (ifVersion !== undefined && ifVersion !== row.version) throw outdated(presentDetail(row, standings));
    const { name, ...sent } = change;
    const split = name === undefined || sent.firstName !== undefined ? {} : splitName(name);
    const wanted: Partial<CandidateRow> = { ...split, ...sent };
    const fields = (Object.keys(wanted) as (keyof CandidateRow)[]).filter(
      (field) => JSON.stringify(wanted[field]) !== JSON.stringify(row[field]),
    );
    if (fields.length === 0) return presentDetail(row, standings);

    const at = ctx.now();
    const changeId = newId("chg", at);
    const next: CandidateRow = { ...row, ...wanted, version: row.version + 1, updatedAt: at };
    const won = candidateStampedBy(ctx, id, changeId);
    const renamed = fields.includes("firstName") || fields.includes("lastName");
    const moved = fields.includes("email");
    const { id: _id, orgId: _org, changeId: _change, ...own } = next;
    return await commit(ctx, {
      id: changeId,
      won: { table: candidates, id },
      writes: [
        ctx.db.update(
          candidates,
          { ...own, changeId },
          and(eq(candidates.id, id), eq(candidates.version, row.version)),
        ),
        ...(renamed ? [nameApplications(ctx, id, next, won)] : []),
        // The login shows and uses the same name, address and number.
        ctx.db.update(
          users,
          {
            email: next.email,
            firstName: next.firstName,
            lastName: next.lastName,
            phone: next.phone,
            // A new address is not proved yet.
            ...(moved ? { emailVerifiedAt: null } : {}),
            version: sql`${users.version} + 1`,
            updatedAt: at,
          },
          and(eq(users.id, row.userId ?? ""), won),
        ),
        // Links that lie in the old mailbox open nothing any more.
        ...(moved && row.userId ? [voidOneTimeTokens(ctx, row.userId, won)] : []),
        ...indexPerson(ctx.orgId, row.searchKey, searchText(next), won, "candidate").map((statement) =>
          ctx.db.sql(statement),
        ),
      ],
      events: updatedEvents(row, fields, renamed ? standings : []),
      // Which fields, not what they hold: personal values stand in one place only.
      audit: [{ action: "CANDIDATE_UPDATE", entity: { type: "candidate", id }, metadata: { fields } }],
      result: presentDetail(next, standings),
    });
  };
  try {
    return await onceMore(attempt, () => getCandidate(ctx, id));
  } catch (error) {
    if (!uniqueViolation(error)?.includes("email")) throw error;
    const [others] = await ctx.db.read(selectByEmail(ctx, change.email ?? ""));
    throw conflict(
      "Somebody else in this organization has that e-mail address.",
      others[0] ? await getCandidate(ctx, others[0].id) : undefined,
    );
  }
}

/** The name that stands on the cards of somebody's applications. */
export function nameApplications(ctx: Ctx, id: string, { firstName, lastName }: CandidateRow, won: SQL) {
  return ctx.db.update(
    applications,
    { name: `${firstName} ${lastName}`.trim() },
    and(eq(applications.candidateId, id), won),
  );
}
