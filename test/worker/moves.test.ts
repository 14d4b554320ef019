import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import {
  checkPool,
  count,
  eventsOf,
  kept,
  type MovedAgent,
  move,
  moved,
  noticesOf,
  outboxOf,
  pathOf,
  rows,
  written,
} from "./facts";
import { call, follow, json, newOrg, type Org, type Person, settled, worker } from "./org";

const STAGE_MAIL = / you are in Screening now$/;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

async function sweepAll(): Promise<void> {
  const work: Promise<unknown>[] = [];
  await sweep(worker, (one) => work.push(one));
  await Promise.all(work);
  await settled();
}

describe("a move", () => {
  it("writes the stage, the counts, the version, one event and one audit entry together", async () => {
    const org = await newOrg();
    const [recruiter, ada] = [await org.person("recruiter"), await org.agent("Ada Lund")];
    await org.agent("Bo Beck");
    const answer = await move(recruiter, ada.agent.id, "screening", { reason: "Good references" });
    const agent = await json<MovedAgent>(answer, 200);
    expect(agent).toMatchObject({ id: ada.agent.id, status: "screening", version: 2 });
    expect(answer.headers.get("etag")).toBe('"2"');

    expect((await kept(org)).filter((stage) => stage.count > 0)).toEqual([
      { key: "applied", count: 1 },
      { key: "screening", count: 1 },
    ]);
    const events = await eventsOf(ada.agent.id);
    expect(events.map((event) => [event.type, event.entity_seq])).toEqual([
      ["agent.created", 1],
      ["agent.status_changed", 2],
    ]);
    expect(JSON.parse(events[1]?.data ?? "")).toEqual({
      agentId: ada.agent.id,
      oldStatus: "applied",
      newStatus: "screening",
      changedBy: recruiter.user.id,
    });
    const audit = await rows("select * from audit_entries where change_id = ?", agent.batchId);
    expect(audit).toHaveLength(1);
    expect(audit[0]).toMatchObject({
      action_type: "AGENT_STATUS_CHANGE",
      actor_kind: "user",
      actor_id: recruiter.user.id,
      actor_role: "recruiter",
      entity_id: ada.agent.id,
      old_value: '{"status":"applied"}',
      new_value: '{"status":"screening"}',
      metadata: '{"reason":"Good references"}',
    });
    await checkPool(org);
  });

  it("notifies the agent at once and mails after ten seconds, each exactly once", async () => {
    const org = await newOrg();
    const [recruiter, ada] = [await org.person("recruiter"), await org.agent("Ada Lund")];
    await follow();
    await moved(recruiter, ada.agent.id, "screening");
    await follow();
    await follow();
    const notices = await noticesOf(ada.user.id);
    expect(notices.filter((title) => title === "You are in Screening now")).toHaveLength(1);

    const mails = async () =>
      (await outboxOf(ada.user.email)).filter((mail) => STAGE_MAIL.test(mail.subject)).length;
    pass(9_000);
    await sweepAll();
    expect(await mails(), "no mail while the move can be taken back").toBe(0);
    pass(2_000);
    await Promise.all([sweepAll(), sweepAll()]);
    await sweepAll();
    expect(await mails()).toBe(1);
  });

  it("to where the person stands is 200 and writes nothing", async () => {
    const org = await newOrg();
    const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
    await follow();
    const before = await written(org);
    const agent = await moved(recruiter, ada.agent.id, "applied");
    expect(agent).toMatchObject({ status: "applied", version: 1 });
    await follow();
    expect(await written(org)).toEqual(before);
  });

  it("answers what a read right after it shows, whatever the stage means for what is owed", async () => {
    const org = await newOrg();
    const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
    for (const stage of [
      "screening",
      "rejected",
      "withdrawn",
      "documents",
      "active",
      "inactive",
      "applied",
    ]) {
      const { batchId: _, ...agent } = await moved(recruiter, ada.agent.id, stage);
      const path = `/api/agents/${ada.agent.id}`;
      expect(await json(await call("GET", path, { token: recruiter.token }), 200)).toEqual(agent);
      pass(1_000);
    }
  });

  it("there and back again keeps both steps in the history", async () => {
    const org = await newOrg();
    const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
    await moved(recruiter, ada.agent.id, "rejected");
    await moved(recruiter, ada.agent.id, "applied");
    expect(await pathOf(ada.agent.id)).toEqual(["applied>rejected", "rejected>applied"]);
    await checkPool(org);
  });
});

describe("a refused move writes nothing:", () => {
  const refused = async (
    status: number,
    ask: (setting: { org: Org; recruiter: Person; ada: Person; agentId: string }) => Promise<Response>,
  ) => {
    const org = await newOrg();
    const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
    await moved(recruiter, ada.agent.id, "screening");
    await follow();
    const before = await written(org);
    const problem = await json(await ask({ org, recruiter, ada, agentId: ada.agent.id }), status);
    await follow();
    expect(await written(org)).toEqual(before);
    await checkPool(org);
    return problem;
  };

  it("a stage that no pipeline has", async () => {
    const problem = await refused(422, ({ recruiter, agentId }) => move(recruiter, agentId, "nirvana"));
    expect(problem).toMatchObject({
      errors: [{ path: "status", message: expect.stringContaining("applied") }],
    });
  });

  it("a stage that only another pipeline has", async () => {
    await refused(422, async ({ org, recruiter, agentId }) => {
      const other = `pipe_other_${org.id}`;
      await worker.DB.batch([
        worker.DB.prepare(
          "insert into pipelines (id, org_id, kind, name, created_at) values (?, ?, 'job', 'Nurse', 0)",
        ).bind(other, org.id),
        worker.DB.prepare(
          `insert into stages (id, org_id, pipeline_id, key, name, kind, status, position)
           values (?, ?, ?, 'phone_screen', 'Phone screen', 'open', 'NEW', 0)`,
        ).bind(`stg_other_${org.id}`, org.id, other),
      ]);
      const answer = await move(recruiter, agentId, "phone_screen");
      // A stage's id is no key either.
      expect((await move(recruiter, agentId, `stg_other_${org.id}`)).status).toBe(422);
      return answer;
    });
  });

  it("from a stage that somebody else has moved them out of", async () => {
    const problem = await refused(409, ({ recruiter, agentId }) =>
      move(recruiter, agentId, "documents", { from: "applied" }),
    );
    expect(problem).toMatchObject({ current: { status: "screening", version: 2 } });
  });

  it("with the version of an earlier state", async () => {
    const problem = await refused(412, ({ recruiter, agentId }) =>
      move(recruiter, agentId, "documents", { headers: { "if-match": '"1"' } }),
    );
    expect(problem).toMatchObject({ current: { status: "screening", version: 2 } });
  });

  it("with a version that is yet to come", async () => {
    await refused(412, ({ recruiter, agentId }) =>
      move(recruiter, agentId, "documents", { headers: { "if-match": '"3"' } }),
    );
  });

  it("of an agent of another organization", async () => {
    const stranger = await (await newOrg()).person("admin");
    await refused(404, ({ agentId }) => move(stranger, agentId, "documents"));
  });

  it("by the agent", async () => {
    await refused(403, ({ ada, agentId }) => move(ada, agentId, "active"));
  });

  it("with words that are too long or of the wrong kind", async () => {
    await refused(422, async ({ recruiter, agentId }) => {
      expect((await move(recruiter, agentId, "documents", { reason: "x".repeat(1001) })).status).toBe(422);
      const path = `/api/agents/${agentId}/status`;
      for (const body of [{}, { status: 5 }, { status: "" }, { status: "documents", stage: "documents" }]) {
        expect((await call("PUT", path, { token: recruiter.token, json: body })).status).toBe(422);
      }
      return await call("PUT", path, { token: recruiter.token, json: { status: null } });
    });
  });
});

it("keeps a matching version and a matching stage as conditions of a move", async () => {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  const headers = { "if-match": '"1"' };
  await json(await move(recruiter, ada.agent.id, "screening", { from: "applied", headers }), 200);
  expect(await count("select version from agents where id = ?", ada.agent.id)).toBe(2);
});
