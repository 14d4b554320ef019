import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import type { Env } from "../../worker/env";
import { dropOldInbox, FAILING_AFTER, processInbox, sweepInbox } from "../../worker/features/inbox/process";
import type { SourceWithSecret } from "../../worker/features/inbox/schema";
import { KEPT_MS } from "../../worker/features/inbox/words";
import entry from "../../worker/index";
import { clock } from "../../worker/lib/clock";
import { count, rows } from "./facts";
import {
  callWith,
  ctxWith,
  killedAfterCommit,
  lineBroken,
  lostQueue,
  once,
  refusingQueue,
  watchedDb,
} from "./faults";
import { applicant, type Hiring, newHiring, wrongCounts } from "./hiring";
import { inboxRow, newSource, portalEvent, signed, workOff } from "./incoming";
import { call, json, newOrg, type Org, settled, worker } from "./org";

let org: Org;
let hiring: Hiring;
let portal: SourceWithSecret;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  portal = await newSource(hiring.admin);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

/** Sends an event to a Worker that is killed right after it answered, or to one with other faults. */
async function untold(
  type: string,
  data: object,
  more = {},
  changed: Partial<Env> = { EVENTS_QUEUE: lostQueue },
) {
  const body = JSON.stringify(portalEvent(type, data, more));
  const headers = { "content-type": "application/json", ...signed("portal", portal.secret, body) };
  const answer = await callWith(changed, "POST", `/api/hooks/${portal.id}`, { body, headers });
  return (await json<{ id: string }>(answer, 202)).id;
}

let people = 0;
/** A move that somebody outside made, of a new application. */
async function move(status = "phone-screen", more = {}) {
  const { id, candidateId } = await applicant(hiring.recruiter, hiring.job);
  const [row] = await rows<{ email: string }>("select email from candidates where id = ?", candidateId);
  const data = { candidate: { email: row?.email }, status };
  return { applicationId: id, data, inboxId: await untold("candidate.status_changed", data, more) };
}
const moves = (applicationId: string) =>
  count(
    "select count(*) from events where entity_id = ? and type = 'application.status_changed'",
    applicationId,
  );
const effects = (id: string) => count("select count(*) from inbox_effects where inbox_id = ?", id);
const newcomer = () => ({ candidate: { email: `new.${++people}@faults.test`, name: "New Comer" } });
const created = (email: string) =>
  count("select count(*) from candidates where org_id = ? and email = ?", org.id, email);

async function deliver(bodies: unknown[]) {
  const messages = bodies.map((body, i) => ({ id: `m${i}`, timestamp: Date.now(), attempts: 1, body }));
  const batch = createMessageBatch("portico-events", messages);
  const ctx = createExecutionContext();
  await entry.queue(batch, worker, ctx);
  return await getQueueResult(batch, ctx);
}

describe("an event whose wake-up is lost", () => {
  it.each([
    ["because the Worker was killed after it answered", { EVENTS_QUEUE: lostQueue }],
    ["because the queue refused", { EVENTS_QUEUE: refusingQueue }],
  ])("%s is found by the sweep, and has its effect once", async (_, changed) => {
    const data = newcomer();
    const id = await untold("candidate.created", data, {}, changed as Partial<Env>);
    expect(await inboxRow(id)).toMatchObject({ status: "received", attempts: 0 });
    const work: Promise<unknown>[] = [];
    for (let minute = 0; minute < 3; minute++) {
      expect(await sweep(worker, (one) => work.push(one))).toBe(true);
      await Promise.all(work.splice(0));
      pass(60_000);
    }
    expect(await inboxRow(id)).toMatchObject({ status: "processed", attempts: 1 });
    expect([await effects(id), await created(data.candidate.email)]).toEqual([1, 1]);
  });

  it("and that fetches a file is worked off in the background of its request, past the queue", async () => {
    const data = newcomer();
    await workOff(org, await untold("candidate.created", data));
    const document = { type: "cv", fileName: "cv.pdf", url: "https://db.internal/cv.pdf" };
    const id = await untold("document.uploaded", { ...data, document });
    expect(await inboxRow(id)).toMatchObject({ status: "quarantined", attempts: 1 });
  });

  it("is worked off by the queue's message, beside messages of other kinds and poison", async () => {
    const data = newcomer();
    const id = await untold("candidate.created", data);
    const { explicitAcks, retryMessages } = await deliver([
      { orgId: org.id, inboxId: id },
      { orgId: org.id, inboxId: "inb_none" },
      { orgId: "org_none", inboxId: id },
      { orgId: org.id, inboxId: 1 },
      { orgId: org.id, seqs: [] },
    ]);
    expect([explicitAcks, retryMessages.map(({ msgId }) => msgId)]).toEqual([
      ["m0", "m1", "m2", "m4"],
      ["m3"],
    ]);
    expect(await inboxRow(id)).toMatchObject({ status: "processed" });
  });
});

describe("an event that is worked off more than once", () => {
  it("twice at once has one effect", async () => {
    const { applicationId, inboxId } = await move();
    await Promise.all(Array.from({ length: 8 }, () => processInbox(org.ctx, inboxId)));
    expect(await inboxRow(inboxId)).toMatchObject({ status: "processed", attempts: 1 });
    expect([await moves(applicationId), await effects(inboxId)]).toEqual([1, 1]);
  });

  it.each([
    [
      "a move",
      async () => {
        const { applicationId, inboxId } = await move();
        return { inboxId, done: () => moves(applicationId) };
      },
    ],
    [
      "a newcomer",
      async () => {
        const data = newcomer();
        return {
          inboxId: await untold("candidate.created", data),
          done: () => created(data.candidate.email),
        };
      },
    ],
  ])("%s whose lease ended while it was under way has one effect", async (_, make) => {
    const { inboxId, done } = await make();
    // Just before the first one commits another one takes the event over, and does it.
    const db = watchedDb({
      before: once(
        (sql) => sql.includes("inbox_effects") && sql.includes("insert into"),
        async () => {
          pass(61_000);
          await processInbox(org.ctx, inboxId);
          expect(await inboxRow(inboxId)).toMatchObject({ status: "processed", attempts: 2 });
        },
      ),
    });
    await processInbox(ctxWith(org.ctx, { DB: db }), inboxId);
    await settled();
    expect([await done(), await effects(inboxId)]).toEqual([1, 1]);
    expect(await inboxRow(inboxId)).toMatchObject({ status: "processed", reason: null });
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("because it was killed before the effect runs again after its lease, and not before", async () => {
    const { applicationId, inboxId } = await move();
    const db = watchedDb({
      before: (sql) => {
        if (sql.includes("inbox_effects") && sql.includes("insert into")) throw lineBroken();
        // The note of the failure is lost as well.
        if (sql.includes('set "reason"')) throw lineBroken();
      },
    });
    await processInbox(ctxWith(org.ctx, { DB: db }), inboxId).catch(() => {});
    expect(await inboxRow(inboxId)).toMatchObject({ status: "received", attempts: 1 });
    expect(await moves(applicationId)).toBe(0);
    pass(59_000);
    await sweepInbox(worker, () => {});
    expect(await moves(applicationId)).toBe(0);
    pass(1_000);
    await sweepInbox(worker, () => {});
    expect([await moves(applicationId), await effects(inboxId)]).toEqual([1, 1]);
  });

  it("because the reply of its commit was lost has one effect", async () => {
    const { applicationId, inboxId } = await move();
    const db = watchedDb({
      after: (sql) => {
        if (sql.includes("inbox_effects") && sql.includes("insert into")) throw lineBroken();
      },
    });
    await processInbox(ctxWith(org.ctx, { DB: db, ...killedAfterCommit }), inboxId).catch(() => {});
    pass(10 * 60_000);
    await sweepInbox(worker, () => {});
    expect([await moves(applicationId), await effects(inboxId)]).toEqual([1, 1]);
    expect(await inboxRow(inboxId)).toMatchObject({ status: "processed" });
  });

  it("by a person has its effect again, once for each time", async () => {
    const { applicationId, inboxId } = await move();
    await workOff(org, inboxId);
    const back = { token: hiring.recruiter.token, json: { stage: "initial-screening" } };
    await json(await call("POST", `/api/applications/${applicationId}/move-stage`, back), 200);
    const retry = () => call("POST", `/api/webhooks/inbox/${inboxId}/retry`, { token: hiring.admin.token });
    await json(await retry(), 202);
    await workOff(org, inboxId);
    expect([await moves(applicationId), await effects(inboxId)]).toEqual([3, 2]);
    expect(await rows("select run from inbox_effects where inbox_id = ? order by run", inboxId)).toEqual([
      { run: 0 },
      { run: 1 },
    ]);
  });
});

describe("while D1 fails", () => {
  it("an event is 503 and kept nowhere, and taken in when it is sent again", async () => {
    const body = JSON.stringify(portalEvent("candidate.created", newcomer()));
    const headers = { "content-type": "application/json", ...signed("portal", portal.secret, body) };
    const post = (changed: Partial<Env> = {}) =>
      callWith(changed, "POST", `/api/hooks/${portal.id}`, { body, headers });
    const stored = () => count("select count(*) from inbox_events where integration_id = ?", portal.id);
    const before = await stored();
    const DB = watchedDb({
      before: (sql) => {
        if (sql.includes("inbox_events")) throw lineBroken();
      },
    });
    const answer = await post({ DB });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBeTruthy();
    expect(await stored()).toBe(before);
    expect((await post()).status).toBe(202);
  });

  it("and the answer is lost, the second sending is a repeat", async () => {
    const body = JSON.stringify(portalEvent("candidate.created", newcomer()));
    const headers = { "content-type": "application/json", ...signed("portal", portal.secret, body) };
    const post = (changed: Partial<Env> = {}) =>
      callWith(changed, "POST", `/api/hooks/${portal.id}`, { body, headers });
    const DB = watchedDb({
      after: (sql) => {
        if (sql.includes("inbox_events")) throw lineBroken();
      },
    });
    expect((await post({ DB })).status).toBe(503);
    const { id, status } = await json<{ id: string; status: string }>(await post(), 200);
    expect(status).toBe("repeated");
    expect(await workOff(org, id)).toMatchObject({ status: "processed" });
  });

  it("an event that can't be worked off is tried later and later", async () => {
    const { applicationId, inboxId } = await move();
    const db = watchedDb({
      before: (sql) => {
        if (sql.includes("inbox_effects") && sql.includes("insert into")) throw lineBroken();
      },
    });
    const ctx = ctxWith(org.ctx, { DB: db });
    for (const wait of [1, 2, 4, 8, 16]) {
      await processInbox(ctx, inboxId);
      const row = await inboxRow(inboxId);
      expect(row).toMatchObject({ status: "received", reason: expect.stringContaining("can't be reached") });
      expect((row.next_at ?? 0) - Date.now()).toBe(wait * 1000);
      pass(wait * 1000);
    }
    await sweepInbox(worker, () => {});
    expect(await moves(applicationId)).toBe(1);
    expect(await inboxRow(inboxId)).toMatchObject({ status: "processed", reason: null });
  });
});

describe("the order of events", () => {
  it("counts by when they happened, whichever way they come", async () => {
    const at = (minutes: number) => ({ occurredAt: new Date(Date.now() - minutes * 60_000).toISOString() });
    const { applicationId, data, inboxId } = await move("final-interview", at(5));
    const before = await untold("candidate.status_changed", { ...data, status: "phone-screen" }, at(10));
    const after = await untold("candidate.status_changed", { ...data, status: "offer-made" }, at(1));
    for (const id of [after, inboxId, before]) await workOff(org, id);
    const [row] = await rows("select stage_key from applications where id = ?", applicationId);
    expect(row).toEqual({ stage_key: "offer-made" });
    expect((await inboxRow(inboxId)).status).toBe("stale");
    expect((await inboxRow(before)).status).toBe("stale");
    expect(await moves(applicationId)).toBe(1);
  });

  it("counts in the very batch: of two at once the older one doesn't win", async () => {
    const at = (minutes: number) => ({ occurredAt: new Date(Date.now() - minutes * 60_000).toISOString() });
    const { applicationId, data, inboxId: older } = await move("final-interview", at(10));
    const newer = await untold("candidate.status_changed", { ...data, status: "offer-made" }, at(1));
    const db = watchedDb({
      before: once(
        (sql) => sql.includes("inbox_effects") && sql.includes("insert into"),
        () => processInbox(org.ctx, newer),
      ),
    });
    await processInbox(ctxWith(org.ctx, { DB: db }), older);
    const [row] = await rows("select stage_key from applications where id = ?", applicationId);
    expect(row).toEqual({ stage_key: "offer-made" });
    expect([(await inboxRow(older)).status, (await inboxRow(newer)).status]).toEqual(["stale", "processed"]);
    expect(await wrongCounts(org.id)).toEqual([]);
  });
});

describe("the id of an event", () => {
  it("stands for one that came before for 45 days, and is new after that", async () => {
    const event = portalEvent("candidate.created", newcomer());
    const body = JSON.stringify(event);
    const post = async () => {
      const headers = { "content-type": "application/json", ...signed("portal", portal.secret, body) };
      return await callWith({}, "POST", `/api/hooks/${portal.id}`, { body, headers });
    };
    const { id } = await json<{ id: string }>(await post(), 202);
    await workOff(org, id);
    pass(KEPT_MS - 1000);
    await dropOldInbox(worker);
    expect(await json(await post(), 200)).toEqual({ id, status: "repeated" });
    pass(2000);
    expect(await dropOldInbox(worker)).toBeGreaterThan(0);
    expect([await count("select count(*) from inbox_events where id = ?", id), await effects(id)]).toEqual([
      0, 0,
    ]);
    const again = await json<{ id: string }>(await post(), 202);
    expect(again.id).not.toBe(id);
    // The person is known by now, so nothing is doubled even so.
    expect(await workOff(org, again.id)).toMatchObject({ status: "processed" });
  });
});

describe("a source whose events can't be understood", () => {
  const told = (id: string) =>
    rows<{ type: string }>("select type from events where entity_id = ? order by seq", id);

  it("is told of once, and once when it works again", async () => {
    const source = await newSource(hiring.admin, { name: "Broken" });
    const one = async (type: string, data: object) => {
      const body = JSON.stringify(portalEvent(type, data));
      const headers = { "content-type": "application/json", ...signed("portal", source.secret, body) };
      const answer = await callWith({ EVENTS_QUEUE: lostQueue }, "POST", `/api/hooks/${source.id}`, {
        body,
        headers,
      });
      return await workOff(org, (await json<{ id: string }>(answer, 202)).id);
    };
    for (let i = 1; i < FAILING_AFTER; i++) await one("nonsense", {});
    expect(await told(source.id)).toEqual([]);
    for (let i = 0; i < 3; i++) await one("nonsense", {});
    expect(await told(source.id)).toEqual([{ type: "integration.failed" }]);
    for (let i = 0; i < 2; i++) expect((await one("candidate.created", newcomer())).status).toBe("processed");
    expect(await told(source.id)).toEqual([
      { type: "integration.failed" },
      { type: "integration.recovered" },
    ]);
    const [hours] = await rows(
      "select sum(received) r, sum(processed) p, sum(quarantined) q from inbox_hours where integration_id = ?",
      source.id,
    );
    expect(hours).toEqual({ r: FAILING_AFTER + 4, p: 2, q: FAILING_AFTER + 2 });
  });
});

it("reads the clock that can be moved, so that time can be tested from outside", async () => {
  const id = await untold("candidate.created", newcomer());
  clock.advance(1000);
  try {
    await sweepInbox(worker, () => {});
    expect((await inboxRow(id)).status).toBe("processed");
  } finally {
    clock.advance(-1000);
  }
});
