import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit, LostRace } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { type Claim, earliest } from "./claim";
import { emptyHistogram } from "./latency";
import { endPeriod } from "./periods";
import { fateOf, type Health } from "./policy";
import type { Attempted, Claimed, EndpointRow } from "./send";
import { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookHours } from "./table";
import { type Batch, isSuccess, type Told, tell } from "./telling";
import { type DisabledReason, LATENCY_BOUNDS } from "./words";

const HOUR_MS = 60 * 60 * 1000;

/** Why deliveries end with their endpoint, by why that was turned off. */
export const ENDED: Record<Exclude<DisabledReason, "person">, string> = {
  gone: "The receiver answered 410 Gone, so the endpoint was turned off.",
  failing: "The endpoint had no success for 120 hours and was turned off.",
};
export const GIVEN_UP = "It failed for 120 hours while others were taken.";
const NO_BODY = "What was to be sent is gone.";

/** How an endpoint stands by its row. */
export const healthOf = (row: EndpointRow): Health => ({
  circuit: row.circuit,
  failures: row.failures,
  probes: row.probes,
  probeAt: row.probeAt,
  failingSince: row.failingSince,
  off: null,
});

/** A delivery's row as it will stand. */
interface Verdict {
  delivery: Claimed;
  status: string;
  failures: number;
  nextAt: number | null;
  reason: string | null;
  /** Null where it was not tried: its claim is given back. */
  attempted: Attempted | null;
}

/**
 * Writes what became of a claim, in one round trip: its attempts, its deliveries, the endpoint's circuit, the hour,
 * and where the circuit opened or closed the events that tell of it. What was not tried stands as before.
 *
 * @returns when the next of these is due; null for never
 */
export async function settle(ctx: Ctx, claim: Claim, batch: Batch): Promise<number | null> {
  const { endpoint } = claim;
  const { health } = batch;
  const verdicts = judge(claim, batch, ctx.now());
  const id = newId("chg", ctx.now());
  const won = sql`exists (select 1 from ${webhookEndpoints}
    where org_id = ${ctx.orgId} and id = ${endpoint.id} and change_id = ${id})`;
  const told = tell(endpoint, batch);
  const writes = [
    ...hour(ctx, endpoint.id, batch.done),
    ...attempts(ctx, verdicts),
    deliveries(ctx, claim, verdicts),
    ...(batch.done.length > 0 ? [standing(ctx, endpoint, batch, told, id)] : []),
    ...(health.off ? ending(ctx, endpoint.id, health.off, won) : []),
    ...(health.circuit === "open" && !health.off ? [park(ctx, endpoint.id)] : []),
  ];
  if (told.events.length + told.audit.length === 0) await ctx.db.write(writes);
  else {
    const guard = { table: webhookEndpoints, id: endpoint.id };
    await commit(ctx, { id, writes, won: guard, events: told.events, audit: told.audit, result: null }).catch(
      (error: unknown) => {
        // Somebody turned the endpoint off or on meanwhile: it stands as they left it, and nothing is to be told.
        if (!(error instanceof LostRace)) throw error;
      },
    );
  }
  if (health.off) return null;
  if (health.circuit !== "closed") return health.probeAt;
  return verdicts.map(({ nextAt }) => nextAt).reduce(earliest, null);
}

function judge(claim: Claim, { health, done }: Batch, now: number): Verdict[] {
  const tried = new Map(done.map((attempted) => [attempted.delivery.id, attempted]));
  return claim.deliveries.map((delivery) => {
    const attempted = tried.get(delivery.id) ?? null;
    const { failures } = delivery;
    if (delivery.body === null)
      return { delivery, status: "cancelled", failures, nextAt: null, reason: NO_BODY, attempted: null };
    const fate = fateOf(delivery, attempted?.outcome ?? null, health, now, Math.random());
    const ended = health.off ? ENDED[health.off] : GIVEN_UP;
    return { ...fate, delivery, reason: fate.status === "exhausted" ? ended : null, attempted };
  });
}

/** A list of rows as a table of the statement. */
const listed = (rows: unknown[][], names: string[]): SQL => {
  const fields = names.map((name, i) => sql.raw(`json_extract(value, '$[${i}]') as ${name}`));
  return sql`(select ${sql.join(fields, sql`, `)} from json_each(${JSON.stringify(rows)}))`;
};

/** A bound value may have 2 MB; a row of attempts, with what was sent and answered, at most 40 kB. */
const PART_CHARS = 500_000;

/** The rows in lists that fit into a statement each. */
function inParts(rows: unknown[][]): unknown[][][] {
  const parts: unknown[][][] = [];
  let room = 0;
  for (const row of rows) {
    const size = row.reduce<number>((sum, cell) => sum + (typeof cell === "string" ? cell.length : 8), 0);
    if (size > room) {
      parts.push([]);
      room = PART_CHARS;
    }
    parts.at(-1)?.push(row);
    room -= size;
  }
  return parts;
}

function attempts(ctx: Ctx, verdicts: Verdict[]): Statement[] {
  const made = verdicts.flatMap(({ delivery, attempted }) => {
    if (attempted === null) return [];
    const { outcome, latencyMs, request, response } = attempted;
    const { cause, statusCode } = outcome;
    const texts = [JSON.stringify(request), response && JSON.stringify(response)];
    return [[delivery.id, delivery.attempts, cause, statusCode, latencyMs, ...texts]];
  });
  const unmade = verdicts.flatMap(({ delivery, attempted }) =>
    attempted === null ? [[delivery.id, delivery.attempts]] : [],
  );
  const names = ["delivery_id", "n", "cause", "status_code", "latency_ms", "request", "response"];
  const statements: Statement[] = inParts(made).map((part) =>
    ctx.db.sql(sql`update ${webhookAttempts} set cause = v.cause, status_code = v.status_code,
        latency_ms = v.latency_ms, request = v.request, response = v.response
      from ${listed(part, names)} v
      where +webhook_attempts.org_id = ${ctx.orgId} and webhook_attempts.delivery_id = v.delivery_id
        and webhook_attempts.n = v.n`),
  );
  if (unmade.length > 0)
    statements.push(
      ctx.db.sql(sql`delete from ${webhookAttempts} where org_id = ${ctx.orgId} and id in (
        select a.id from ${listed(unmade, ["delivery_id", "n"])} v cross join ${webhookAttempts} a
          on a.delivery_id = v.delivery_id and a.n = v.n and a.cause = 'outcome_unknown')`),
    );
  return statements;
}

/**
 * What somebody cancelled meanwhile stays so, with what became of its attempt. The plus keeps SQLite off reading
 * all that the organization ever sent.
 */
function deliveries(ctx: Ctx, claim: Claim, verdicts: Verdict[]): Statement {
  const now = ctx.now();
  const rows = verdicts.map(({ delivery, status, failures, nextAt, reason, attempted }) => [
    delivery.id,
    delivery.attempts,
    status,
    failures,
    nextAt,
    reason,
    attempted ? 1 : 0,
    attempted?.outcome.cause ?? null,
    attempted?.outcome.statusCode ?? null,
    attempted?.latencyMs ?? null,
  ]);
  const names = ["id", "n", "status", "failures", "next_at", "reason", "tried", "cause", "code", "latency"];
  const held = sql.raw("webhook_deliveries.status = 'pending'");
  return ctx.db.sql(sql`update ${webhookDeliveries} set
      status = iif(${held}, v.status, webhook_deliveries.status), next_at = iif(${held}, v.next_at, null),
      reason = iif(${held}, v.reason, webhook_deliveries.reason), failures = v.failures, lease_until = null,
      delivered_at = iif(${held} and v.status = 'delivered', ${now}, delivered_at),
      attempts = attempts - (1 - v.tried),
      last_cause = iif(v.tried, v.cause, last_cause), last_status_code = iif(v.tried, v.code, last_status_code),
      last_latency_ms = iif(v.tried, v.latency, last_latency_ms), updated_at = iif(v.tried, ${now}, updated_at)
    from ${listed(rows, names)} v
    where +webhook_deliveries.org_id = ${ctx.orgId} and webhook_deliveries.id = v.id
      and webhook_deliveries.attempts = v.n and webhook_deliveries.change_id = ${claim.id}
      and webhook_deliveries.lease_until is not null`);
}

const last = <T>(list: T[], holds: (item: T) => boolean): T | undefined => list.findLast(holds);

/** The endpoint's row, unless somebody turned it off or on meanwhile. */
function standing(ctx: Ctx, row: EndpointRow, { health, done }: Batch, told: Told, id: string): Statement {
  const { circuit, failures, probes, probeAt, failingSince, off } = health;
  const success = last(done, isSuccess);
  const failure = last(done, (attempted) => !isSuccess(attempted));
  const now = ctx.now();
  return ctx.db.update(
    webhookEndpoints,
    {
      circuit,
      failures,
      probes,
      probeAt: off ? null : probeAt,
      failingSince,
      toldFailing: told.failing,
      changeId: id,
      ...(success ? { lastSuccessAt: success.outcome.at } : {}),
      ...(failure
        ? {
            lastFailureAt: failure.outcome.at,
            lastCause: failure.outcome.cause,
            lastStatusCode: failure.outcome.statusCode,
          }
        : {}),
      ...(off ? turnedOff(off, now) : {}),
    },
    and(
      eq(webhookEndpoints.id, row.id),
      eq(webhookEndpoints.status, "enabled"),
      eq(webhookEndpoints.circuit, row.circuit),
      eq(webhookEndpoints.failures, row.failures),
    ),
  );
}

/** What is set on an endpoint that is turned off though nobody did. */
export const turnedOff = (reason: Exclude<DisabledReason, "person">, now: number) => ({
  status: "disabled" as const,
  disabledReason: reason,
  disabledAt: now,
  probeAt: null,
  version: sql`${webhookEndpoints.version} + 1`,
  updatedAt: now,
});

/** What ends with an endpoint that is turned off though nobody did. */
export function ending(
  ctx: Ctx,
  endpointId: string,
  reason: Exclude<DisabledReason, "person">,
  won: SQL,
): Statement[] {
  return [
    endPeriod(ctx, endpointId, won),
    ctx.db.update(
      webhookDeliveries,
      { status: "exhausted", reason: ENDED[reason], nextAt: null, leaseUntil: null, updatedAt: ctx.now() },
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        inArray(webhookDeliveries.status, ["pending", "parked"]),
        won,
      ),
    ),
  ];
}

/** So many are parked in the batch that opens the circuit; the lane's next claims park what is left. */
const PARKED_AT_ONCE = 1000;

function park(ctx: Ctx, endpointId: string): Statement {
  return ctx.db.sql(sql`update ${webhookDeliveries} set status = 'parked', next_at = null
    where org_id = ${ctx.orgId} and id in (select id from ${webhookDeliveries}
      where endpoint_id = ${endpointId} and status = 'pending' and lease_until is null limit ${PARKED_AT_ONCE})
      and exists (select 1 from ${webhookEndpoints} where id = ${endpointId} and circuit = 'open')`);
}

/** Counts the attempts in the hour's row: first of all, and only if they are not yet written. */
function hour(ctx: Ctx, endpointId: string, done: Attempted[]): Statement[] {
  const [first] = done;
  if (!first) return [];
  const counts = emptyHistogram();
  for (const { latencyMs } of done) {
    if (latencyMs === null) continue;
    const found = LATENCY_BOUNDS.findIndex((bound) => latencyMs <= bound);
    const bucket = found === -1 ? LATENCY_BOUNDS.length : found;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const delivered = done.filter(isSuccess).length;
  const values = [delivered, done.length - delivered, ...counts];
  const names = ["delivered", "failed", ...counts.map((_, i) => `l${i}`)];
  const start = Math.floor(ctx.now() / HOUR_MS) * HOUR_MS;
  return [
    ctx.db.sql(sql`insert into ${webhookHours} (endpoint_id, hour, org_id, ${sql.raw(names.join(", "))})
      select ${endpointId}, ${start}, ${ctx.orgId}, ${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )}
      where exists (select 1 from ${webhookAttempts} where delivery_id = ${first.delivery.id}
        and n = ${first.delivery.attempts} and cause = 'outcome_unknown')
      on conflict (endpoint_id, hour) do update set
        ${sql.raw(names.map((name) => `${name} = ${name} + excluded.${name}`).join(", "))}`),
  ];
}
