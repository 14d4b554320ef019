import { sql } from "drizzle-orm";
import { commit, LostRace } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { rules, takeLimit } from "../../lib/counter";
import { conflict, DomainError } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { presentDelivery } from "./deliveries";
import { getEndpoint, loadEndpoint } from "./endpoints";
import { pokeLane } from "./lane";
import { askedProbe } from "./replay";
import type { DeliveryLine } from "./schema";
import { webhookDeliveries, webhookEndpoints, webhookMessages } from "./table";
import { TEST_EVENT } from "./words";

/**
 * Sends an event that means nothing to one endpoint, through everything that a real one goes through. With an
 * open circuit it is the probe.
 *
 * @returns its delivery, whose outcome stands there a moment later
 * @throws DomainError `not-found`, `conflict` for an endpoint that is off, `rate-limited`
 */
export async function sendTest(ctx: Ctx, endpointId: string): Promise<DeliveryLine> {
  const { row: endpoint } = await loadEndpoint(ctx, endpointId);
  const off = async () =>
    conflict(
      "This endpoint is off, so nothing is sent there. Turn it on first.",
      await getEndpoint(ctx, endpointId),
    );
  if (endpoint.status === "disabled") throw await off();
  await takeTurn(ctx);
  const now = ctx.now();
  const changeId = newId("chg", now);
  const [id, eventId] = [newId("whd", now), newId("evt", now)];
  const won = sql`exists (select 1 from ${webhookDeliveries}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
  const shown = presentDelivery(
    {
      ...UNSENT,
      id,
      orgId: ctx.orgId,
      endpointId,
      endpointUrl: endpoint.url,
      eventId,
      entityId: eventId,
      queuedAt: now,
      nextAt: now,
      changeId,
      createdAt: now,
      updatedAt: now,
    },
    [],
  );
  try {
    const sent = await commit(ctx, {
      id: changeId,
      won: { table: webhookDeliveries, id },
      writes: [
        ctx.db.sql(sql`insert into ${webhookDeliveries} (id, org_id, endpoint_id, event_id, event_seq, event_type,
            entity_id, entity_seq, status, queued_at, next_at, change_id, created_at, updated_at)
          select ${id}, ${ctx.orgId}, id, ${eventId}, 0, ${TEST_EVENT}, ${eventId}, 1, 'pending', ${now}, ${now},
            ${changeId}, ${now}, ${now}
          from ${webhookEndpoints} where org_id = ${ctx.orgId} and id = ${endpointId}
            and status = 'enabled' and removed_at is null`),
        ctx.db.sql(sql`insert into ${webhookMessages} (event_id, org_id, body, created_at)
          select ${eventId}, ${ctx.orgId}, ${testBody(ctx, endpointId, eventId)}, ${now} where ${won}`),
        askedProbe(ctx, endpointId, won),
      ],
      audit: [{ action: "WEBHOOK_TEST", entity: { type: "webhook_endpoint", id: endpointId } }],
      result: shown,
    });
    ctx.after(pokeLane(ctx.env, { id: endpointId, orgId: ctx.orgId }));
    return sent;
  } catch (error) {
    if (error instanceof LostRace) throw await off();
    throw error;
  }
}

/** A delivery that nothing was tried for yet. */
const UNSENT = {
  eventSeq: 0,
  eventType: TEST_EVENT,
  entitySeq: 1,
  hops: 0,
  status: "pending",
  attempts: 0,
  failures: 0,
  leaseUntil: null,
  deliveredAt: null,
  lastCause: null,
  lastStatusCode: null,
  lastLatencyMs: null,
  replays: 0,
  reason: null,
} as const;

/** A body like that of any event. It has no place among them, so its `seq` is 0. */
function testBody(ctx: Ctx, endpointId: string, eventId: string): string {
  return JSON.stringify({
    id: eventId,
    type: TEST_EVENT,
    event: TEST_EVENT,
    timestamp: iso(ctx.now()),
    data: { endpointId, message: "A test from Portico. Nothing happened." },
    seq: 0,
    actor: { kind: ctx.actor.kind, id: ctx.actor.id },
    entity: { type: "webhook_endpoint", id: endpointId, seq: 0 },
  });
}

/** Tests of an organization in an hour are limited: the address need not be the tester's. */
async function takeTurn(ctx: Ctx): Promise<void> {
  const rule = rules(ctx.env.MODE).webhookTests;
  const taken = await takeLimit(ctx.env, "webhookTests", ctx.orgId, rule, ctx.now());
  if (!taken.allowed) {
    throw new DomainError(
      "rate-limited",
      `Your organization sent ${rule.limit} tests within an hour, which is the most there can be. Wait a little.`,
      { retryAfterSeconds: taken.retryAfterSeconds },
    );
  }
}
