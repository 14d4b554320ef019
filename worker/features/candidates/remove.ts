import { and, eq, isNull, sql } from "drizzle-orm";
import { unindex } from "../../db/search";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { forgetApplicant } from "../apply/forget";
import { equalOpportunityAnswers } from "../apply/table";
import { documentRequests, documents, fileIntents } from "../documents/table";
import { forgetIncoming } from "../inbox/forget";
import { interviewBookings, interviews } from "../interviews/table";
import { recountJobs } from "../pipelines/counts";
import { applications, stages } from "../pipelines/table";
import { forgetUser } from "../sessions/sessions";
import { sessions } from "../sessions/table";
import { statusLinks } from "../status/table";
import { tasks } from "../tasks/table";
import { users } from "../users/table";
import { getCandidate, selectStandings } from "./candidates";
import { candidates, notes } from "./table";
import { candidateStampedBy } from "./update";

/**
 * Removes a person with everything that is about them: applications, notes, tasks, documents and their
 * files; their login is closed. What happened stays in the history, by ids alone.
 *
 * @throws DomainError `not-found`, `conflict` where the race is lost twice
 */
export async function removeCandidate(ctx: Ctx, id: string): Promise<void> {
  const removed = await onceMore(
    async () => {
      const [rows, standings, files] = await ctx.db.read(
        ctx.db.rows(candidates, { where: eq(candidates.id, id) }),
        selectStandings(ctx, id),
        ctx.db.select({ r2Key: documents.r2Key }, documents, { where: eq(documents.ownerId, id) }),
      );
      const row = rows[0];
      if (!row) throw notFound("candidate");
      const at = ctx.now();
      const changeId = newId("chg", at);
      const won = candidateStampedBy(ctx, id, changeId);
      const its = sql`(select id from ${applications} where org_id = ${ctx.orgId} and candidate_id = ${id})`;
      const pipelineIds = [...new Set(standings.map((one) => one.pipelineId))];
      const login = row.userId ?? "";
      return await commit(ctx, {
        id: changeId,
        won: { table: candidates, id },
        writes: [
          ctx.db.update(
            candidates,
            { changeId },
            and(eq(candidates.id, id), eq(candidates.version, row.version)),
          ),
          leaveStages(ctx, id, won),
          recountJobs(ctx, pipelineIds, won),
          // The intents outlive a failure below, so that no object stays without a row.
          ctx.db.sql(sql`insert into ${fileIntents} (r2_key, org_id, created_at)
            select r2_key, ${ctx.orgId}, ${at} from ${documents}
            where org_id = ${ctx.orgId} and owner_id = ${id} and ${won}`),
          ctx.db.delete(documents, and(eq(documents.ownerId, id), won)),
          ctx.db.delete(documentRequests, and(eq(documentRequests.ownerId, id), won)),
          ctx.db.delete(
            equalOpportunityAnswers,
            and(sql`${equalOpportunityAnswers.applicationId} in ${its}`, won),
          ),
          ...forgetApplicant(ctx, row.email, won),
          ...forgetIncoming(ctx, id, row.email, won),
          ctx.db.delete(notes, and(eq(notes.candidateId, id), won)),
          ctx.db.delete(
            tasks,
            and(sql`(${tasks.candidateId} = ${id} or ${tasks.applicationId} in ${its})`, won),
          ),
          ctx.db.delete(
            interviewBookings,
            and(
              sql`${interviewBookings.interviewId} in (select id from ${interviews}
                where org_id = ${ctx.orgId} and candidate_id = ${id})`,
              won,
            ),
          ),
          ctx.db.delete(interviews, and(eq(interviews.candidateId, id), won)),
          ctx.db.delete(statusLinks, and(sql`${statusLinks.applicationId} in ${its}`, won)),
          ctx.db.delete(applications, and(eq(applications.candidateId, id), won)),
          ctx.db.sql(unindex(row.searchKey, won)),
          ctx.db.update(
            users,
            {
              disabledAt: at,
              candidateId: null,
              // Whoever gets it back proves the address again before it is joined to a profile.
              emailVerifiedAt: null,
              sessionVersion: sql`${users.sessionVersion} + 1`,
              updatedAt: at,
            },
            and(eq(users.id, login), won),
          ),
          ctx.db.update(
            sessions,
            { revokedAt: at },
            and(eq(sessions.userId, login), isNull(sessions.revokedAt), won),
          ),
        ],
        // Whoever shows one of their boards reads it again.
        events: pipelineIds.map((pipelineId) =>
          event({
            type: "pipeline.changed",
            entity: { type: "pipeline", id: pipelineId },
            pipelineId,
            forClient: standings.some((one) => one.pipelineId === pipelineId && one.sharedWithClient),
            data: { pipelineId },
          }),
        ),
        audit: [
          {
            action: "CANDIDATE_DELETE",
            entity: { type: "candidate", id },
            metadata: { applications: standings.map((one) => one.applicationId), documents: files.length },
          },
          ...(row.userId
            ? [{ action: "USER_DISABLE" as const, entity: { type: "user", id: row.userId } }]
            : []),
        ],
        afterwards: [
          ctx.db.delete(candidates, and(eq(candidates.id, id), eq(candidates.changeId, changeId))),
        ],
        result: { keys: files.map((file) => file.r2Key), userId: row.userId },
      });
    },
    () => getCandidate(ctx, id),
  );
  if (removed.userId) forgetUser(removed.userId);
  if (removed.keys.length > 0) ctx.after(dropObjects(ctx, removed.keys));
}

/** The counts kept on the stages that they leave. */
function leaveStages(ctx: Ctx, id: string, won: ReturnType<typeof candidateStampedBy>) {
  const own = (also: string) => sql`(select count(*) from ${applications} a where a.org_id = ${ctx.orgId}
    and a.candidate_id = ${id} and a.stage_id = stages.id and a.archived = 0 ${sql.raw(also)})`;
  return ctx.db.sql(sql`update ${stages} set count = count - ${own("")},
      shared_count = shared_count - ${own("and a.shared_with_client = 1")}
    where org_id = ${ctx.orgId} and id in (select stage_id from ${applications}
      where org_id = ${ctx.orgId} and candidate_id = ${id}) and ${won}`);
}

/** Objects that R2 deletes in one call. */
const AT_ONCE = 1000;

/** Removes files whose intents are noted; whatever fails here is the janitor's. */
async function dropObjects(ctx: Ctx, keys: string[]): Promise<void> {
  try {
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const some = keys.slice(from, from + AT_ONCE);
      await ctx.env.FILES.delete(some);
      await ctx.db.write([
        ctx.db.delete(
          fileIntents,
          sql`${fileIntents.r2Key} in (select value from json_each(${JSON.stringify(some)}))`,
        ),
      ]);
    }
  } catch (error) {
    log("warn", "r2.failed", { reason: reasonOf(error) });
  }
}
