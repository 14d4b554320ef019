import { type SQL, sql } from "drizzle-orm";
import { CATALOGUE } from "../../events/catalogue";
import type { Ctx } from "../../events/context";
import { events } from "../../events/table";
import { newId } from "../../lib/ids";
import { MAX_HOPS } from "../inbox/words";
import { pokeLane } from "./lane";
import { webhookDeliveries, webhookEndpoints, webhookMessages, webhookPeriods } from "./table";
import { EVERY_EVENT } from "./words";

/** The types that leave the building. */
const EXTERNAL = JSON.stringify(
  Object.entries(CATALOGUE)
    .filter(([, { external }]) => external)
    .map(([type]) => type),
);

/** Milliseconds since 1970 as ISO 8601 in UTC; integer arithmetic, since SQLite's own rounds. */
const isoIn = (at: SQL): SQL =>
  sql`strftime('%Y-%m-%dT%H:%M:%S', ${at} / 1000, 'unixepoch') || printf('.%03dZ', ${at} % 1000)`;

/** The bytes of an event as they leave, made where the event lies: once, and the same for everybody. */
const BODY = sql`json_object('id', e.id, 'type', e.type, 'event', e.type, 'timestamp', ${isoIn(sql`e.at`)},
  'data', json(e.data), 'seq', e.seq, 'actor', json_object('kind', e.actor_kind, 'id', e.actor_id),
  'entity', json_object('type', e.entity_type, 'id', e.entity_id, 'seq', e.entity_seq))`;

/** An id as `newId` makes them, in the order of the events. */
const deliveryId = (at: number): SQL =>
  sql`${newId("whd", at).slice(0, "whd_".length + 10)} || printf('%08x', e.seq) || lower(hex(randomblob(4)))`;

const HOPS = sql`coalesce(json_extract(e.detail, '$.hops'), 0)`;

/** An event that has gone from hub to hub too often goes no further; else it is as its endpoint is now. */
const STATUS = sql`case when ${HOPS} >= ${MAX_HOPS} or w.removed_at is not null then 'cancelled'
  when w.status = 'disabled' then iif(w.disabled_reason = 'person', 'cancelled', 'exhausted')
  when w.circuit = 'closed' then 'pending' else 'parked' end`;

const REASON = sql`case when ${HOPS} >= ${MAX_HOPS} then ${"It has gone from system to system too often: this looks like a loop."}
  when w.removed_at is not null then ${"The endpoint was removed before it could be sent."}
  when w.status = 'disabled' then ${"The endpoint was turned off before it could be sent."} end`;

/**
 * The named events, and those before them of the same entities that nobody has handed on yet: a delivery never
 * exists before those of its entity's earlier events, so that a lane can keep their order.
 */
const wave = (orgId: string, seqs: number[]): SQL => sql`wave(seq, entity_id, entity_seq) as (
    select e.seq, e.entity_id, e.entity_seq from json_each(${JSON.stringify(seqs)}) named
      cross join ${events} e on e.seq = named.value
      where e.org_id = ${orgId}
    union
    select e.seq, e.entity_id, e.entity_seq from wave
      cross join ${events} e on e.org_id = ${orgId} and e.entity_id = wave.entity_id
        and e.entity_seq = wave.entity_seq - 1
      where e.dispatch <> 'done')`;

/**
 * Puts events in line for every endpoint that was on and subscribed when they were committed, in one round trip
 * for any number of events and endpoints, and wakes the lanes. Doing so twice is harmless: an event has one
 * delivery an endpoint. What comes too late for an endpoint that is off by now stands there as such.
 */
export async function fanOut(ctx: Ctx, handed: readonly { seq: number }[]): Promise<void> {
  if (handed.length === 0) return;
  const { orgId, db } = ctx;
  const seqs = handed.map((event) => event.seq);
  const now = ctx.now();
  const [made] = await db.read(
    db.sql<{ endpointId: string; status: string }>(sql`
      with recursive ${wave(orgId, seqs)}
      insert into ${webhookDeliveries} (id, org_id, endpoint_id, event_id, event_seq, event_type, entity_id,
        entity_seq, hops, status, reason, queued_at, next_at, created_at, updated_at)
      select ${deliveryId(now)}, e.org_id, w.id, e.id, e.seq, e.type, e.entity_id, e.entity_seq,
        ${HOPS}, ${STATUS}, ${REASON}, ${now},
        iif(${STATUS} = 'pending', ${now}, null), ${now}, ${now}
      from wave
        cross join ${events} e on e.seq = wave.seq
        cross join ${webhookPeriods} p on p.org_id = ${orgId} and e.seq > p.from_seq
          and (p.until_seq is null or e.seq <= p.until_seq)
        cross join ${webhookEndpoints} w on w.id = p.endpoint_id and +w.org_id = ${orgId}
      where e.type in (select value from json_each(${EXTERNAL}))
        and exists (select 1 from json_each(p.events) t where t.value = e.type or t.value = ${EVERY_EVENT})
      order by e.seq
      on conflict (endpoint_id, event_id) do nothing
      returning endpoint_id as endpointId, status`),
    db.sql(sql`
      with recursive ${wave(orgId, seqs)}
      insert into ${webhookMessages} (event_id, org_id, body, created_at)
      select e.id, e.org_id, ${BODY}, ${now} from wave cross join ${events} e on e.seq = wave.seq
      where exists (select 1 from ${webhookDeliveries} d where d.org_id = ${orgId} and d.event_id = e.id)
      on conflict (event_id) do nothing`),
  );
  const awake = new Set(made.filter(({ status }) => status === "pending").map((row) => row.endpointId));
  if (awake.size > 0) ctx.after(Promise.all([...awake].map((id) => pokeLane(ctx.env, { id, orgId }))));
}
