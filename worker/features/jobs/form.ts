import { and, eq, sql } from "drizzle-orm";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { selectJobs } from "./jobs";
import type { FormChange, JobForm } from "./schema";
import { jobForms, jobs } from "./table";

type FormRow = Pick<typeof jobForms.$inferSelect, "number" | "fields" | "createdAt">;

export const presentForm = (jobId: string, row: FormRow | undefined): JobForm => ({
  jobId,
  version: row?.number ?? 0,
  fields: row?.fields ?? [],
  createdAt: row ? iso(row.createdAt) : null,
});

/** The query of one version of a job's form, the newest if left out. */
export function selectForm(ctx: Ctx, jobId: string, version?: number) {
  return ctx.db.rows(jobForms, {
    where: and(
      eq(jobForms.jobId, jobId),
      version === undefined
        ? sql`${jobForms.number} = (select form_version from ${jobs} where org_id = ${ctx.orgId} and id = ${jobId})`
        : eq(jobForms.number, version),
    ),
  });
}

/**
 * What a job asks those who apply: version 0 without questions while nobody wrote any.
 * @throws DomainError `not-found`
 */
export async function getForm(ctx: Ctx, jobId: string, version?: number): Promise<JobForm> {
  const [found, forms] = await ctx.db.read(
    selectJobs(ctx, eq(jobs.id, jobId)),
    selectForm(ctx, jobId, version),
  );
  if (!found[0]) throw notFound("job");
  if (version !== undefined && !forms[0]) throw notFound("version of this form");
  return presentForm(jobId, forms[0]);
}

/**
 * Writes the next version of a job's form; who applied keeps the one that they saw.
 * @param ifVersion the version of the form that was edited
 * @throws DomainError `not-found`, `outdated`
 */
export async function setForm(
  ctx: Ctx,
  jobId: string,
  { fields }: FormChange,
  ifVersion?: number,
): Promise<JobForm> {
  const attempt = async (): Promise<JobForm> => {
    const [found, forms] = await ctx.db.read(selectJobs(ctx, eq(jobs.id, jobId)), selectForm(ctx, jobId));
    const job = found[0];
    if (!job) throw notFound("job");
    if (ifVersion !== undefined && ifVersion !== job.formVersion)
      throw outdated(presentForm(jobId, forms[0]));
    const at = ctx.now();
    const changeId = newId("chg", at);
    const number = job.formVersion + 1;
    return await commit(ctx, {
      id: changeId,
      won: { table: jobs, id: jobId },
      writes: [
        ctx.db.update(
          jobs,
          { formVersion: number, changeId, updatedAt: at },
          and(eq(jobs.id, jobId), eq(jobs.formVersion, job.formVersion)),
        ),
        ctx.db.sql(sql`insert into ${jobForms} (org_id, job_id, number, fields, created_by, created_at)
          select ${ctx.orgId}, ${jobId}, ${number}, ${JSON.stringify(fields)}, ${ctx.actor.id}, ${at}
          where exists (select 1 from ${jobs}
            where org_id = ${ctx.orgId} and id = ${jobId} and change_id = ${changeId})`),
      ],
      events: [
        event({
          type: "job.updated",
          entity: { type: "job", id: jobId },
          pipelineId: job.pipelineId,
          data: { jobId, fields: ["form"] },
        }),
      ],
      audit: [
        {
          action: "JOB_FORM_UPDATE",
          entity: { type: "job", id: jobId },
          oldValue: { version: job.formVersion, keys: keysOf(forms[0]?.fields) },
          newValue: { version: number, keys: keysOf(fields) },
        },
      ],
      result: presentForm(jobId, { number, fields, createdAt: at }),
    });
  };
  return await onceMore(attempt, () => getForm(ctx, jobId));
}

const keysOf = (fields: { key: string }[] = []) => fields.map(({ key }) => key);
