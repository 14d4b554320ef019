import { describe, expect, it } from "vitest";
import { planReminders } from "../../worker/features/reminders/plan";
import { sweepReminders } from "../../worker/features/reminders/sweep";
import { clock } from "../../worker/lib/clock";
import { calm, outboxOf, rows } from "./facts";
import { ctxWith, killedAfterCommit } from "./faults";
import { newOrg, type Org, settled, worker } from "./org";

const MINUTE = 60_000;
const after = (work: Promise<unknown>) => void work.catch(() => undefined);

/** Somebody who was asked for a document, and when they are reminded of it. */
async function asked(org: Org, id: string, dueAt: number) {
  const ada = await org.agent();
  const agentId = ada.agent.id;
  const request = { id, agentId, ownerId: agentId, type: "w9", status: "open" };
  const { db } = org.ctx;
  const columns = "(id, org_id, agent_id, owner_id, type, status, created_at)";
  await rows(
    `insert into document_requests ${columns} values (?, ?, ?, ?, ?, ?, 0)`,
    ...[request.id, org.id, agentId, agentId, request.type, request.status],
  );
  const reminder = { kind: "request_due", subjectId: id, agentId, part: "1", dueAt } as const;
  await db.write([planReminders(org.ctx, [reminder])]);
  return { ada, reminder };
}
const mails = async (email: string) =>
  (await outboxOf(email)).filter(({ subject }) => subject.includes("is due")).length;
const left = async (org: Org) =>
  await rows<{ subject_id: string; due_at: number }>(
    "select subject_id, due_at from reminders where org_id = ? and done_at is null order by due_at",
    org.id,
  );

describe("reminders", () => {
  it("are planned once: the same again changes nothing", async () => {
    const org = await newOrg();
    const { reminder } = await asked(org, `req_once_${org.id}`, clock.now() + MINUTE);
    await org.ctx.db.write([planReminders(org.ctx, [{ ...reminder, dueAt: clock.now() + 9 * MINUTE }])]);
    expect(await left(org)).toHaveLength(1);
    expect(await sweepReminders(worker, after)).toBe(0);
  });

  it("that fail hold up no other, and are tried again later", async () => {
    const org = await newOrg();
    const at = clock.now();
    const [one, two] = [
      await asked(org, `req_bad_${org.id}`, at - 2),
      await asked(org, `req_good_${org.id}`, at - 1),
    ];
    // Of a kind that nobody handles.
    await rows("update reminders set kind = 'of_no_kind' where subject_id = ?", one.reminder.subjectId);
    await sweepReminders(worker, after);
    await calm(org);
    expect(await mails(two.ada.user.email)).toBe(1);
    const [bad, ...more] = await left(org);
    expect(more).toEqual([]);
    expect(bad?.subject_id).toBe(one.reminder.subjectId);
    expect(bad?.due_at).toBeGreaterThan(at + 9 * MINUTE);
    await rows("update reminders set kind = 'request_due' where subject_id = ?", one.reminder.subjectId);
    clock.advance(11 * MINUTE);
    await sweepReminders(worker, after);
    await calm(org);
    expect(await mails(one.ada.user.email)).toBe(1);
    expect(await left(org)).toEqual([]);
  });

  it("are told once by ten sweeps at once, and by those after a kill", async () => {
    const org = await newOrg();
    const people = [];
    for (let i = 0; i < 5; i++) people.push(await asked(org, `req_${i}_${org.id}`, clock.now() - 1));
    const { env } = ctxWith(org.ctx, killedAfterCommit);
    await Promise.all(Array.from({ length: 10 }, () => sweepReminders(env, after)));
    await sweepReminders(worker, after);
    await settled();
    await calm(org);
    for (const { ada } of people) expect(await mails(ada.user.email)).toBe(1);
    expect(await left(org)).toEqual([]);
  });
});
