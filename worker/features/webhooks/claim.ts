import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { BATCH, LEASE_MS, LONG_MS, leastWait, SHORT_MS } from "./policy";
import type { Claimed, EndpointRow } from "./send";
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookMessages } from "./table";

/** Deliveries that one claim moves between the line and the parking place. */
const MOVED = 500;

const WAITS = Array.from({ length: SHORT_MS.length + LONG_MS.length }, (_, n) => leastWait(n));

/** `leastWait` in SQL. */
const leastWaitIn = sql.raw(
  `case ${WAITS.map((wait, n) => `when failures <= ${n} then ${wait}`).join(" ")} else ${leastWait(100)} end`,
);
/**
 * When a parked delivery may be sent by its own schedule. The time of its last attempt is `updated_at`, which
 * parking leaves as it is; one that was not tried since it was put in line takes the place it had there.
 */
const ownTime = sql`iif(failures = 0, queued_at, max(queued_at, updated_at + ${leastWaitIn}))`;

/** The first open one of its entity at this endpoint. */
const isHead = sql`not exists (select 1 from ${webhookDeliveries} earlier
  where earlier.endpoint_id = d.endpoint_id and earlier.entity_id = d.entity_id
    and earlier.status in ('pending', 'parked') and earlier.entity_seq < d.entity_seq)`;

export interface Claim {
  id: string;
  endpoint: EndpointRow;
  deliveries: Claimed[];
  leaseUntil: number;
  /** When something else becomes due, by the rows; null for never. */
  nextAt: number | null;
  /** Something else is due already. */
  more: boolean;
}

/**
 * Takes what is due at an endpoint, in one round trip: deliveries with a lease and a row for each attempt, or with
 * an open circuit that is due to be probed the oldest one. What stands in the wrong place for the circuit (in line
 * behind an open one, parked behind a closed one) is moved a page at a time.
 *
 * @returns null where the endpoint is off or gone
 */
export async function claim(ctx: Ctx, endpointId: string): Promise<Claim | null> {
  const { db, orgId } = ctx;
  const now = ctx.now();
  const id = newId("chg", now);
  const leaseUntil = now + LEASE_MS;
  const on = (state: SQL) => sql`exists (select 1 from ${webhookEndpoints} w where w.org_id = ${orgId}
    and w.id = ${endpointId} and w.status = 'enabled' and w.removed_at is null and ${state})`;
  const entity = sql`(select ordering = 'entity' from ${webhookEndpoints} where id = ${endpointId})`;
  const mine = and(
    eq(webhookDeliveries.endpointId, endpointId),
    eq(webhookDeliveries.status, "pending"),
    eq(webhookDeliveries.nextAt, leaseUntil),
    eq(webhookDeliveries.changeId, id),
  );
  const parked = sql`endpoint_id = ${endpointId} and status = 'parked'`;
  const probe = probeOf(endpointId, now, entity);
  const results = await db.read(
    // A circuit that was closed lets out what is parked, the oldest first.
    db.sql<{ n: number }>(sql`update ${webhookDeliveries} set status = 'pending', next_at = ${ownTime}
      where org_id = ${orgId} and id in (select id from ${webhookDeliveries} where ${parked}
        and ${on(sql`w.circuit = 'closed'`)} order by event_seq limit ${MOVED})
      returning 1 as n`),
    // A probe is claimed on the endpoint's row, so that no slot has two. One that was killed is due after its lease.
    db.sql(sql`update ${webhookEndpoints} set circuit = 'half_open', probe_at = ${leaseUntil}, change_id = ${id}
      where org_id = ${orgId} and id = ${endpointId} and status = 'enabled' and circuit <> 'closed'
        and coalesce(probe_at, 0) <= ${now} and exists (${probe})`),
    db.sql(sql`update ${webhookDeliveries} set status = 'pending', lease_until = ${leaseUntil},
        next_at = ${leaseUntil}, attempts = attempts + 1, change_id = ${id}
      where org_id = ${orgId} and id in (
        select id from (select d.id from ${webhookDeliveries} d
          where d.endpoint_id = ${endpointId} and d.status = 'pending' and d.next_at <= ${now}
            and ${on(sql`w.circuit = 'closed'`)} and (not ${entity} or ${isHead})
          order by d.next_at, d.event_seq
          limit (select min(${BATCH}, coalesce(10 * rate_per_second, ${BATCH})) from ${webhookEndpoints}
            where id = ${endpointId}))
        union all
        select id from (select id from (${probe})
          where ${on(sql`w.circuit = 'half_open' and w.change_id = ${id}`)} order by parked limit 1))`),
    db.sql<{
      n: number;
    }>(sql`update ${webhookDeliveries} set status = 'parked', next_at = null, lease_until = null
      where org_id = ${orgId} and id in (select id from ${webhookDeliveries}
        where endpoint_id = ${endpointId} and status = 'pending' and ${on(sql`w.circuit <> 'closed'`)}
          and (lease_until is null or lease_until <= ${now}) limit ${MOVED})
      returning 1 as n`),
    db.sql(sql`insert into ${webhookAttempts} (id, org_id, delivery_id, n, at, cause)
      select ${newId("wha", now).slice(0, "wha_".length + 10)} || lower(hex(randomblob(8))), org_id, id, attempts,
        ${now}, 'outcome_unknown'
      from ${webhookDeliveries} where org_id = ${orgId} and ${mine}`),
    db.rows(webhookEndpoints, { where: eq(webhookEndpoints.id, endpointId), byKey: true, limit: 1 }),
    db.sql<Claimed>(sql`select d.id, d.event_id as eventId, d.event_type as eventType, d.hops, d.attempts,
        d.failures, d.queued_at as queuedAt, m.body
      from ${webhookDeliveries} d left join ${webhookMessages} m on m.event_id = d.event_id and m.org_id = ${orgId}
      where d.org_id = ${orgId} and d.endpoint_id = ${endpointId} and d.status = 'pending'
        and d.next_at = ${leaseUntil} and d.change_id = ${id}
      order by d.event_seq`),
    db.sql<{ at: number | null }>(sql`select min(next_at) as at from ${webhookDeliveries}
      where org_id = ${orgId} and endpoint_id = ${endpointId} and status = 'pending' and next_at > ${now}
        and change_id is not ${id}`),
    db.sql<{ at: number | null }>(sql`select min(${ownTime}) as at from (select * from ${webhookDeliveries}
      where org_id = ${orgId} and ${parked} order by event_seq limit ${BATCH})`),
  );
  const [letOut, , , putAway, , [endpoint], deliveries, [pending], [waiting]] = results;
  if (endpoint?.status !== "enabled" || endpoint.removedAt !== null) return null;
  const probeAt =
    endpoint.circuit === "closed" || waiting?.at == null || deliveries.length > 0
      ? null
      : Math.max(endpoint.probeAt ?? now, waiting.at);
  // One that is due and was not claimed waits for another of its entity: that one's lease, or the sweep, comes first.
  const nextAt = earliest(pending?.at ?? null, probeAt !== null && probeAt > now ? probeAt : null);
  const full = deliveries.length >= batchOf(endpoint);
  const blocked = endpoint.ordering === "entity" && deliveries.length > 0;
  const more =
    letOut.length === MOVED ||
    putAway.length === MOVED ||
    (endpoint.circuit === "closed" && (full || blocked));
  return { id, endpoint, deliveries, leaseUntil, nextAt, more };
}

/** As many as its rate lets out in ten seconds. */
const batchOf = ({ ratePerSecond }: EndpointRow) => Math.min(BATCH, 10 * (ratePerSecond ?? BATCH));

/**
 * What a probe may send: what somebody asked for, else the oldest that is parked and may go by its own schedule.
 * Two queries, since one with `or` would read all that was ever sent.
 */
const probeOf = (endpointId: string, now: number, entity: SQL): SQL => sql`
  select id, parked from (select d.id, 0 as parked from ${webhookDeliveries} d
    where d.endpoint_id = ${endpointId} and d.status = 'pending' and d.next_at <= ${now}
      and (not ${entity} or ${isHead}) order by d.next_at limit 1)
  union all
  select id, parked from (select d.id, 1 as parked from ${webhookDeliveries} d
    where d.endpoint_id = ${endpointId} and d.status = 'parked' and ${ownTime} <= ${now}
      and (not ${entity} or ${isHead}) order by d.event_seq limit 1)`;

/** The earlier of two times, of which either may be missing. */
export function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
