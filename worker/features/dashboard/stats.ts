import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { candidates } from "../candidates/table";
import { clients } from "../clients/table";
import { documents } from "../documents/table";
import { jobs } from "../jobs/table";
import { JOB_STATUSES, WORKING_STATUSES } from "../jobs/words";
import { pipelines, stages } from "../pipelines/table";
import { STATUS_WORDS, type StatusWord } from "../pipelines/words";
import { tasks } from "../tasks/table";
import { dayOf } from "./counts";
import type { DashboardQuery, DashboardStats } from "./schema";
import { dailyCounts } from "./table";
import { COUNT_TO } from "./words";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days of the row of bars. */
const BARS = 30;

/** Counted up to `COUNT_TO`, so that no number costs more than that. */
export function counted(ctx: Ctx, table: SQL, where: SQL): SQL {
  return sql`(select count(*) from (select 1 from ${table} where org_id = ${ctx.orgId} and ${where} limit ${COUNT_TO}))`;
}

type Total = "openings" | "clients" | "candidates" | "open" | "overdue" | "documents";

function selectTotals(ctx: Ctx) {
  const of = (table: SQL, where: SQL) => counted(ctx, table, where);
  return ctx.db.sql<Record<`job_${(typeof JOB_STATUSES)[number]}` | Total, number>>(sql`select
    ${sql.join(
      JOB_STATUSES.map(
        (status) => sql`${of(sql`${jobs}`, sql`status = ${status}`)} as ${sql.identifier(`job_${status}`)}`,
      ),
      sql`, `,
    )},
    coalesce((select sum(openings) from ${jobs} where org_id = ${ctx.orgId} and status = 'open'), 0) as openings,
    ${of(sql`${clients}`, sql`status = 'active'`)} as clients,
    ${of(sql`${candidates}`, sql`1`)} as candidates,
    ${of(sql`${tasks}`, sql`status = 'open'`)} as open,
    ${of(sql`${tasks}`, sql`status = 'open' and due_at < ${ctx.now()}`)} as overdue,
    ${of(sql`${documents}`, sql`status = 'pending'`)} as documents`);
}

/** People in jobs that are worked on, by status: sums of the counts that stages keep. */
function selectStatuses(ctx: Ctx) {
  const words = sql.join(
    WORKING_STATUSES.map((status) => sql`${status}`),
    sql`, `,
  );
  return ctx.db.sql<{ status: StatusWord; people: number }>(sql`select s.status, sum(s.count) as people
    from ${jobs} j join ${stages} s on s.org_id = j.org_id and s.pipeline_id = j.pipeline_id
    where j.org_id = ${ctx.orgId} and j.status in (${words}) group by s.status`);
}

/** Sums over days of some metrics, by day or by what they are counted by. */
function selectDays(ctx: Ctx, metrics: string[], jobId: string, since: string, by: "day" | "key") {
  const names = sql.join(
    metrics.map((metric) => sql`${metric}`),
    sql`, `,
  );
  return ctx.db.sql<{ metric: string; of: string; count: number; seconds: number }>(sql`
    select metric, ${sql.identifier(by)} as "of", sum(count) as count, sum(seconds) as seconds from ${dailyCounts}
    where org_id = ${ctx.orgId} and metric in (${names}) and job_id = ${jobId} and day >= ${since}
    group by metric, ${sql.identifier(by)}`);
}

const BRIEF = { key: stages.key, name: stages.name, kind: stages.kind, count: stages.count };

/**
 * How the organization stands and how the last days went, in one round trip whose rows don't grow with the
 * number of people.
 * @throws DomainError `not-found` for the named job
 */
export async function getStats(ctx: Ctx, query: z.infer<typeof DashboardQuery>): Promise<DashboardStats> {
  const now = ctx.now();
  const { jobId } = query;
  const bars = Array.from({ length: BARS }, (_, i) => dayOf(now - (BARS - 1 - i) * DAY_MS));
  const since = dayOf(now - (Number(query.days) - 1) * DAY_MS);
  const [totals, statuses, pool, days, sums, order, found] = await ctx.db.read(
    selectTotals(ctx),
    selectStatuses(ctx),
    ctx.db.select(BRIEF, stages, {
      where: sql`${stages.pipelineId} = (select id from ${pipelines}
        where org_id = ${ctx.orgId} and kind = 'agent_pool')`,
      orderBy: asc(stages.position),
    }),
    selectDays(ctx, ["applications", "hired"], jobId ?? "", bars[0] ?? since, "day"),
    selectDays(ctx, ["applications", "entered", "left"], jobId ?? "", since, "key"),
    // Of all jobs together the stages are named as in the default template.
    ctx.db.select(BRIEF, stages, {
      where: jobId
        ? sql`${stages.pipelineId} = (select pipeline_id from ${jobs} where org_id = ${ctx.orgId} and id = ${jobId})`
        : sql`${stages.pipelineId} = (select id from ${pipelines}
            where org_id = ${ctx.orgId} and kind = 'template' and is_default = 1 limit 1)`,
      orderBy: asc(stages.position),
    }),
    ctx.db.select({ id: jobs.id }, jobs, { where: and(eq(jobs.id, jobId ?? "")) }),
  );
  if (jobId && !found[0]) throw notFound("job");
  const total = (name: Total | `job_${(typeof JOB_STATUSES)[number]}`) => totals[0]?.[name] ?? 0;
  const on = (metric: string, of: string) =>
    days.find((row) => row.metric === metric && row.of === of)?.count ?? 0;
  const by = (metric: string) => sums.filter((row) => row.metric === metric && row.count > 0);
  const inOrder = named(
    order,
    sums.filter(({ metric }) => metric !== "applications").map((row) => row.of),
  );
  return {
    totals: {
      jobs: {
        draft: total("job_draft"),
        open: total("job_open"),
        on_hold: total("job_on_hold"),
        closed: total("job_closed"),
        filled: total("job_filled"),
      },
      openings: total("openings"),
      clients: total("clients"),
      candidates: total("candidates"),
      applications: forEachWord((word) => statuses.find((row) => row.status === word)?.people ?? 0),
      agents: pool.map(({ key, ...rest }) => ({ stage: key, ...rest })),
      tasks: { open: total("open"), overdue: total("overdue") },
      documentsToReview: total("documents"),
    },
    perDay: bars.map((day) => ({ day, applications: on("applications", day), hires: on("hired", day) })),
    funnel: inOrder.map((stage) => ({
      ...stage,
      entered: by("entered").find(({ of }) => of === stage.stage)?.count ?? 0,
    })),
    timeInStage: inOrder.flatMap((stage) => {
      const row = by("left").find(({ of }) => of === stage.stage);
      if (!row) return [];
      const meanDays = Math.max(0, row.seconds) / row.count / (DAY_MS / 1000);
      return [{ ...stage, people: row.count, days: Math.round(meanDays * 100) / 100 }];
    }),
    sources: by("applications")
      .map(({ of, count }) => ({ source: of, applications: count }))
      .sort((a, b) => b.applications - a.applications),
    links: {
      jobs: "/jobs",
      openings: "/jobs?status=open",
      clients: "/clients?status=active",
      candidates: "/candidates",
      applications: forEachWord((word) => `/applications?status=${word}`),
      agents: "/pool",
      tasks: "/tasks?whose=all",
      overdueTasks: "/tasks?whose=all&overdue=yes",
      documentsToReview: "/documents/review",
    },
  };
}

function forEachWord<T>(of: (word: StatusWord) => T): Record<StatusWord, T> {
  return Object.fromEntries(STATUS_WORDS.map((word) => [word, of(word)])) as Record<StatusWord, T>;
}

type Named = Pick<DashboardStats["funnel"][number], "stage" | "name" | "kind">;

/** Stages in their order, and behind them those that only some jobs have, by the words of their key. */
function named(order: { key: string; name: string; kind: Named["kind"] }[], keys: string[]): Named[] {
  const known = order.map(({ key, name, kind }) => ({ stage: key, name, kind }));
  const others = [...new Set(keys)].filter((key) => !order.some((stage) => stage.key === key)).sort();
  const words = (key: string) => key.charAt(0).toUpperCase() + key.slice(1).replace(/[-_]+/g, " ");
  return [...known, ...others.map((key) => ({ stage: key, name: words(key), kind: "open" as const }))];
}
