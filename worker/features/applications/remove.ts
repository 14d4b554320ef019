import { and, eq, sql } from "drizzle-orm";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { equalOpportunityAnswers } from "../apply/table";
import { notes } from "../candidates/table";
import { interviewBookings, interviews } from "../interviews/table";
import { recountJobs } from "../pipelines/counts";
import { applications } from "../pipelines/table";
import { statusLinks } from "../status/table";
import { tasks } from "../tasks/table";
import { StageCounts, wonBy } from "./sets";
import { standings } from "./standing";

/**
 * Takes an application away with its notes, tasks and interviews; the person stays.
 * @throws DomainError `not-found`, also for an agent's place in the pool, which goes with the agent only
 */
export async function deleteApplication(ctx: Ctx, id: string): Promise<void> {
  await onceMore(
    async () => {
      const now = (await standings(ctx, [id])).get(id);
      if (!now || now.row.jobId === null) throw notFound("application");
      const { row, held } = now;
      const changeId = newId("chg", ctx.now());
      const won = wonBy(ctx, id, changeId);
      const counts = new StageCounts();
      if (!row.archived) counts.add(held.id, -1, row.sharedWithClient ? -1 : 0);
      await commit(ctx, {
        id: changeId,
        won: { table: applications, id },
        writes: [
          ctx.db.update(
            applications,
            { changeId, version: row.version + 1 },
            and(eq(applications.id, id), eq(applications.version, row.version)),
          ),
          ...(counts.isEmpty ? [] : [counts.write(ctx, won), recountJobs(ctx, [row.pipelineId], won)]),
          ctx.db.delete(
            notes,
            and(eq(notes.applicationId, id), sql`${notes.applicationId} is not null`, won),
          ),
          ctx.db.delete(equalOpportunityAnswers, and(eq(equalOpportunityAnswers.applicationId, id), won)),
          ctx.db.delete(
            tasks,
            and(eq(tasks.applicationId, id), sql`${tasks.applicationId} is not null`, won),
          ),
        ],
        afterwards: [
          ctx.db.delete(
            interviewBookings,
            sql`${interviewBookings.interviewId} in (select id from ${interviews}
              where org_id = ${ctx.orgId} and application_id = ${id}) and ${won}`,
          ),
          ctx.db.delete(interviews, and(eq(interviews.applicationId, id), won)),
          ctx.db.delete(statusLinks, and(eq(statusLinks.applicationId, id), won)),
          ctx.db.delete(applications, and(eq(applications.id, id), eq(applications.changeId, changeId))),
        ],
        events: [
          event({
            type: "application.updated",
            entity: { type: "application", id },
            pipelineId: row.pipelineId,
            forClient: row.sharedWithClient,
            data: {
              applicationId: id,
              candidateId: row.candidateId ?? "",
              jobId: row.jobId ?? "",
              fields: ["deleted"],
            },
          }),
        ],
        audit: [
          {
            action: "APPLICATION_DELETE",
            entity: { type: "application", id },
            oldValue: { stage: held.key },
          },
        ],
        result: null,
      });
    },
    async () => undefined,
  );
}
