import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { unindex } from "../../db/search";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { countJobs } from "../clients/counts";
import { pipelines, stageActions, stages } from "../pipelines/table";
import { tasks } from "../tasks/table";
import { selectApplied, someoneApplied } from "./applied";
import { statusEvent, updatedEvent } from "./events";
import { getJob, type JobRow, presentJob, selectJobs } from "./jobs";
import { jobForms, jobs, jobTeam } from "./table";

/**
 * Removes a job that nobody ever applied to, with its form, team and pipeline.
 * @throws DomainError `not-found`, `outdated`, `conflict` once somebody applied
 */
export async function deleteJob(ctx: Ctx, id: string, ifVersion?: number): Promise<void> {
  const attempt = async () => {
    const [rows, applied] = await ctx.db.read(selectJobs(ctx, eq(jobs.id, id)), selectApplied(ctx, id));
    const old = rows[0];
    if (!old) throw notFound("job");
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(presentJob(ctx, old));
    if (applied.length > 0) {
      throw conflict(
        "People applied to this job, so it stays with their history. Close it instead: set its status to closed.",
        presentJob(ctx, old),
      );
    }
    const changeId = newId("chg", ctx.now());
    const won = sql`exists (select 1 from ${jobs}
      where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
    const guard = and(eq(jobs.id, id), eq(jobs.version, old.version), sql`not ${someoneApplied(ctx, id)}`);
    const open = old.status === "open";
    await commit(ctx, {
      id: changeId,
      won: { table: jobs, id },
      writes: [
        ctx.db.update(jobs, { changeId }, guard),
        countJobs(ctx, old.clientId, { jobs: -1, open: open ? -1 : 0 }, won),
        ...partsGone(ctx, old, won),
      ],
      afterwards: [ctx.db.delete(jobs, and(eq(jobs.id, id), eq(jobs.changeId, changeId)))],
      events: [open ? statusEvent({ ...old, status: "closed" }, old) : updatedEvent(old, ["deleted"])],
      audit: [
        {
          action: "JOB_DELETE",
          entity: { type: "job", id },
          oldValue: { title: old.title, clientId: old.clientId, status: old.status },
        },
      ],
      result: null,
    });
  };
  await onceMore(attempt, () => getJob(ctx, id));
}

function partsGone(ctx: Ctx, job: JobRow, won: SQL): Statement[] {
  const { id, pipelineId } = job;
  return [
    ctx.db.sql(unindex(job.searchKey, won)),
    ctx.db.delete(jobForms, and(eq(jobForms.jobId, id), won)),
    ctx.db.delete(jobTeam, and(eq(jobTeam.jobId, id), won)),
    // A to-do about it is still to do.
    ctx.db.update(tasks, { jobId: null }, and(eq(tasks.jobId, id), won)),
    ctx.db.delete(
      stageActions,
      and(
        sql`${stageActions.stageId} in (select id from ${stages} where org_id = ${ctx.orgId} and pipeline_id = ${pipelineId})`,
        won,
      ),
    ),
    ctx.db.delete(stages, and(eq(stages.pipelineId, pipelineId), won)),
    ctx.db.delete(pipelines, and(eq(pipelines.id, pipelineId), won)),
  ];
}
