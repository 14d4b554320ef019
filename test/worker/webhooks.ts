import { runDurableObjectAlarm } from "cloudflare:test";
import { commit, event } from "../../worker/events/commit";
import { drain, sweepEvents } from "../../worker/events/drain";
import { sweepEmails } from "../../worker/features/email/email";
import { createEndpoint } from "../../worker/features/webhooks/endpoints";
import type { NewEndpoint } from "../../worker/features/webhooks/schema";

import { clock } from "../../worker/lib/clock";
import { newId } from "../../worker/lib/ids";
import { rows } from "./facts";
import { killedAfterCommit } from "./faults";
import { type Org, settled, worker } from "./org";
import { type Hook, newHook } from "./receiver";

/** An endpoint of an organization at a hook of the stand-in receiver, which verifies each request. */
export async function newTarget(org: Org, input: Partial<NewEndpoint> = {}, hook: Hook = newHook()) {
  const made = await createEndpoint(org.ctx, {
    url: hook.url,
    events: ["candidate.updated"],
    ordering: "none",
    headers: {},
    description: null,
    ratePerSecond: null,
    ...input,
  });
  await hook.trust(made.secret);
  return { id: made.id, secret: made.secret, hook, ...hook };
}
export type Target = Awaited<ReturnType<typeof newTarget>>;

/** Commits events of which nobody is told, each of its own entity unless one is named. */
export async function commitEvents(org: Org, count: number, entity?: string): Promise<number[]> {
  const ctx = { ...org.ctx, env: { ...worker, ...killedAfterCommit } };
  const id = newId("chg");
  await commit(ctx, {
    id,
    writes: [],
    events: Array.from({ length: count }, () => {
      const candidateId = entity ?? newId("cand");
      return event({
        type: "candidate.updated",
        entity: { type: "candidate", id: candidateId },
        data: { candidateId },
      });
    }),
    audit: [],
    result: null,
  });
  await settled();
  const found = await rows<{ seq: number }>("select seq from events where change_id = ? order by seq", id);
  return found.map(({ seq }) => seq);
}

const laneOf = (id: string) => worker.LANE.get(worker.LANE.idFromName(id));

/** Commits events and hands them on; their lanes are poked, and not yet run. */
export async function sendEvents(org: Org, count: number, entity?: string): Promise<number[]> {
  const seqs = await commitEvents(org, count, entity);
  await drain(org.ctx, seqs);
  await settled();
  return seqs;
}

/** Runs a lane until it has nothing more to do by the product's clock. */
export async function runLane(id: string): Promise<void> {
  await laneOf(id).poke(await orgOf(id), id);
  await runDurableObjectAlarm(laneOf(id));
  await idle(id);
}

/** Waits for the lane to have no attempt under way. */
export async function idle(id: string): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    const busy = await rows(
      "select 1 from webhook_deliveries where endpoint_id = ? and lease_until is not null",
      id,
    );
    if (busy.length === 0) return;
    await scheduler.wait(10);
  }
  throw new Error("The lane is still at work.");
}

async function orgOf(id: string): Promise<string> {
  const [row] = await rows<{ org_id: string }>("select org_id from webhook_endpoints where id = ?", id);
  return row?.org_id ?? "";
}

/** An endpoint's row as it stands in D1. */
export async function endpointRow(id: string) {
  const [row] = await rows<{
    status: string;
    disabled_reason: string | null;
    circuit: string;
    failures: number;
    probes: number;
    probe_at: number | null;
    failing_since: number | null;
    told_failing: number;
    last_cause: string | null;
  }>("select * from webhook_endpoints where id = ?", id);
  if (!row) throw new Error("There is no such endpoint.");
  return row;
}

/** An endpoint's deliveries, the oldest event first. */
export async function deliveriesOf(id: string) {
  return await rows<{
    id: string;
    event_id: string;
    event_seq: number;
    status: string;
    attempts: number;
    failures: number;
    queued_at: number;
    next_at: number | null;
    lease_until: number | null;
    last_cause: string | null;
    last_status_code: number | null;
    reason: string | null;
    replays: number;
  }>("select * from webhook_deliveries where endpoint_id = ? order by event_seq", id);
}

/** An endpoint's attempts in their order. */
export async function attemptsOf(id: string) {
  return await rows<{
    delivery_id: string;
    n: number;
    at: number;
    cause: string | null;
    status_code: number | null;
    latency_ms: number | null;
    request: string;
    response: string | null;
  }>(
    `select a.* from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id
      where d.endpoint_id = ? order by a.at, a.id`,
    id,
  );
}

/** How many deliveries stand in each status, counted; the triggers' counts must say the same. */
export async function countsOf(id: string): Promise<Record<string, number>> {
  const count = async (sql: string) =>
    Object.fromEntries(
      (await rows<{ status: string; n: number }>(sql, id)).map(({ status, n }) => [status, n]),
    );
  const counted = await count(
    "select status, count(*) n from webhook_deliveries where endpoint_id = ? group by status order by status",
  );
  const kept = await count(
    "select status, n from webhook_counts where endpoint_id = ? and n > 0 order by status",
  );
  if (JSON.stringify(counted) !== JSON.stringify(kept))
    throw new Error(`Counted ${JSON.stringify(counted)}, kept ${JSON.stringify(kept)}.`);
  return counted;
}

/** When the endpoint's next attempt is due, in milliseconds from now by the product's clock; null for never. */
export async function dueIn(id: string): Promise<number | null> {
  const [row] = await rows<{ at: number | null }>(
    `select min(at) as at from (
      select min(next_at) as at from webhook_deliveries where endpoint_id = ?1 and status = 'pending'
      union all select probe_at from webhook_endpoints where id = ?1 and status = 'enabled' and circuit <> 'closed')`,
    id,
  );
  return row?.at == null ? null : row.at - clock.now();
}

/** Moves the product's clock to when the next attempt is due, and makes it. @returns how far it moved */
export async function passToNext(id: string): Promise<number> {
  const wait = Math.max((await dueIn(id)) ?? 0, 0);
  clock.advance(wait);
  await runLane(id);
  return wait;
}

/** Hands on what was committed meanwhile, mails included, and waits for it. */
export async function follow(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await sweepEvents(worker, after);
    while (work.length > 0) await work.pop();
  }
  await sweepEmails(worker, after);
  while (work.length > 0) await work.pop();
}
const work: Promise<unknown>[] = [];
const after = (one: Promise<unknown>) => void work.push(one);
