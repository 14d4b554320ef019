import { sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { applications } from "../pipelines/table";
import { clientScope } from "../users/scope";
import type { InterviewStats } from "./schema";
import { interviews } from "./table";
import { INTERVIEW_STATUSES, type InterviewStatus } from "./words";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How many interviews that the caller may see stand in which status, and what is booked.
 * @param from where today begins, in milliseconds; midnight UTC if left out
 */
export async function interviewStats(ctx: Ctx, from?: number): Promise<InterviewStats> {
  const client = clientScope(ctx);
  const now = ctx.now();
  const today = from ?? now - (now % DAY_MS);
  const seen =
    client === null
      ? sql``
      : sql`and i.client_id = ${client} and i.status <> 'Draft' and exists (select 1 from ${applications} a
          where a.id = i.application_id and a.org_id = ${ctx.orgId}
            and a.shared_with_client = 1 and a.archived = 0)`;
  const [statuses, booked] = await ctx.db.read(
    ctx.db.sql<{ status: InterviewStatus; count: number }>(
      sql`select i.status, count(*) as count from ${interviews} i where i.org_id = ${ctx.orgId} ${seen} group by i.status`,
    ),
    ctx.db.sql<{ today: number | null; upcoming: number | null }>(
      sql`select sum(i.starts_at >= ${today} and i.starts_at < ${today + DAY_MS}) as today,
          sum(i.starts_at >= ${now}) as upcoming
        from ${interviews} i where i.org_id = ${ctx.orgId} and i.status in ('Confirmed','Scheduled')
          and i.starts_at >= ${Math.min(today, now)} ${seen}`,
    ),
  );
  const counts = Object.fromEntries(INTERVIEW_STATUSES.map((status) => [status, 0])) as Record<
    InterviewStatus,
    number
  >;
  for (const { status, count } of statuses) counts[status] = count;
  return {
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    statuses: counts,
    today: booked[0]?.today ?? 0,
    upcoming: booked[0]?.upcoming ?? 0,
    toDecide: counts.Completed,
  };
}
