import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import type { Env } from "../../worker/env";
import { backoff, drain, MAX_ATTEMPTS, sweepEvents } from "../../worker/events/drain";
import type { Subscriber } from "../../worker/events/subscriber";
import { SUBSCRIBERS } from "../../worker/events/subscribers";
import { moveApplication } from "../../worker/features/applications/move";
import entry from "../../worker/index";
import { calm, count, move, moved, noticesOf, outboxOf, rows } from "./facts";
import {
  callWith,
  ctxWith,
  envWith,
  killedAfterCommit,
  lineBroken,
  lostChannels,
  refusingQueue,
  watchedDb,
} from "./faults";
import { json, newOrg, type Org, type Person, settled, worker } from "./org";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  await calm(org);
  return { org, recruiter, ada };
}

/** A move after which the Worker is killed: nobody is told of it. */
async function untoldMove(org: Org, by: Person, agentId: string): Promise<number> {
  const ctx = { ...ctxWith(org.ctx, killedAfterCommit), actor: by.ctx.actor };
  const { batchId } = await moveApplication(ctx, { who: { agentId }, stage: "screening" });
  await settled();
  return await count("select seq from events where change_id = ?", batchId);
}

const noticed = async (who: Person) =>
  (await noticesOf(who.user.id)).filter((title) => title === "You are in Screening now").length;
const mailed = async (who: Person) =>
  (await outboxOf(who.user.email)).filter((mail) => mail.subject.endsWith("you are in Screening now")).length;
const dispatchOf = async (seq: number) =>
  (await rows("select dispatch, attempts from events where seq = ?", seq))[0];

async function runSweep(env: Env = worker): Promise<boolean> {
  const work: Promise<unknown>[] = [];
  const ran = await sweep(env, (one) => work.push(one));
  await Promise.all(work);
  return ran;
}

describe("what a lost nudge leaves behind", () => {
  it("is found by the sweep, and the notice and the mail come once", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    expect(await dispatchOf(seq)).toEqual({ dispatch: "pending", attempts: 0 });
    expect(await noticed(ada)).toBe(0);
    for (let minute = 0; minute < 3; minute++) {
      await runSweep(envWith(killedAfterCommit));
      pass(60_000);
    }
    expect(await dispatchOf(seq)).toEqual({ dispatch: "done", attempts: 0 });
    expect([await noticed(ada), await mailed(ada)]).toEqual([1, 1]);
  });

  it("doesn't make the request fail: a queue that refuses and channels out of reach are still a 200", async () => {
    const { org, recruiter, ada } = await setting();
    const thrower = {
      send: () => {
        throw new TypeError("This message can't be sent.");
      },
    } as unknown as Queue<never>;
    const stages = ["screening", "documents"] as const;
    for (const [i, queue] of [refusingQueue, thrower].entries()) {
      const changed = { EVENTS_QUEUE: queue, EMAIL_QUEUE: queue, CHANNEL: lostChannels };
      const answer = await callWith(changed, "PUT", `/api/agents/${ada.agent.id}/status`, {
        token: recruiter.token,
        json: { status: stages[i] },
      });
      expect(await json(answer, 200)).toMatchObject({ status: stages[i] });
    }
    await calm(org);
    expect(await noticed(ada)).toBe(1);
  });

  it("still reaches the channels when only the queue throws", async () => {
    const { recruiter, ada } = await setting();
    const poked: number[] = [];
    const channels = {
      idFromName: (name: string) => worker.CHANNEL.idFromName(name),
      get: () => ({ poke: async (seq: number) => poked.push(seq) }),
    } as unknown as Env["CHANNEL"];
    const thrower = {
      send: () => {
        throw new TypeError("This message can't be sent.");
      },
    } as unknown as Queue<never>;
    const ctx = { ...ctxWith(recruiter.ctx, { EVENTS_QUEUE: thrower, CHANNEL: channels }) };
    await moveApplication(ctx, { who: { agentId: ada.agent.id }, stage: "screening" });
    await settled();
    // The pipeline's and the agent's own.
    expect(poked).toHaveLength(2);
  });

  it("is handed on once by two sweeps at the same moment, of which one works", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    const ran = await Promise.all([runSweep(), runSweep(), runSweep()]);
    expect(ran.filter(Boolean)).toHaveLength(1);
    expect(await dispatchOf(seq)).toMatchObject({ dispatch: "done" });
    expect(await noticed(ada)).toBe(1);
    // The place is given back, and that of a sweep that was killed falls free after its lease.
    expect(await runSweep()).toBe(true);
    await worker.DB.prepare("update leases set until = ?, holder = 'killed' where name = 'sweep'")
      .bind(Date.now() + 55_000)
      .run();
    expect(await runSweep()).toBe(false);
    pass(55_000);
    expect(await runSweep()).toBe(true);
  });
});

describe("an event that is handed on more than once", () => {
  it("by a queue message delivered twice has its effects once", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    const body = { orgId: org.id, seqs: [seq] };
    const batch = createMessageBatch("portico-events", [
      { id: "one", timestamp: Date.now(), attempts: 1, body },
      { id: "two", timestamp: Date.now(), attempts: 1, body },
    ]);
    const ctx = createExecutionContext();
    await entry.queue(batch, worker, ctx);
    const result = await getQueueResult(batch, ctx);
    expect(result.explicitAcks).toEqual(["one", "two"]);
    pass(11_000);
    await calm(org);
    expect([await noticed(ada), await mailed(ada)]).toEqual([1, 1]);
  });

  it("by five drains at the same moment has its effects once", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    await Promise.all(Array.from({ length: 5 }, () => drain(org.ctx, [seq])));
    expect(await dispatchOf(seq)).toEqual({ dispatch: "done", attempts: 0 });
    pass(11_000);
    await calm(org);
    expect([await noticed(ada), await mailed(ada)]).toEqual([1, 1]);
    expect(await rows("select subscriber from handled where seq = ? order by 1", seq)).toEqual([
      { subscriber: "daily-counts" },
      { subscriber: "stage-actions" },
    ]);
  });

  it("because the Worker was killed before it noted that all is done, has its effects once", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    const isDone = (sql: string) => /update "events" set "dispatch"/.test(sql);
    const db = watchedDb({
      before: (sql) => {
        if (isDone(sql)) throw lineBroken();
      },
    });
    await drain(ctxWith(org.ctx, { DB: db, ...killedAfterCommit }), [seq]).catch(() => {});
    await settled();
    expect(await noticed(ada)).toBe(1);
    expect(await dispatchOf(seq)).toMatchObject({ dispatch: "pending" });
    pass(60_000);
    await calm(org);
    expect(await dispatchOf(seq)).toMatchObject({ dispatch: "done" });
    expect([await noticed(ada), await mailed(ada)]).toEqual([1, 1]);
  });

  it("because the reply of its commit was lost, has its effects once", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    const db = watchedDb({
      after: (sql) => {
        if (sql.includes('"handled"') && sql.includes("insert")) throw lineBroken();
      },
    });
    await drain(ctxWith(org.ctx, { DB: db, ...killedAfterCommit }), [seq]);
    expect(await dispatchOf(seq)).toEqual({ dispatch: "pending", attempts: 1 });
    pass(60_000);
    await calm(org);
    expect([await noticed(ada), await mailed(ada)]).toEqual([1, 1]);
  });
});

describe("a subscriber that fails", () => {
  const list = SUBSCRIBERS as Subscriber[];
  let fails = true;
  let tried: number[] = [];
  const broken: Subscriber = {
    name: "broken",
    types: ["agent.status_changed"],
    handle: async (_, event) => {
      tried.push(event.seq);
      if (fails) throw new Error("Out of order.");
      return { writes: [] };
    },
  };
  beforeEach(() => {
    fails = true;
    tried = [];
    list.unshift(broken);
  });
  afterEach(() => {
    list.splice(list.indexOf(broken), 1);
  });

  it("holds up neither the other subscribers of the event nor other events", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    const bo = await org.agent("Bo Beck");
    await sweepEvents(worker, () => {});
    expect(await noticed(ada), "the agent hears of it all the same").toBe(1);
    expect(await noticesOf(bo.user.id)).toContain("You are in Applied now");
    expect(await dispatchOf(seq)).toEqual({ dispatch: "pending", attempts: 1 });
  });

  it("is tried again later and later, and its event is parked after the last attempt", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    const times = () => tried.filter((one) => one === seq).length;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await sweepEvents(worker, () => {});
      await sweepEvents(worker, () => {});
      expect(times(), "not twice before its time").toBe(attempt);
      const [row] = await rows<{ next_at: number }>("select next_at from events where seq = ?", seq);
      expect(row?.next_at).toBe(Date.now() + backoff(attempt));
      pass(backoff(attempt) - 1);
      await sweepEvents(worker, () => {});
      expect(times()).toBe(attempt);
      pass(1);
    }
    expect(await dispatchOf(seq)).toEqual({ dispatch: "parked", attempts: MAX_ATTEMPTS });
    pass(24 * 3_600_000);
    await sweepEvents(worker, () => {});
    expect(times()).toBe(MAX_ATTEMPTS);
    await calm(org);
    expect([await noticed(ada), await mailed(ada)], "what could follow has followed once").toEqual([1, 1]);
  });

  it("has its effect once it works again", async () => {
    const { org, recruiter, ada } = await setting();
    const seq = await untoldMove(org, recruiter, ada.agent.id);
    await sweepEvents(worker, () => {});
    fails = false;
    pass(backoff(1));
    await sweepEvents(worker, () => {});
    expect(await dispatchOf(seq)).toEqual({ dispatch: "done", attempts: 1 });
    expect(await rows("select subscriber from handled where seq = ? order by 1", seq)).toEqual([
      { subscriber: "broken" },
      { subscriber: "daily-counts" },
      { subscriber: "stage-actions" },
    ]);
    expect(await noticed(ada)).toBe(1);
  });
});

it("keeps one organization's events from another's subscribers", async () => {
  const [one, two] = [await setting(), await setting()];
  const seq = await untoldMove(one.org, one.recruiter, one.ada.agent.id);
  await drain(two.org.ctx, [seq]);
  expect(await dispatchOf(seq)).toMatchObject({ dispatch: "pending" });
  expect((await move(two.recruiter, one.ada.agent.id, "active")).status).toBe(404);
  await moved(two.recruiter, two.ada.agent.id, "screening");
  await calm(one.org);
  await calm(two.org);
  expect([await noticed(one.ada), await noticed(two.ada)]).toEqual([1, 1]);
});
