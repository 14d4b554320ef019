import { and, eq, isNull, sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Env } from "../../env";
import { commit, LostRace } from "../../events/commit";
import { systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { newId } from "../../lib/ids";
import { pokeLane } from "./lane";
import { ending, GIVEN_UP, turnedOff } from "./outcome";
import { GIVE_UP_MS, LEASE_MS, SHORT_MS, TRIED_MS } from "./policy";
import type { EndpointRow } from "./send";
import {
  webhookAttempts,
  webhookCounts,
  webhookDeliveries,
  webhookEndpoints,
  webhookHours,
  webhookMessages,
  webhookPeriods,
} from "./table";
import { toldOff } from "./telling";

type After = (work: Promise<unknown>) => void;

const HOUR_MS = 60 * 60 * 1000;
/** How long deliveries and what they sent are kept, in milliseconds. */
export const KEPT_MS = 30 * 24 * HOUR_MS;
/** How long the figures of hours are kept. */
const FIGURES_KEPT_MS = 90 * 24 * HOUR_MS;
const PAGE = 500;

/**
 * Finds what a lost poke, alarm or lane left behind and wakes the lanes of it; gives up what failed too long.
 * @returns how many lanes it woke and endpoints it turned off
 */
export async function sweepWebhooks(env: Env, after: After): Promise<number> {
  await mendLeases(env);
  const off = await turnOffFailing(env, after);
  const exhausted = await exhaust(env);
  const awake = await wakeLanes(env);
  return off + exhausted + awake;
}

/**
 * A lease from a time that the clock was moved back from since would hold for an hour or more: it is made to end as
 * one of now does, and not at once, because its lane may be at work.
 */
async function mendLeases(env: Env): Promise<void> {
  const now = clock.now();
  await directory(env).write([
    directory(env)
      .orm.update(webhookDeliveries)
      .set({ nextAt: now + LEASE_MS, leaseUntil: now + LEASE_MS })
      .where(sql`status = 'pending' and next_at > ${now + LEASE_MS} and lease_until > ${now + LEASE_MS}`),
  ]);
}

/** Those whose last attempt is not long ago, so that a system that slept for days turns nobody off unheard. */
async function turnOffFailing(env: Env, after: After): Promise<number> {
  const index = directory(env);
  const now = clock.now();
  const [rows] = await index.read(
    index.orm
      .select()
      .from(webhookEndpoints)
      .where(
        sql`circuit <> 'closed' and status = 'enabled' and removed_at is null and probe_at > ${now}
          and failing_since <= ${now - GIVE_UP_MS} and last_failure_at >= ${now - TRIED_MS}`,
      )
      .limit(PAGE),
  );
  for (const row of rows) await turnOff(env, row, after);
  return rows.length;
}

async function turnOff(env: Env, row: EndpointRow, after: After): Promise<void> {
  const ctx = systemCtx(env, row.orgId, after);
  const id = newId("chg", ctx.now());
  const won = sql`exists (select 1 from ${webhookEndpoints}
    where org_id = ${row.orgId} and id = ${row.id} and change_id = ${id})`;
  const told = toldOff(row, "failing");
  await commit(ctx, {
    id,
    won: { table: webhookEndpoints, id: row.id },
    writes: [
      ctx.db.update(
        webhookEndpoints,
        { ...turnedOff("failing", ctx.now()), changeId: id },
        and(
          eq(webhookEndpoints.id, row.id),
          eq(webhookEndpoints.version, row.version),
          eq(webhookEndpoints.failures, row.failures),
          eq(webhookEndpoints.status, "enabled"),
          isNull(webhookEndpoints.removedAt),
        ),
      ),
      ...ending(ctx, row.id, "failing", won),
    ],
    events: told.events,
    audit: told.audit,
    result: null,
  }).catch((error: unknown) => {
    if (!(error instanceof LostRace)) throw error;
  });
}

/** Deliveries that failed alone for 120 hours and wait for an attempt that would come too late. */
async function exhaust(env: Env): Promise<number> {
  const index = directory(env);
  const now = clock.now();
  const results = await index.write([
    index.orm
      .update(webhookDeliveries)
      .set({
        status: "exhausted",
        nextAt: null,
        reason: GIVEN_UP,
        updatedAt: now,
      })
      .where(
        sql`status = 'pending' and next_at > ${now} and lease_until is null and queued_at <= ${now - GIVE_UP_MS}
          and failures > ${SHORT_MS.length}`,
      )
      .returning({ id: webhookDeliveries.id }),
  ]);
  return (results[0] as unknown[]).length;
}

/** Wakes the lane of each endpoint where something is due, by the rows. */
async function wakeLanes(env: Env): Promise<number> {
  const index = directory(env);
  const now = clock.now();
  const due = index.orm
    .select({ id: webhookEndpoints.id, orgId: webhookEndpoints.orgId })
    .from(webhookEndpoints);
  // Each endpoint with something in line is found by one step in the index, however much it has there.
  const inLine = sql`(with recursive one(id) as (
      select min(endpoint_id) from ${webhookDeliveries} where status = 'pending'
      union all
      select (select min(endpoint_id) from ${webhookDeliveries} where status = 'pending' and endpoint_id > one.id)
        from one where one.id is not null)
    select id from one where id is not null and exists (select 1 from ${webhookDeliveries}
      where endpoint_id = one.id and status = 'pending' and next_at <= ${now}))`;
  const parked = sql`exists (select 1 from ${webhookDeliveries}
    where endpoint_id = ${webhookEndpoints.id} and status = 'parked')`;
  // A closed circuit lets out what is parked; a lane that was killed in between is told so by the counts.
  const letOut = sql`(select endpoint_id from ${webhookCounts} where status = 'parked' and n > 0)`;
  const [line, probes, left] = await index.read(
    due.where(sql`status = 'enabled' and id in ${inLine}`),
    index.orm
      .select({ id: webhookEndpoints.id, orgId: webhookEndpoints.orgId })
      .from(webhookEndpoints)
      .where(sql`circuit <> 'closed' and status = 'enabled' and probe_at <= ${now} and ${parked}`),
    index.orm
      .select({ id: webhookEndpoints.id, orgId: webhookEndpoints.orgId })
      .from(webhookEndpoints)
      .where(sql`circuit = 'closed' and status = 'enabled' and id in ${letOut}`),
  );
  const lanes = new Map([...line, ...probes, ...left].map((row) => [row.id, row]));
  await Promise.all([...lanes.values()].map((row) => pokeLane(env, row)));
  return lanes.size;
}

/**
 * Drops what was sent longer ago than 30 days, a page a minute; what still waits stays. A removed endpoint goes
 * with the last of its deliveries.
 */
export async function dropOldWebhooks(env: Env): Promise<number> {
  const index = directory(env);
  const now = clock.now();
  const old = sql`select id from ${webhookDeliveries} where created_at < ${now - KEPT_MS}
    and updated_at < ${now - KEPT_MS} and status not in ('pending', 'parked') order by created_at limit ${PAGE}`;
  const gone = sql`select id from ${webhookEndpoints} where removed_at < ${now - KEPT_MS}
    and not exists (select 1 from ${webhookDeliveries} d where d.endpoint_id = ${webhookEndpoints.id}) limit ${PAGE}`;
  const results = await index.write([
    index.orm.delete(webhookAttempts).where(sql`delivery_id in (${old})`),
    index.orm.delete(webhookDeliveries).where(sql`id in (${old})`).returning({ id: webhookDeliveries.id }),
    index.orm.delete(webhookMessages).where(
      sql`event_id in (select m.event_id from ${webhookMessages} m where m.created_at < ${now - KEPT_MS}
        and not exists (select 1 from ${webhookDeliveries} d where d.org_id = m.org_id and d.event_id = m.event_id)
        order by m.created_at limit ${PAGE})`,
    ),
    index.orm.delete(webhookHours).where(sql`rowid in (select rowid from ${webhookHours}
      where hour < ${now - FIGURES_KEPT_MS} limit ${PAGE})`),
    ...[webhookPeriods, webhookCounts, webhookHours].map((table) =>
      index.orm.delete(table).where(sql`endpoint_id in (${gone})`),
    ),
    index.orm.delete(webhookEndpoints).where(sql`id in (${gone})`),
  ]);
  return (results[1] as unknown[]).length;
}
