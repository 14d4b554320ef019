import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { actorOf, selectEvents } from "../pipelines/changes";
import { applications } from "../pipelines/table";
import { isTeam } from "../users/scope";
import { selectApplications, stagesOf, visibleApplications } from "./applications";
import type { History, HistoryEntry } from "./schema";

/** Steps shown; a way through a pipeline has far fewer. */
const MOST = 500;

/**
 * The whole way of an application, oldest first, with how long each stage took.
 * @throws DomainError `not-found`
 */
export async function getHistory(ctx: Ctx, id: string): Promise<z.infer<typeof History>> {
  const its = (column: string) =>
    sql`(select ${sql.raw(column)} from ${applications} where org_id = ${ctx.orgId} and id = ${id})`;
  const [rows, order, steps] = await ctx.db.read(
    selectApplications(ctx, and(eq(applications.id, id), visibleApplications(ctx))),
    stagesOf(ctx, its("pipeline_id")),
    selectEvents(
      ctx.db,
      and(
        // An agent's way is told by the agent's own events.
        sql`${events.entityId} = coalesce(${its("agent_id")}, ${id})`,
        inArray(events.type, [
          "application.received",
          "application.status_changed",
          "agent.created",
          "agent.status_changed",
        ]),
      ),
      asc(events.entitySeq),
      MOST,
    ),
  );
  const row = rows[0];
  if (!row) throw notFound("application");
  const first = order[0]?.key ?? row.stageKey;
  const name = (key: string) => order.find((stage) => stage.key === key)?.name ?? key;
  const data = steps.map((step, i): HistoryEntry => {
    const { oldStatus, newStatus, reason } = step.data as Record<string, string | undefined>;
    const detail = step.detail as { reason?: string; undoOf?: string; stage?: string };
    const to = newStatus ?? detail.stage ?? first;
    const next = steps[i + 1];
    return {
      id: step.id,
      seq: step.seq,
      at: iso(step.at),
      actor: actorOf(step),
      from: oldStatus ?? null,
      fromName: oldStatus === undefined ? null : name(oldStatus),
      to,
      toName: name(to),
      // What the team says of a rejection is between it and the person.
      reason: isTeam(ctx) ? (reason ?? detail.reason ?? null) : null,
      undo: detail.undoOf !== undefined,
      seconds: next ? Math.round((next.at - step.at) / 1000) : null,
    };
  });
  return { data, nextCursor: null };
}
