import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { OrgDatabase, RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { integrations } from "../inbox/table";
import { can } from "../users/permissions";
import { users } from "../users/table";
import type { Role } from "../users/words";
import type { Changes, LiveEvent } from "./schema";
import { pipelines } from "./table";
import { visiblePipelines } from "./visible";

const EVENT = {
  id: events.id,
  seq: events.seq,
  type: events.type,
  at: events.at,
  actorKind: events.actorKind,
  actorId: events.actorId,
  /** A source outside has one name only. */
  firstName: sql<string | null>`coalesce(${users.firstName}, ${integrations.name})`,
  lastName: users.lastName,
  entityType: events.entityType,
  entityId: events.entityId,
  entitySeq: events.entitySeq,
  userId: events.userId,
  forClient: events.forClient,
  data: events.data,
  detail: events.detail,
};

/** Events with the name of who caused them, which is looked up when read and never stored. */
export function selectEvents(db: OrgDatabase, where: SQL | undefined, order: SQL | undefined, limit: number) {
  return db.select(EVENT, events, {
    where,
    limit,
    join: [
      { table: users, on: eq(users.id, events.actorId), left: true },
      {
        table: integrations,
        on: sql`${integrations.id} = ${events.actorId} and ${events.actorKind} = 'integration'`,
        left: true,
      },
    ],
    orderBy: order ?? asc(events.seq),
  });
}
export type EventRow = Omit<RowOf<typeof selectEvents>, "firstName" | "lastName"> & {
  /** Of the acting user or source; null for the product itself. */
  firstName: string | null;
  lastName: string | null;
};

/** Who did it, in words. */
export function actorOf(
  row: Pick<EventRow, "actorKind" | "actorId" | "firstName" | "lastName">,
): LiveEvent["actor"] {
  const name = `${row.firstName ?? ""} ${row.lastName ?? ""}`.trim();
  return {
    kind: row.actorKind,
    id: row.actorId,
    name: name || (row.actorKind === "user" ? "Somebody" : "Portico"),
  };
}

/** Whose eyes events are for, of those who have a login. */
export type Reader = { kind: "team" } | { kind: "client" } | { kind: "own"; userId: string };
/** Besides them whoever has a personal link, in the browser whose secret has this hash. */
export type Audience = Reader | { kind: "applicant"; applicationId: string; browser: string | null };

/** The audience that a caller is. */
export function audienceOf(role: Role, userId: string): Reader {
  if (can(role, "pipeline.watch", { own: false })) return { kind: "team" };
  return role === "client_user" ? { kind: "client" } : { kind: "own", userId };
}

/** Why somebody was moved is the team's; what a stage is called, it tells the person in other words. */
function dataFor({ type, data }: EventRow, audience: Audience): Record<string, unknown> {
  if (audience.kind === "team" || type !== "application.status_changed") return data;
  const { reason: _, ...rest } = data;
  if (audience.kind === "client") return rest;
  const { applicationId, candidateId, jobId } = rest;
  return { applicationId, candidateId, jobId };
}

/** An event as the socket and `changes` alike send it to these eyes. */
export function presentEvent(row: EventRow, audience: Audience): LiveEvent {
  return {
    id: row.id,
    seq: row.seq,
    type: row.type,
    at: iso(row.at),
    actor: actorOf(row),
    entity: { type: row.entityType, id: row.entityId, seq: row.entitySeq },
    data: dataFor(row, audience),
  };
}

/**
 * Events of a pipeline after `since`, in the order of their commits. A client's people get those about
 * what is shared with them, agents and candidates those about themselves.
 */
export async function getChanges(
  ctx: Ctx,
  pipelineId: string,
  input: { since: number; limit: number; audience: Reader },
): Promise<Changes> {
  // The unary plus keeps SQLite on the index of the person's own channel, which is far shorter.
  const { audience } = input;
  const mine =
    audience.kind === "own"
      ? and(eq(events.userId, audience.userId), sql`+${events.pipelineId} = ${pipelineId}`)
      : and(
          eq(events.pipelineId, pipelineId),
          audience.kind === "client" ? eq(events.forClient, true) : undefined,
        );
  const [found, rows] = await ctx.db.read(
    ctx.db.select({ id: pipelines.id }, pipelines, {
      where: and(eq(pipelines.id, pipelineId), visiblePipelines(ctx, "pipeline.watch")),
    }),
    selectEvents(ctx.db, and(mine, gt(events.seq, input.since)), asc(events.seq), input.limit + 1),
  );
  if (!found[0]) throw notFound("pipeline");
  const shown = rows.slice(0, input.limit);
  return {
    data: shown.map((row) => presentEvent(row, audience)),
    seq: shown.at(-1)?.seq ?? input.since,
    hasMore: rows.length > input.limit,
  };
}
