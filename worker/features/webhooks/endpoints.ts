import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { page, readCursor } from "../../db/cursor";
import { commit, LostRace } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { conflict, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { ownerOfHost } from "../careers/hosts";
import { checkEvents } from "./event-types";
import { statusCounts } from "./health";
import { beginPeriod } from "./periods";
import type { Endpoint, EndpointWithSecret, NewEndpoint } from "./schema";
import { newEndpointSecret, openHeaders, type SealedPlace, sealHeaders, sealSecret } from "./secrets";
import { webhookCounts, webhookEndpoints } from "./table";
import { checkHeaders, checkTarget } from "./targets";

export type EndpointRow = typeof webhookEndpoints.$inferSelect;
type CountRow = typeof webhookCounts.$inferSelect;

/** The most endpoints that an organization may have. */
export const MOST_ENDPOINTS = 50;

/** A row of this organization and how many deliveries it has in each status. */
export interface LoadedEndpoint {
  row: EndpointRow;
  counts: CountRow[];
}

/** Where the secrets of an endpoint belong. */
export const sealedPlace = (ctx: Ctx, id: string): SealedPlace => ({
  orgId: ctx.orgId,
  table: "webhook_endpoints",
  id,
});

/** An endpoint as the API shows it: of its secrets nothing, of its own headers the names. */
export async function presentEndpoint(
  ctx: Ctx,
  row: EndpointRow,
  counts: readonly CountRow[],
): Promise<Endpoint> {
  const headers = await openHeaders(ctx.env, sealedPlace(ctx, row.id), row.headers);
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events,
    ordering: row.ordering,
    headerNames: Object.keys(headers),
    ratePerSecond: row.ratePerSecond,
    status: row.status,
    disabledReason: row.disabledReason,
    disabledAt: isoOrNull(row.disabledAt),
    circuit: row.circuit,
    probeAt: isoOrNull(row.probeAt),
    failingSince: isoOrNull(row.failingSince),
    lastSuccessAt: isoOrNull(row.lastSuccessAt),
    lastFailureAt: isoOrNull(row.lastFailureAt),
    lastCause: row.lastCause,
    lastStatusCode: row.lastStatusCode,
    previousSecretUntil:
      row.previousUntil !== null && row.previousUntil > ctx.now() ? iso(row.previousUntil) : null,
    counts: statusCounts(counts),
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** One endpoint and how many deliveries it has. @throws DomainError `not-found`, also for a removed one */
export async function loadEndpoint(ctx: Ctx, id: string): Promise<LoadedEndpoint> {
  const [rows, counts] = await ctx.db.read(
    ctx.db.rows(webhookEndpoints, {
      where: and(eq(webhookEndpoints.id, id), isNull(webhookEndpoints.removedAt)),
    }),
    ctx.db.rows(webhookCounts, { where: eq(webhookCounts.endpointId, id), byKey: true }),
  );
  if (!rows[0]) throw notFound("endpoint");
  return { row: rows[0], counts };
}

/** @throws DomainError `not-found` */
export async function getEndpoint(ctx: Ctx, id: string): Promise<Endpoint> {
  const { row, counts } = await loadEndpoint(ctx, id);
  return await presentEndpoint(ctx, row, counts);
}

/** A page of endpoints, the newest first. */
export async function listEndpoints(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const scope = { list: "webhook-endpoints", orgId: ctx.orgId };
  const after = await readCursor(ctx.env, scope, cursor);
  const [rows, counts] = await ctx.db.read(
    ctx.db.rows(webhookEndpoints, {
      where: and(
        isNull(webhookEndpoints.removedAt),
        after ? lt(webhookEndpoints.id, after[0] as string) : undefined,
      ),
      orderBy: desc(webhookEndpoints.id),
      limit: limit + 1,
    }),
    ctx.db.rows(webhookCounts),
  );
  const countsOf = Map.groupBy(counts, (row) => row.endpointId);
  const shown = new Map<string, Endpoint>();
  for (const row of rows) shown.set(row.id, await presentEndpoint(ctx, row, countsOf.get(row.id) ?? []));
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) => shown.get(row.id) as Endpoint,
  );
}

/**
 * Where events may be sent: public, and not to ourselves, which would go round for ever.
 * @returns the address as it is stored
 * @throws DomainError `invalid`
 */
export async function checkUrl(ctx: Ctx, text: string): Promise<string> {
  const url = checkTarget(ctx.env, text);
  if ((await ownerOfHost(ctx.env, url.hostname, ctx.db.meter)) !== null)
    throw invalid("url", "This is an address of Portico itself. Events would come back to where they began.");
  return url.href;
}

/**
 * Subscribes an address to events from now on. Its secret is shown in this answer and never again.
 * @throws DomainError `invalid` for the address, the events or the headers; `conflict` beyond 50 endpoints
 */
export async function createEndpoint(ctx: Ctx, input: NewEndpoint): Promise<EndpointWithSecret> {
  const now = ctx.now();
  const changeId = newId("chg", now);
  const id = newId("whe", now);
  const events = checkEvents(input.events);
  const headers = checkHeaders(input.headers);
  const url = await checkUrl(ctx, input.url);
  const secret = newEndpointSecret();
  const row: EndpointRow = {
    id,
    orgId: ctx.orgId,
    url,
    description: input.description,
    events,
    ordering: input.ordering,
    headers: await sealHeaders(ctx.env, sealedPlace(ctx, id), headers),
    ratePerSecond: input.ratePerSecond,
    secret: await sealSecret(ctx.env, sealedPlace(ctx, id), secret),
    previousSecret: null,
    previousUntil: null,
    status: "enabled",
    disabledReason: null,
    disabledAt: null,
    circuit: "closed",
    failures: 0,
    probes: 0,
    probeAt: null,
    failingSince: null,
    toldFailing: false,
    lastSuccessAt: null,
    lastFailureAt: null,
    lastCause: null,
    lastStatusCode: null,
    createdBy: ctx.actor.id,
    removedAt: null,
    version: 1,
    changeId,
    createdAt: now,
    updatedAt: now,
  };
  const made = sql`exists (select 1 from ${webhookEndpoints} where org_id = ${ctx.orgId} and id = ${id})`;
  try {
    return await commit(ctx, {
      id: changeId,
      won: { table: webhookEndpoints, id },
      writes: [insertWithinCap(ctx, row), beginPeriod(ctx, id, events, made)],
      audit: [
        {
          action: "WEBHOOK_ENDPOINT_CREATE",
          entity: { type: "webhook_endpoint", id },
          newValue: { url, events, ordering: row.ordering, headers: Object.keys(headers) },
        },
      ],
      result: { ...(await presentEndpoint(ctx, row, [])), secret },
    });
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    throw conflict(
      `Your organization has ${MOST_ENDPOINTS} endpoints, which is the most there can be. Remove one first.`,
      { endpoints: MOST_ENDPOINTS },
    );
  }
}

/** Counts in the statement that inserts, so that no two at once can both be the fiftieth. */
function insertWithinCap(ctx: Ctx, row: EndpointRow) {
  return ctx.db.sql(sql`insert into ${webhookEndpoints} (id, org_id, url, description, events, ordering, headers,
      rate_per_second, secret, created_by, change_id, created_at, updated_at)
    select ${row.id}, ${ctx.orgId}, ${row.url}, ${row.description}, ${JSON.stringify(row.events)},
      ${row.ordering}, ${row.headers}, ${row.ratePerSecond}, ${row.secret}, ${row.createdBy}, ${row.changeId},
      ${row.createdAt}, ${row.updatedAt}
    where (select count(*) from ${webhookEndpoints} where org_id = ${ctx.orgId} and removed_at is null)
      < ${MOST_ENDPOINTS}`);
}
