import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drain } from "../../worker/events/drain";
import { moveApplication } from "../../worker/features/applications/move";
import { undoBatch } from "../../worker/features/applications/undo";
import {
  calm,
  checkPool,
  count,
  eventsOf,
  kept,
  moved,
  noticesOf,
  outboxOf,
  pathOf,
  rows,
  written,
} from "./facts";
import { ctxWith, killedAfterCommit, once, watchedDb } from "./faults";
import { call, follow, json, newOrg, type Org, type Person, settled } from "./org";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

interface Undone {
  batchId: string;
  results: { id: string; ok: boolean; error?: string }[];
}
const undo = (by: Person, batchId: string, headers?: Record<string, string>) =>
  call("POST", `/api/bulk/${batchId}/undo`, { token: by.token, ...(headers ? { headers } : {}) });

const stageMails = async (email: string) =>
  (await outboxOf(email)).filter((mail) => mail.subject.includes("Screening")).length;

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  await calm(org);
  return { org, recruiter, ada };
}

/** A move whose nudges are lost, so that nothing follows before the test says so. */
async function quietMove(org: Org, by: Person, agentId: string, stage: string): Promise<string> {
  const ctx = { ...ctxWith(org.ctx, killedAfterCommit), actor: by.ctx.actor };
  const { batchId } = await moveApplication(ctx, { who: { agentId }, stage });
  return batchId;
}
const seqOf = async (batchId: string) => await count("select seq from events where change_id = ?", batchId);

describe("an undo in time", () => {
  it("returns the person and writes one event and one audit entry of its own", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    pass(9_000);
    const undone = await json<Undone>(await undo(recruiter, batchId), 200);
    expect(undone).toEqual({ batchId, results: [{ id: ada.agent.id, ok: true }] });
    expect(await pathOf(ada.agent.id)).toEqual(["applied>screening", "screening>applied"]);
    expect((await kept(org)).find((stage) => stage.key === "applied")).toEqual({ key: "applied", count: 1 });
    expect(
      await rows("select action_type from audit_entries where entity_id = ? order by seq", ada.agent.id),
    ).toEqual([{ action_type: "AGENT_STATUS_CHANGE" }, { action_type: "AGENT_STATUS_UNDO" }]);
    await checkPool(org);
  });

  it("cancels the waiting mail and withdraws the notice, and the stage returned to doesn't act again", async () => {
    const { org, recruiter, ada } = await setting();
    const before = [await outboxOf(ada.user.email), await noticesOf(ada.user.id)];
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await follow();
    expect(await noticesOf(ada.user.id)).toContain("You are in Screening now");
    expect(await count("select count(*) from emails where batch_id = ? and status = 'queued'", batchId)).toBe(
      1,
    );
    await json(await undo(recruiter, batchId), 200);
    pass(3_600_000);
    await calm(org);
    expect([await outboxOf(ada.user.email), await noticesOf(ada.user.id)]).toEqual(before);
    expect(await rows("select status from emails where batch_id = ?", batchId)).toEqual([
      { status: "cancelled" },
    ]);
  });

  it("leaves a notice that was read already", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await follow();
    await json(await call("POST", "/api/notifications/read-all", { token: ada.token, json: {} }), 200);
    await json(await undo(recruiter, batchId), 200);
    await calm(org);
    expect(await noticesOf(ada.user.id)).toContain("You are in Screening now");
  });

  it("withdraws the notice even if the Worker is killed right after it", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await follow();
    const ctx = { ...ctxWith(org.ctx, killedAfterCommit), actor: recruiter.ctx.actor };
    expect((await undoBatch(ctx, batchId)).results[0]?.ok).toBe(true);
    expect(await noticesOf(ada.user.id)).toContain("You are in Screening now");
    await calm(org);
    expect(await noticesOf(ada.user.id)).not.toContain("You are in Screening now");
  });

  it("keeps a subscriber that comes later from mailing or notifying", async () => {
    const { org, recruiter, ada } = await setting();
    const before = await written(org);
    const batchId = await quietMove(org, recruiter, ada.agent.id, "screening");
    const ctx = { ...ctxWith(org.ctx, killedAfterCommit), actor: recruiter.ctx.actor };
    expect((await undoBatch(ctx, batchId)).results[0]?.ok).toBe(true);
    pass(3_600_000);
    await calm(org);
    const after = await written(org);
    expect(after.emails).toBe(before.emails);
    expect(after.notifications).toBe(before.notifications);
    expect(await stageMails(ada.user.email)).toBe(0);
  });

  it("cancels the mail of a subscriber that had looked just before it", async () => {
    const { org, recruiter, ada } = await setting();
    const batchId = await quietMove(org, recruiter, ada.agent.id, "screening");
    const looked = once(
      (sql) => sql.includes("stage_actions"),
      () => undoBatch(recruiter.ctx, batchId),
    );
    await drain(ctxWith(org.ctx, { DB: watchedDb({ after: looked }) }), [await seqOf(batchId)]);
    await settled();
    expect(await pathOf(ada.agent.id)).toEqual(["applied>screening", "screening>applied"]);
    expect(await count("select count(*) from emails where batch_id = ?", batchId)).toBe(1);
    pass(11_000);
    await calm(org);
    expect(await stageMails(ada.user.email)).toBe(0);
    expect(await rows("select status from emails where batch_id = ?", batchId)).toEqual([
      { status: "cancelled" },
    ]);
  });

  it("may be followed by the same move again, which mails", async () => {
    const { org, recruiter, ada } = await setting();
    const first = await moved(recruiter, ada.agent.id, "screening");
    await json(await undo(recruiter, first.batchId), 200);
    await moved(recruiter, ada.agent.id, "screening");
    await follow();
    pass(11_000);
    await calm(org);
    expect(await stageMails(ada.user.email)).toBe(1);
    await checkPool(org);
  });

  it("by a colleague works too", async () => {
    const { org, recruiter, ada } = await setting();
    const admin = await org.person("admin");
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    expect((await json<Undone>(await undo(admin, batchId), 200)).results[0]?.ok).toBe(true);
  });

  it("answers the same again to the same Idempotency-Key", async () => {
    const { recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    const headers = { "idempotency-key": `undo-${batchId}` };
    const first = await json<Undone>(await undo(recruiter, batchId, headers), 200);
    const again = await undo(recruiter, batchId, headers);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await json<Undone>(again, 200)).toEqual(first);
    expect(await pathOf(ada.agent.id)).toHaveLength(2);
  });
});

describe("an undo that says what changed meanwhile", () => {
  const says = { ok: false, error: expect.stringContaining("Changed again") };

  it("the second time", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await json(await undo(recruiter, batchId), 200);
    const again = await json<Undone>(await undo(recruiter, batchId), 200);
    expect(again.results).toEqual([{ id: ada.agent.id, ...says }]);
    expect(await pathOf(ada.agent.id)).toHaveLength(2);
    await checkPool(org);
  });

  it("ten times at once goes back once", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    const answers = await Promise.all(Array.from({ length: 10 }, () => undo(recruiter, batchId)));
    const bodies = await Promise.all(answers.map((answer) => json<Undone>(answer, 200)));
    expect(bodies.filter((body) => body.results[0]?.ok)).toHaveLength(1);
    expect(await pathOf(ada.agent.id)).toEqual(["applied>screening", "screening>applied"]);
    await checkPool(org);
  });

  it("after somebody else moved them on", async () => {
    const { org, recruiter, ada } = await setting();
    const admin = await org.person("admin");
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await moved(admin, ada.agent.id, "documents");
    const answer = await json<Undone>(await undo(recruiter, batchId), 200);
    expect(answer.results).toEqual([{ id: ada.agent.id, ...says }]);
    expect((await eventsOf(ada.agent.id)).at(-1)?.data).toContain('"newStatus":"documents"');
    await follow();
    pass(11_000);
    await calm(org);
    // Nothing was taken back, so both moves were real and both are told.
    expect(await stageMails(ada.user.email)).toBe(1);
  });

  it("once the mail is out, however the clocks stand", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await follow();
    const late = Date.now() + 9_999;
    pass(10_000);
    await calm(org);
    expect(await stageMails(ada.user.email)).toBe(1);
    // The same moment by another machine's clock, which is a little behind.
    const behind = { ...recruiter.ctx, now: () => late };
    expect((await undoBatch(behind, batchId)).results[0]?.ok).toBe(false);
    expect((await json<Undone>(await undo(recruiter, batchId), 200)).results[0]?.ok).toBe(false);
    expect(await pathOf(ada.agent.id)).toEqual(["applied>screening"]);
  });
});

describe("an undo is refused", () => {
  it("after ten seconds", async () => {
    const { org, recruiter, ada } = await setting();
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await follow();
    const before = await written(org);
    pass(10_001);
    await json(await undo(recruiter, batchId), 409);
    expect(await written(org)).toEqual(before);
  });

  it("as absent for another organization and for what is no move", async () => {
    const { org, recruiter, ada } = await setting();
    const stranger = await (await newOrg()).person("admin");
    const { batchId } = await moved(recruiter, ada.agent.id, "screening");
    await follow();
    const before = await written(org);
    await json(await undo(stranger, batchId), 404);
    await json(await undo(recruiter, "chg_00000000000000000000000000"), 404);
    const [created] = await rows<{ change_id: string }>(
      "select change_id from events where entity_id = ? and type = 'agent.created'",
      ada.agent.id,
    );
    await json(await undo(recruiter, created?.change_id ?? ""), 404);
    await json(await undo(ada, batchId), 403);
    expect(await written(org)).toEqual(before);
  });
});
