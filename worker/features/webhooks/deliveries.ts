import { and, asc, desc, eq, getTableColumns, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { DomainError, notFound } from "../../lib/errors";
import type { Attempt, Delivery, DeliveryLine, DeliveryQuery } from "./schema";
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookMessages } from "./table";
import { DELIVERY_STATUSES, type DeliveryStatus } from "./words";

type Filters = Omit<z.infer<typeof DeliveryQuery>, "limit" | "cursor">;
type AttemptRow = typeof webhookAttempts.$inferSelect;

/** Deliveries with the address of their endpoint, which a removed one keeps. */
export function selectDeliveries(
  ctx: Ctx,
  where: SQL | undefined,
  find: { orderBy?: SQL[]; limit?: number } = {},
) {
  return ctx.db.select(
    {
      ...getTableColumns(webhookDeliveries),
      endpointUrl: sql<string>`${webhookEndpoints.url}`,
    },
    webhookDeliveries,
    {
      where,
      ...find,
      join: [{ table: webhookEndpoints, on: eq(webhookEndpoints.id, webhookDeliveries.endpointId) }],
    },
  );
}
export type ShownDelivery = RowOf<typeof selectDeliveries>;

/** A delivery as the API shows it. */
export function presentDelivery(row: ShownDelivery, attempts: readonly AttemptRow[]): DeliveryLine {
  return {
    id: row.id,
    endpointId: row.endpointId,
    endpointUrl: row.endpointUrl,
    eventId: row.eventId,
    eventType: row.eventType,
    eventSeq: row.eventSeq,
    entityId: row.entityId,
    status: row.status,
    attemptCount: row.attempts,
    attempts: attempts.map(presentAttempt),
    nextAt: isoOrNull(row.nextAt),
    deliveredAt: isoOrNull(row.deliveredAt),
    lastCause: row.lastCause,
    lastStatusCode: row.lastStatusCode,
    lastLatencyMs: row.lastLatencyMs,
    replays: row.replays,
    reason: row.reason,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

function presentAttempt(row: AttemptRow): Attempt {
  return {
    n: row.n,
    at: iso(row.at),
    statusCode: row.statusCode,
    latencyMs: row.latencyMs,
    cause: row.cause,
    request: row.request,
    response: row.response,
  };
}

/** One delivery with every attempt and the bytes that are sent. @throws DomainError `not-found` */
export async function getDelivery(ctx: Ctx, id: string): Promise<Delivery> {
  const [rows, attempts, messages] = await ctx.db.read(
    selectDeliveries(ctx, eq(webhookDeliveries.id, id)),
    ctx.db.rows(webhookAttempts, {
      where: eq(webhookAttempts.deliveryId, id),
      orderBy: asc(webhookAttempts.n),
    }),
    ctx.db.select({ body: webhookMessages.body }, webhookMessages, {
      where: sql`${webhookMessages.eventId} = (select event_id from ${webhookDeliveries}
        where org_id = ${ctx.orgId} and id = ${id})`,
    }),
  );
  if (!rows[0]) throw notFound("delivery");
  return { ...presentDelivery(rows[0], attempts), body: messages[0]?.body ?? null };
}

/**
 * A page of deliveries, the newest first, in one round trip. Their attempts come without request and response,
 * of which one delivery alone may have a hundred kilobytes.
 * @throws DomainError `invalid` for a status that is none
 */
export async function listDeliveries(ctx: Ctx, query: z.infer<typeof DeliveryQuery>) {
  const { limit, cursor, ...filters } = query;
  const statuses = statusesOf(filters.status);
  const scope = { list: "webhook-deliveries", orgId: ctx.orgId, filters };
  const position = await readCursor(ctx.env, scope, cursor);
  const ids = pageOfIds(ctx, filters, statuses, position?.[0] as string | undefined, limit + 1);
  const { request: _, response: __, ...brief } = getTableColumns(webhookAttempts);
  const [rows, attempts] = await ctx.db.read(
    selectDeliveries(ctx, sql`${webhookDeliveries.id} in (${ids})`, {
      orderBy: [desc(webhookDeliveries.id)],
    }),
    ctx.db.select(brief, webhookAttempts, {
      where: sql`${webhookAttempts.deliveryId} in (${ids})`,
      orderBy: asc(webhookAttempts.n),
      byKey: true,
    }),
  );
  const byDelivery = Map.groupBy(attempts, (attempt) => attempt.deliveryId);
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) =>
      presentDelivery(
        row,
        (byDelivery.get(row.id) ?? []).map((attempt) => ({ ...attempt, request: null, response: null })),
      ),
  );
}

function statusesOf(text: string | undefined): DeliveryStatus[] | null {
  if (text === undefined) return null;
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.filter((word) => !(DELIVERY_STATUSES as readonly string[]).includes(word));
  if (unknown.length > 0) {
    throw new DomainError("invalid", "A status in the query is none.", {
      errors: [
        { path: "status", message: `Choose among ${DELIVERY_STATUSES.join(", ")}, with commas between.` },
      ],
    });
  }
  return [...new Set(words)] as DeliveryStatus[];
}

/** The ids of a page as a query of its own: each status walks its own index, and the newest of all are kept. */
function pageOfIds(
  ctx: Ctx,
  filters: Filters,
  statuses: DeliveryStatus[] | null,
  after: string | undefined,
  limit: number,
): SQL {
  const walk = (status: DeliveryStatus | null) =>
    sql`select * from (select id from ${webhookDeliveries} where ${and(
      eq(webhookDeliveries.orgId, ctx.orgId),
      ...narrow(filters, status),
      after === undefined ? undefined : lt(webhookDeliveries.id, after),
    )} order by id desc limit ${limit})`;
  const walks = (statuses ?? [null]).map(walk);
  return sql`select id from (${sql.join(walks, sql` union all `)}) order by id desc limit ${limit}`;
}

/**
 * The filters, each so that SQLite takes the index which has the fewest rows to pass over: an event has a few
 * deliveries, what isn't delivered is rare, and an endpoint or a type is what is left. The plus hides a column
 * from the choice.
 */
function narrow(filters: Filters, status: DeliveryStatus | null): (SQL | undefined)[] {
  const { endpointId, eventId, eventType } = filters;
  const byStatus = status !== null && status !== "delivered" && eventId === undefined;
  const byEndpoint = !byStatus && eventId === undefined && endpointId !== undefined;
  const byType = !byStatus && !byEndpoint && eventId === undefined;
  const kept = (chosen: boolean, column: SQL.Aliased | unknown, value: string | null | undefined) =>
    value === undefined || value === null
      ? undefined
      : chosen
        ? sql`${column} = ${value}`
        : sql`+${column} = ${value}`;
  return [
    kept(true, webhookDeliveries.eventId, eventId),
    kept(byStatus || (byType && eventType === undefined), webhookDeliveries.status, status),
    kept(byEndpoint, webhookDeliveries.endpointId, endpointId),
    kept(byType, webhookDeliveries.eventType, eventType),
  ];
}
