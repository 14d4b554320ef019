import { eq, or, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import type { FormField, Job } from "../jobs/schema";
import { jobForms, jobs } from "../jobs/table";
import { newStamp } from "./signs";
import { EQUAL_OPPORTUNITY_QUESTIONS, type EqualOpportunityQuestion } from "./words";

/** What the page where one applies shows and sends back. */
export interface ApplyForm {
  job: Pick<
    Job,
    "id" | "slug" | "title" | "status" | "location" | "remote" | "department" | "employmentType"
  >;
  /** False where the job takes nobody any more. */
  open: boolean;
  /** The version of the form; 0 where it asks nothing of its own. */
  version: number;
  fields: FormField[];
  /** Empty where the organization doesn't ask. */
  equalOpportunity: readonly EqualOpportunityQuestion[];
  /** Goes along as `form-stamp`: when the page was made, signed. Each rendering has its own. */
  stamp: string;
}

/**
 * The form of a job as the public sees it, in one round trip.
 *
 * @param job its id or its short name
 * @param version the version that somebody began to fill in; the newest if left out or unknown
 * @throws DomainError `not-found` for a job that is unknown or not published
 */
export async function loadApplyForm(ctx: Ctx, job: string, version?: number): Promise<ApplyForm> {
  const its = (column: string) =>
    sql`(select ${sql.raw(column)} from ${jobs} where org_id = ${ctx.orgId} and (id = ${job} or slug = ${job}) limit 1)`;
  const [found, orgs, forms] = await ctx.db.read(
    ctx.db.rows(jobs, { where: or(eq(jobs.id, job), eq(jobs.slug, job)), limit: 1 }),
    ctx.db.organization(),
    ctx.db.rows(jobForms, {
      where: sql`${jobForms.jobId} = ${its("id")} and ${jobForms.number} in (${version ?? -1}, ${its("form_version")})`,
      orderBy: sql`${jobForms.number} = ${version ?? -1} desc`,
      limit: 1,
    }),
  );
  const row = found[0];
  if (!row || row.status === "draft") throw notFound("job");
  const { id, slug, title, status, location, remote, department, employmentType } = row;
  // Whoever began before there were questions is asked none.
  const form = version === 0 ? undefined : forms[0];
  return {
    job: { id, slug, title, status, location, remote, department, employmentType },
    open: status === "open",
    version: form?.number ?? 0,
    fields: form?.fields ?? [],
    equalOpportunity: orgs[0]?.asksEqualOpportunity ? EQUAL_OPPORTUNITY_QUESTIONS : [],
    stamp: await newStamp(ctx.env, id, ctx.now()),
  };
}
