import { and, eq, gte, sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import type { Ctx } from "../../events/context";
import { clock, iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { jobs } from "../jobs/table";
import { organizations } from "../organizations/table";
import type { ApplySteps, NewStep } from "./schema";
import { applySteps } from "./table";
import { APPLY_STEPS, type ApplyStep } from "./words";

const DAY_MS = 24 * 60 * 60 * 1000;
const dayOf = (at: number) => iso(at).slice(0, 10);

/** The statement that counts one more who came so far in a job's form today. */
export function countStep(ctx: Ctx, jobId: string, step: ApplyStep) {
  return ctx.db.sql(sql`insert into ${applySteps} (org_id, job_id, day, step, count)
    values (${ctx.orgId}, ${jobId}, ${dayOf(ctx.now())}, ${step}, 1)
    on conflict (org_id, job_id, day, step) do update set count = count + 1`);
}

/**
 * Counts somebody who came to a part of an open job's form, in one round trip. Who it was isn't kept.
 * @throws DomainError `not-found`
 */
export async function noteStep(env: Env, input: NewStep, meter?: Meter): Promise<void> {
  const index = directory(env, meter);
  const [counted] = (await index.write([
    index.orm
      .insert(applySteps)
      .select(
        sql`select ${organizations.id}, ${jobs.id}, ${dayOf(clock.now())}, ${input.step}, 1
          from ${organizations} join ${jobs} on ${jobs.orgId} = ${organizations.id}
          where ${organizations.slug} = ${input.org} and (${jobs.id} = ${input.job} or ${jobs.slug} = ${input.job})
            and ${jobs.status} = 'open' limit 1`,
      )
      .onConflictDoUpdate({
        target: [applySteps.orgId, applySteps.jobId, applySteps.day, applySteps.step],
        set: { count: sql`${applySteps.count} + 1` },
      })
      .returning({ step: applySteps.step }),
  ])) as [unknown[]];
  if (counted.length === 0) throw notFound("job");
}

/**
 * How many got how far in a job's form, since so many days.
 * @throws DomainError `not-found`
 */
export async function stepsOf(ctx: Ctx, jobId: string, days: number): Promise<ApplySteps> {
  const from = dayOf(ctx.now() - (days - 1) * DAY_MS);
  const [found, counted] = await ctx.db.read(
    ctx.db.select({ id: jobs.id }, jobs, { where: eq(jobs.id, jobId) }),
    ctx.db.select({ step: applySteps.step, count: applySteps.count }, applySteps, {
      where: and(eq(applySteps.jobId, jobId), gte(applySteps.day, from)),
    }),
  );
  if (!found[0]) throw notFound("job");
  const sum = (step: ApplyStep) =>
    counted.reduce((total, row) => total + (row.step === step ? row.count : 0), 0);
  return { jobId, from, steps: APPLY_STEPS.map((step) => ({ step, count: sum(step) })) };
}
