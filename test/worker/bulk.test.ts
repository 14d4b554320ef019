import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { BulkResult } from "../../worker/features/applications/schema";
import { count, rows } from "./facts";
import { applicant, graph, type Hiring, newHiring, newJob, wrongCounts } from "./hiring";
import { call, follow, json, newOrg, type Org } from "./org";

let org: Org;
let hiring: Hiring;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
});

const by = () => ({ token: hiring.recruiter.token });
const bulk = async (body: Record<string, unknown>, headers = {}) =>
  await json<BulkResult>(await call("POST", "/api/applications/bulk", { ...by(), json: body, headers }), 200);
const undo = (batchId: string | null) => call("POST", `/api/bulk/${batchId}/undo`, by());

async function people(many: number) {
  const job = await newJob(hiring.recruiter, hiring.clientId);
  const ids: string[] = [];
  for (let i = 0; i < many; i++) ids.push((await applicant(hiring.recruiter, job)).id);
  await follow();
  return { job, ids };
}

describe("a bulk action", () => {
  it("says in a dry run what it would do, and does it to each with a result", async () => {
    const { ids } = await people(5);
    const before = await graph(org.id);
    const dry = await bulk({ action: "reject", ids: [...ids, "app_nobody"], reason: "Filled", dryRun: true });
    expect(dry).toMatchObject({ batchId: null, dryRun: true });
    expect(dry.results.slice(0, 5)).toEqual(
      ids.map((id) => ({ id, ok: true, name: expect.any(String), text: "Application Received → Rejected" })),
    );
    expect(dry.results[5]).toMatchObject({ id: "app_nobody", ok: false });
    expect(await graph(org.id)).toEqual(before);
    const done = await bulk({ action: "reject", ids: [...ids, "app_nobody"], reason: "Filled" });
    expect(done.results.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false]);
    await follow();
    const mails = await rows<{ template: string; wait: number }>(
      "select template, send_at - created_at as wait from emails where batch_id = ?",
      done.batchId,
    );
    // Ten minutes, so that all of it can be taken back.
    expect(mails).toHaveLength(5);
    for (const { template, wait } of mails) {
      expect(template).toBe("application_rejected");
      expect(wait).toBeGreaterThan(590_000);
    }
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("repeated with its key is the same answer and no second effect", async () => {
    const { ids } = await people(2);
    const headers = { "idempotency-key": "bulk-once" };
    const first = await bulk({ action: "move", ids, stage: "phone-screen" }, headers);
    expect(await bulk({ action: "move", ids, stage: "phone-screen" }, headers)).toEqual(first);
    expect(await count("select count(*) from events where change_id = ?", first.batchId)).toBe(2);
  });

  it("while somebody else moves half of the people: a result each, no half states", async () => {
    const { ids } = await people(30);
    const others = ids.filter((_, i) => i % 2 === 0);
    const [done] = await Promise.all([
      bulk({ action: "move", ids, stage: "offer-made" }),
      ...others.map((id) =>
        call("POST", `/api/applications/${id}/move-stage`, { ...by(), json: { stage: "phone-screen" } }),
      ),
      ...others.map((id) => call("PATCH", `/api/applications/${id}`, { ...by(), json: { rating: 3 } })),
    ]);
    expect(done.results).toHaveLength(30);
    for (const { id, ok } of done.results) {
      const moves = await count(
        "select count(*) from events where entity_id = ? and change_id = ? and type = 'application.status_changed'",
        id,
        done.batchId,
      );
      expect(moves, "exactly the ones that are said to be done").toBe(ok ? 1 : 0);
    }
    expect(
      await count(
        `select count(*) from events e where e.org_id = ? and e.type = 'application.status_changed' and
         (select count(*) from audit_entries a where a.change_id = e.change_id and a.entity_id = e.entity_id) <> 1`,
        org.id,
      ),
    ).toBe(0);
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("can be taken back item by item, and says who was changed meanwhile", async () => {
    const { ids } = await people(4);
    const done = await bulk({ action: "move", ids, stage: "hired" });
    await call("PATCH", `/api/applications/${ids[0]}`, { ...by(), json: { rating: 5 } });
    const { results } = await json<BulkResult>(await undo(done.batchId), 200);
    expect(results.map(({ ok }) => ok)).toEqual([false, true, true, true]);
    expect(await wrongCounts(org.id)).toEqual([]);
    expect((await undo("chg_nobody")).status).toBe(404);
  });

  it.each([
    [{ action: "move" }],
    [{ action: "tag" }],
    [{ action: "email" }],
    [{ action: "email", template: "password_reset" }],
    [{ action: "fly" }],
  ])("is refused where something is missing: %j", async (body) => {
    const answer = await call("POST", "/api/applications/bulk", {
      ...by(),
      json: { ids: ["app_1"], ...body },
    });
    expect(answer.status).toBe(422);
  });

  it("takes 500 in one round trip each way", async () => {
    const answer = await call("POST", "/api/applications/bulk", {
      ...by(),
      json: { action: "archive", ids: Array.from({ length: 501 }, (_, i) => `app_${i}`) },
    });
    expect(answer.status).toBe(422);
  });
});

it("a bulk action and its undo leave the same records, whatever was done to whom", async () => {
  const { ids } = await people(6);
  const action = fc.oneof(
    fc.record({
      action: fc.constant("move"),
      stage: fc.constantFrom("phone-screen", "final-interview", "hired", "withdrawn", "application-received"),
    }),
    fc.record({ action: fc.constant("reject"), reason: fc.constantFrom("Too far", "No visa") }),
    fc.record({ action: fc.constant("tag"), tags: fc.subarray(["a", "b", "-a", "-b"], { minLength: 1 }) }),
    fc.record({ action: fc.constant("archive") }),
    fc.record({ action: fc.constant("email"), template: fc.constant("application_stage") }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(ids, { minLength: 1 }),
      action,
      fc.boolean(),
      async (some, what, follows) => {
        await call("PATCH", `/api/applications/${ids[0]}`, {
          ...by(),
          json: { tags: ["a"], sharedWithClient: true },
        });
        await follow();
        const before = await graph(org.id);
        const done = await bulk({ ...what, ids: some });
        if (follows) await follow();
        if (done.batchId === null) {
          expect(await graph(org.id)).toEqual(before);
          return;
        }
        const { results } = await json<BulkResult>(await undo(done.batchId), 200);
        expect(results.every(({ ok }) => ok)).toBe(true);
        await follow();
        const after = await graph(org.id);
        // A mail that was taken back is a row that never goes out.
        const mails = await rows<{ id: string }>(
          `select e.id from emails e where e.batch_id = ? and e.status = 'queued' and not exists
          (select 1 from undone_moves u where u.batch_id = e.batch_id and u.application_id = e.application_id)`,
          done.batchId,
        );
        expect(mails).toEqual([]);
        expect({ ...after, mails: [] }).toEqual({ ...before, mails: [] });
        expect(await wrongCounts(org.id)).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
});
