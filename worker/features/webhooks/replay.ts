import { and, eq, gte, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, LostRace } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { presentDelivery, selectDeliveries } from "./deliveries";
import { pokeLane } from "./lane";
import type { DeliveryLine, Replay } from "./schema";
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookMessages } from "./table";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far back a range may reach, in days: what is sent is kept no longer. */
export const REPLAY_DAYS = 30;
/** Deliveries of one statement of a large replay. */
const PAGE = 2000;
/** The length of an id's prefix and time. */
const TIMED = "whd_".length + 10;

/** True of an attempt that runs at this moment. Whoever put it in line again would send it twice at once. */
const idle = (now: number) => or(isNull(webhookDeliveries.leaseUntil), lt(webhookDeliveries.leaseUntil, now));

/** An endpoint that is on, for a delivery of the statement around it. */
const toWhomIsOn = (ctx: Ctx) => sql`exists (select 1 from ${webhookEndpoints} on_
  where on_.org_id = ${ctx.orgId} and on_.id = ${webhookDeliveries.endpointId} and on_.status = 'enabled'
    and on_.removed_at is null)`;

/** Its bytes, which are sent again as they are, and which retention may have taken. */
const withBody = (ctx: Ctx) => sql`exists (select 1 from ${webhookMessages} message
  where message.org_id = ${ctx.orgId} and message.event_id = ${webhookDeliveries.eventId})`;

/** Makes an open circuit's next probe due now: somebody asks for it. One that is under way is not joined by another. */
export function askedProbe(ctx: Ctx, endpointId: string, won: SQL): Statement {
  return ctx.db.update(
    webhookEndpoints,
    { probeAt: ctx.now() },
    and(
      eq(webhookEndpoints.id, endpointId),
      eq(webhookEndpoints.circuit, "open"),
      eq(webhookEndpoints.status, "enabled"),
      won,
    ),
  );
}

/** The same row at the beginning of its schedule, whatever had become of it. */
const again = (now: number, changeId: string) => ({
  status: "pending" as const,
  failures: 0,
  queuedAt: now,
  nextAt: now,
  leaseUntil: null,
  replays: sql`${webhookDeliveries.replays} + 1`,
  reason: null,
  changeId,
  updatedAt: now,
});

/**
 * Sends one delivery again, now: the same row, the same bytes, the same id. With an open circuit it is the probe.
 * @throws DomainError `not-found`; `conflict` where its endpoint is off, its bytes are gone, or it is being sent
 */
export async function retryDelivery(ctx: Ctx, id: string): Promise<DeliveryLine> {
  const now = ctx.now();
  const changeId = newId("chg", now);
  const { row, attempts, endpoint, body } = await load(ctx, id);
  if (!row) throw notFound("delivery");
  const current = presentDelivery(row, attempts);
  if (!endpoint || endpoint.removedAt !== null)
    throw conflict("The endpoint of this delivery was removed, so there is nowhere to send it.", current);
  if (endpoint.status === "disabled")
    throw conflict("The endpoint of this delivery is off. Turn it on, then send this again.", current);
  if (!body) throw conflict(`What was sent is kept for ${REPLAY_DAYS} days, and this is older.`, current);
  const next = { ...row, ...again(now, changeId), replays: row.replays + 1 };
  const won = sql`exists (select 1 from ${webhookDeliveries}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
  try {
    const result = await commit(ctx, {
      id: changeId,
      won: { table: webhookDeliveries, id },
      writes: [
        ctx.db.update(
          webhookDeliveries,
          again(now, changeId),
          and(eq(webhookDeliveries.id, id), idle(now), toWhomIsOn(ctx), withBody(ctx)),
        ),
        askedProbe(ctx, row.endpointId, won),
      ],
      audit: [
        {
          action: "WEBHOOK_RETRY",
          entity: { type: "webhook_delivery", id },
          oldValue: { status: row.status },
          metadata: { endpointId: row.endpointId, eventId: row.eventId },
        },
      ],
      result: presentDelivery(next, attempts),
    });
    ctx.after(pokeLane(ctx.env, { id: row.endpointId, orgId: ctx.orgId }));
    return result;
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    throw conflict("This delivery is being sent at this moment. Look at what becomes of it.", current);
  }
}

async function load(ctx: Ctx, id: string) {
  const its = (column: "endpoint_id" | "event_id") =>
    sql`(select ${sql.raw(column)} from ${webhookDeliveries} where org_id = ${ctx.orgId} and id = ${id})`;
  const [rows, attempts, endpoints, bodies] = await ctx.db.read(
    selectDeliveries(ctx, eq(webhookDeliveries.id, id)),
    ctx.db.rows(webhookAttempts, { where: eq(webhookAttempts.deliveryId, id), orderBy: webhookAttempts.n }),
    ctx.db.select(
      { status: webhookEndpoints.status, removedAt: webhookEndpoints.removedAt },
      webhookEndpoints,
      { where: sql`${webhookEndpoints.id} = ${its("endpoint_id")}`, byKey: true },
    ),
    ctx.db.select({ eventId: webhookMessages.eventId }, webhookMessages, {
      where: sql`${webhookMessages.eventId} = ${its("event_id")}`,
      byKey: true,
    }),
  );
  return { row: rows[0], attempts, endpoint: endpoints[0], body: bodies[0] };
}

/**
 * The deliveries of a replay. What it has put in line is not among them any more, so that it can go on where
 * it stopped.
 */
function chosen(ctx: Ctx, input: Replay, { from, to, now }: Record<"from" | "to" | "now", number>) {
  const { endpointId, eventType, status } = input;
  return and(
    eq(webhookDeliveries.orgId, ctx.orgId),
    // Ids begin with their time, by which the indexes are in order.
    gte(webhookDeliveries.id, newId("whd", from).slice(0, TIMED)),
    lt(webhookDeliveries.id, newId("whd", to + 1).slice(0, TIMED)),
    gte(webhookDeliveries.createdAt, from),
    lt(webhookDeliveries.createdAt, to),
    lt(webhookDeliveries.queuedAt, now),
    endpointId === undefined ? undefined : eq(webhookDeliveries.endpointId, endpointId),
    eventType === undefined ? undefined : eq(webhookDeliveries.eventType, eventType),
    status === undefined
      ? inArray(webhookDeliveries.status, ["delivered", "exhausted", "cancelled"])
      : eq(webhookDeliveries.status, status),
    idle(now),
    toWhomIsOn(ctx),
    withBody(ctx),
  );
}

/** The oldest page of them. */
const firstOf = (ctx: Ctx, where: SQL | undefined) =>
  sql`${webhookDeliveries.id} in (select ${webhookDeliveries.id} from ${webhookDeliveries}
    where ${and(eq(webhookDeliveries.orgId, ctx.orgId), where)} order by ${webhookDeliveries.id} limit ${PAGE})`;

/** Puts them at the beginning of their schedule; behind an open circuit they are parked like all others there. */
function putBack(ctx: Ctx, changeId: string, now: number, where: SQL | undefined): Statement {
  const closed = sql`exists (select 1 from ${webhookEndpoints} to_ where to_.org_id = ${ctx.orgId}
    and to_.id = ${webhookDeliveries.endpointId} and to_.circuit = 'closed')`;
  return ctx.db.update(
    webhookDeliveries,
    {
      ...again(now, changeId),
      status: sql`case when ${closed} then 'pending' else 'parked' end`,
      nextAt: sql`case when ${closed} then ${now} end`,
    },
    where,
  );
}

/** Makes the next probe due now wherever this replay met an open circuit. */
function askedProbes(ctx: Ctx, changeId: string, now: number): Statement {
  return ctx.db.update(
    webhookEndpoints,
    { probeAt: now },
    and(
      eq(webhookEndpoints.circuit, "open"),
      eq(webhookEndpoints.status, "enabled"),
      sql`exists (select 1 from ${webhookDeliveries} replayed where replayed.endpoint_id = ${webhookEndpoints.id}
        and replayed.status = 'parked' and replayed.change_id = ${changeId})`,
    ),
  );
}

/**
 * Sends every delivery of a time range again, or with `dryRun` counts them. Those whose endpoint is off, whose
 * bytes are gone or which are being sent at this moment are not among them; nor, unless asked for by their
 * status, those that wait to be sent anyway.
 *
 * @returns how many
 * @throws DomainError `invalid` for a range that ends before it begins or reaches back more than 30 days;
 * `not-found` and `conflict` for an endpoint that isn't there or is off
 */
export async function replayRange(ctx: Ctx, input: Replay): Promise<{ count: number; dryRun: boolean }> {
  const now = ctx.now();
  const from = Date.parse(input.from);
  const to = input.to === undefined ? now : Date.parse(input.to);
  if (from >= to) throw invalid("to", "The range ends before it begins.");
  if (from < now - REPLAY_DAYS * DAY_MS)
    throw invalid("from", `What was sent is kept for ${REPLAY_DAYS} days. Begin the range within them.`);
  const where = chosen(ctx, input, { from, to, now });
  const [endpoints, counted] = await ctx.db.read(
    ctx.db.select({ id: webhookEndpoints.id, status: webhookEndpoints.status }, webhookEndpoints, {
      where: isNull(webhookEndpoints.removedAt),
    }),
    ctx.db.select({ n: sql<number>`count(*)` }, webhookDeliveries, { where }),
  );
  if (input.endpointId !== undefined) {
    const endpoint = endpoints.find(({ id }) => id === input.endpointId);
    if (!endpoint) throw notFound("endpoint");
    if (endpoint.status === "disabled")
      throw conflict("This endpoint is off, so nothing is sent there. Turn it on first.");
  }
  const count = counted[0]?.n ?? 0;
  if (input.dryRun) return { count, dryRun: true };
  const changeId = newId("chg", now);
  // A page at a time where there are many; each takes those that the ones before it left.
  for (let done = 0; count - done > PAGE; done += PAGE)
    await ctx.db.write([putBack(ctx, changeId, now, firstOf(ctx, where))]);
  await commit(ctx, {
    id: changeId,
    writes: [putBack(ctx, changeId, now, where), askedProbes(ctx, changeId, now)],
    audit: [
      {
        action: "WEBHOOK_REPLAY",
        entity: { type: "webhook_endpoint", id: input.endpointId ?? ctx.orgId },
        metadata: { ...input, count },
      },
    ],
    result: { count, dryRun: false },
  });
  if (count > 0)
    ctx.after(Promise.all(endpoints.map(({ id }) => pokeLane(ctx.env, { id, orgId: ctx.orgId }))));
  return { count, dryRun: false };
}
