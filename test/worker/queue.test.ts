import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { expect, it } from "vitest";
import { moveApplication } from "../../worker/features/applications/move";
import entry from "../../worker/index";
import { calm, count, noticesOf, rows } from "./facts";
import { ctxWith, envWith, killedAfterCommit, lineBroken, watchedDb } from "./faults";
import { newOrg, settled, worker } from "./org";

/** Moves after which the Worker was killed: nobody was told of them. */
async function untoldMoves(...stages: string[]) {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  await calm(org);
  const ctx = { ...ctxWith(org.ctx, killedAfterCommit), actor: recruiter.ctx.actor };
  const seqs: number[] = [];
  for (const stage of stages) {
    const { batchId } = await moveApplication(ctx, { who: { agentId: ada.agent.id }, stage });
    seqs.push(await count("select seq from events where change_id = ?", batchId));
  }
  await settled();
  return { org, ada, seqs };
}
const dispatchOf = async (seq: number) =>
  (await rows("select dispatch, attempts from events where seq = ?", seq))[0];

/** Hands bodies to a queue's consumer as one batch. */
async function deliver(queue: string, bodies: unknown[], env = worker) {
  const batch = createMessageBatch(
    queue,
    bodies.map((body, i) => ({ id: `m${i}`, timestamp: Date.now(), attempts: 3, body })),
  );
  const ctx = createExecutionContext();
  await entry.queue(batch, env, ctx);
  const { outcome, explicitAcks, retryMessages } = await getQueueResult(batch, ctx);
  return { outcome, acked: explicitAcks, retried: retryMessages.map(({ msgId }) => msgId) };
}

it("acks what a queue brought and was understood, and tries only the poison again", async () => {
  const { org, ada, seqs } = await untoldMoves("screening", "documents");
  const result = await deliver("portico-events", [
    { orgId: org.id, seqs: [seqs[0]] },
    "poison",
    { orgId: org.id },
    { orgId: org.id, seqs: ["1"] },
    null,
    { orgId: "org_unknown", seqs: [seqs[1]] },
    { orgId: org.id, seqs: [999_999_999] },
    { orgId: org.id, seqs: [seqs[1]] },
  ]);
  expect(result).toEqual({
    outcome: "ok",
    acked: ["m0", "m5", "m6", "m7"],
    retried: ["m1", "m2", "m3", "m4"],
  });
  for (const seq of seqs) expect(await dispatchOf(seq)).toMatchObject({ dispatch: "done" });
  const notices = await noticesOf(ada.user.id);
  expect(notices.filter((title) => title === "You are in Screening now")).toHaveLength(1);
});

it("tries a queue's message again that found D1 away", async () => {
  const { org, seqs } = await untoldMoves("screening");
  const DB = watchedDb({
    before: () => {
      throw lineBroken();
    },
  });
  const result = await deliver("portico-events", [{ orgId: org.id, seqs }], envWith({ DB }));
  expect(result).toEqual({ outcome: "ok", acked: [], retried: ["m0"] });
  expect(await dispatchOf(seqs[0] ?? 0)).toEqual({ dispatch: "pending", attempts: 0 });
});

it("takes dead letters, whatever they are, and changes nothing", async () => {
  for (const queue of ["portico-events-dead", "portico-email-dead"]) {
    expect(await deliver(queue, ["poison", null])).toEqual({
      outcome: "ok",
      acked: ["m0", "m1"],
      retried: [],
    });
  }
});
