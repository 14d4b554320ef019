import { and, eq, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { events } from "../../events/table";
import { iso } from "../../lib/clock";
import { recountJobs } from "../pipelines/counts";
import type { MoveDetail } from "../pipelines/move-detail";
import { stages } from "../pipelines/table";
import type { StageKind } from "../pipelines/words";
import { dailyCounts } from "./table";

/** What is counted of each day: `applications` by source, `entered` and `left` by stage, the others as one. */
type Metric = "applications" | "entered" | "left" | "candidates" | "agents" | "hired" | "rejected";

/** Agents are counted under this instead of a job. */
export const POOL = "pool";

/** Counts what happened on each day, so that reports never count people. */
export const dailyCounter: Subscriber = {
  name: "daily-counts",
  types: [
    "application.received",
    "application.status_changed",
    "candidate.created",
    "agent.created",
    "agent.status_changed",
  ],
  handle: countEvent,
};

/** The calendar day of a time in UTC. */
export const dayOf = (at: number): string => iso(at).slice(0, 10);

interface Tally {
  metric: Metric;
  key?: string | undefined;
  count: number;
  seconds?: number;
}

async function countEvent(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const data = event.data as {
    jobId?: string;
    campaignId?: string;
    source?: string;
    oldStatus?: string;
    newStatus?: string;
  };
  if (event.type === "candidate.created") {
    return { writes: [add(ctx, dayOf(event.at), [""], [{ metric: "candidates", count: 1 }])] };
  }
  const { stageId, stoodSince, undoOf } = event.detail as unknown as MoveDetail;
  // An undo leaves the stage that the move entered: what that move counted is counted back, on its own day.
  const [order, before] = await ctx.db.read(
    ctx.db.select({ key: stages.key, kind: stages.kind }, stages, {
      where: undoOf
        ? and(eq(stages.pipelineId, event.pipelineId ?? ""), eq(stages.key, data.oldStatus ?? ""))
        : eq(stages.id, stageId),
    }),
    ctx.db.rows(events, {
      // The plus keeps SQLite on the events of this one, off those of a bulk action of hundreds.
      where: and(
        eq(events.entityId, undoOf ? event.entityId : ""),
        sql`+${events.changeId} = ${undoOf ?? ""}`,
      ),
    }),
  );
  const stage = order[0];
  // Campaigns are counted by themselves: nobody is hired twice.
  const where =
    event.entityType === "agent" ? [POOL] : data.campaignId ? [data.campaignId] : ["", data.jobId ?? ""];
  const recount =
    event.entityType === "application" && event.pipelineId ? [recountJobs(ctx, [event.pipelineId])] : [];
  if (undoOf) {
    const move = before.find(({ type }) => type === event.type);
    if (!move) return { writes: recount };
    const { oldStatus } = move.data as { oldStatus?: string };
    const since = (move.detail as unknown as MoveDetail).stoodSince;
    const back = moved(oldStatus, data.oldStatus, stage?.kind, stood(move.at, since), -1);
    return { writes: [add(ctx, dayOf(move.at), where, back), ...recount] };
  }
  const isMove = data.newStatus !== undefined;
  const tallies = isMove
    ? moved(data.oldStatus, data.newStatus, stage?.kind, stood(event.at, stoodSince), 1)
    : [
        event.entityType === "agent"
          ? { metric: "agents" as const, count: 1 }
          : { metric: "applications" as const, key: data.source, count: 1 },
        ...moved(undefined, stage?.key, stage?.kind, 0, 1),
      ];
  return { writes: [add(ctx, dayOf(event.at), where, tallies), ...recount] };
}

const stood = (at: number, since: number | undefined): number =>
  since === undefined ? 0 : Math.max(0, Math.round((at - since) / 1000));

function moved(
  from: string | undefined,
  to: string | undefined,
  kind: StageKind | undefined,
  seconds: number,
  by: 1 | -1,
): Tally[] {
  return [
    ...(from ? [{ metric: "left" as const, key: from, count: by, seconds: seconds * by }] : []),
    ...(to ? [{ metric: "entered" as const, key: to, count: by }] : []),
    ...(kind === "hired" || kind === "rejected" ? [{ metric: kind, count: by }] : []),
  ];
}

/** Adds to the counts of a day, for each of the named jobs. */
function add(ctx: Ctx, day: string, jobIds: string[], tallies: Tally[]): Statement {
  const rows = jobIds.flatMap((jobId) =>
    tallies.map(({ metric, key = "", count, seconds = 0 }) => [metric, jobId, key, count, seconds]),
  );
  const field = (i: number) => sql.raw(`json_extract(r.value, '$[${i}]')`);
  return ctx.db.sql(sql`insert into ${dailyCounts} (org_id, metric, job_id, day, key, count, seconds)
    select ${ctx.orgId}, ${field(0)}, ${field(1)}, ${day}, ${field(2)}, ${field(3)}, ${field(4)}
    from json_each(${JSON.stringify(rows)}) r where true
    on conflict (org_id, metric, job_id, day, key)
    do update set count = count + excluded.count, seconds = seconds + excluded.seconds`);
}
