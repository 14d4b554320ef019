import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { MyDay } from "../../worker/features/dashboard/schema";
import type { Job } from "../../worker/features/jobs/schema";
import type { Board } from "../../worker/features/pipelines/schema";
import { sweepPromises } from "../../worker/features/status/late";
import type { WorkflowStep } from "../../worker/features/workflows/schema";
import { calm, noticesOf, rows } from "./facts";
import { applicant, type Hiring, newHiring } from "./hiring";
import { call, costOf, json, newOrg, type Org, worker } from "./org";

const DAY = 24 * 60 * 60 * 1000;
let org: Org;
let hiring: Hiring;
let job: Job;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  org = await newOrg();
  hiring = await newHiring(org);
  job = await json<Job>(
    await send("POST", "/api/jobs/complete", {
      job: { clientId: hiring.clientId, title: "Night lead" },
      workflow: {
        stages: [
          { name: "Waiting", replyByDays: 3 },
          { name: "Talk", replyByDays: 10 },
          { name: "Think" },
          { name: "Hired", kind: "hired", replyByDays: 5 },
        ],
      },
    }),
    201,
  );
});
afterEach(() => {
  vi.useRealTimers();
});
/** Lets time pass, in which everybody's login runs out. */
async function pass(milliseconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + milliseconds);
  hiring.recruiter = await org.person("recruiter", "Rea Cruz");
  hiring.admin = await org.person("admin", "Ann Holm");
}
const send = (method: string, path: string, body?: object, by = hiring.recruiter) =>
  call(method, path, { token: by.token, ...(body ? { json: body } : {}) });
const move = async (id: string, stage: string) =>
  await json<Application & { batchId: string }>(
    await send("POST", `/api/applications/${id}/move-stage`, { stage }),
    200,
  );
const promised = async (id: string) =>
  (await rows<{ reply_by: number | null }>("select reply_by from applications where id = ?", id))[0]
    ?.reply_by ?? null;
const setPromise = (days: number | null) =>
  send("PATCH", "/api/organization", { replyByDays: days }, hiring.admin);

describe("the answer that is promised", () => {
  it("is that of the stage, else of the organization, and none where there is an answer", async () => {
    const { id } = await applicant(hiring.recruiter, job);
    const applied = Date.now();
    expect(await promised(id)).toBe(applied + 3 * DAY);
    await pass(DAY);
    expect((await move(id, "talk")).replyBy).toBe(new Date(Date.now() + 10 * DAY).toISOString());
    // Nobody promised anything for this one.
    expect((await move(id, "think")).replyBy).toBeNull();
    await json(await setPromise(20), 200);
    // A later setting gives no promise to whoever stands there, and breaks none.
    expect(await promised(id)).toBeNull();
    await move(id, "talk");
    expect((await move(id, "think")).replyBy).toBe(new Date(Date.now() + 20 * DAY).toISOString());
    expect((await move(id, "hired")).replyBy).toBeNull();
    await move(id, "waiting");
    expect((await move(id, "rejected")).replyBy).toBeNull();
  });

  it("returns with an undo as it was given", async () => {
    const { id } = await applicant(hiring.recruiter, job);
    const before = await promised(id);
    await pass(DAY);
    const { batchId } = await move(id, "talk");
    await json(await send("POST", `/api/bulk/${batchId}/undo`), 200);
    expect(await promised(id)).toBe(before);
  });

  it("is kept by bulk moves and by what takes them back, each person's own", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.push((await applicant(hiring.recruiter, job)).id);
      await pass(60_000);
    }
    const before = await Promise.all(ids.map(promised));
    expect(new Set(before).size).toBe(5);
    const { batchId } = await json<{ batchId: string }>(
      await send("POST", "/api/applications/bulk", { action: "move", stage: "talk", ids }),
      200,
    );
    expect(await Promise.all(ids.map(promised))).toEqual(ids.map(() => Date.now() + 10 * DAY));
    await json(await send("POST", `/api/bulk/${batchId}/undo`), 200);
    expect(await Promise.all(ids.map(promised))).toEqual(before);
  });

  it("is no matter of the agent pool, whose stages refuse it", async () => {
    await json(await setPromise(20), 200);
    const ada = await org.agent("Ada Lund");
    const [row] = await rows<{ reply_by: number | null }>(
      "select reply_by from applications where agent_id = ?",
      ada.agent.id,
    );
    expect(row?.reply_by).toBeNull();
    await json(await send("PUT", `/api/agents/${ada.agent.id}/status`, { status: "screening" }), 200);
    expect(
      await rows("select 1 from applications where org_id = ? and reply_by is not null", org.id),
    ).toEqual([]);
    const { data } = await json<{ data: WorkflowStep[] }>(
      await send("GET", `/api/workflow-steps?pipelineId=${org.pipelineId}&limit=50`),
      200,
    );
    const refused = await json<{ errors: { path: string }[] }>(
      await send("PATCH", `/api/workflow-steps/${data[0]?.id}`, { replyByDays: 3 }),
      422,
    );
    expect(refused.errors[0]?.path).toBe("replyByDays");
  });

  it("goes with a stage wherever it is copied: a template, a job, a duplicate, what is carried over", async () => {
    const words = { publicName: "First talk", publicNext: "We call you.", replyByDays: 4 };
    const template = await json<{ id: string }>(
      await send("POST", "/api/workflow-templates", {
        name: "Short",
        stages: [{ name: "New" }, { name: "Screen", ...words }, { name: "Hired", kind: "hired" }],
      }),
      201,
    );
    const made = await json<Job>(
      await send("POST", "/api/jobs/complete", {
        job: { clientId: hiring.clientId, title: "Copied" },
        workflow: { templateId: template.id },
      }),
      201,
    );
    const stepOf = async (pipelineId: string) =>
      (
        await json<{ data: WorkflowStep[] }>(
          await send("GET", `/api/workflow-steps?pipelineId=${pipelineId}&limit=50`),
          200,
        )
      ).data.find(({ key }) => key === "screen");
    expect(await stepOf(made.pipelineId)).toMatchObject(words);
    const twin = await json<Job>(await send("POST", `/api/jobs/${made.id}/duplicate`), 201);
    expect(await stepOf(twin.pipelineId)).toMatchObject(words);
    const { data } = await json<{ data: WorkflowStep[] }>(
      await send("GET", `/api/workflow-steps?templateId=${template.id}&limit=50`),
      200,
    );
    const step = data.find(({ key }) => key === "screen");
    const changed = { publicName: "A short talk", publicNext: null, replyByDays: 6 };
    expect(await json(await send("PATCH", `/api/workflow-steps/${step?.id}`, changed), 200)).toMatchObject(
      changed,
    );
    await json(
      await send("POST", `/api/workflow-templates/${template.id}/apply`, { jobIds: [made.id] }),
      200,
    );
    expect(await stepOf(made.pipelineId)).toMatchObject(changed);
  });
});

describe("who is due an answer", () => {
  it("is shown to the team on the board and at the beginning of its day, in one round trip", async () => {
    const first = await applicant(hiring.recruiter, job);
    await pass(DAY);
    const second = await applicant(hiring.recruiter, job);
    await pass(2 * DAY + 60_000);
    // The first one's answer is late by a minute, the second one's due tomorrow.
    await calm(org);
    await send("GET", "/api/auth/sessions");
    const answer = await send("GET", "/api/me/day");
    expect(costOf(answer).trips).toBe(1);
    const day = await json<MyDay>(answer, 200);
    expect(day.answersDue.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(day.counts.overdueAnswers).toBe(1);
    const board = await json<Board>(await send("GET", `/api/pipelines/${job.pipelineId}/board`), 200);
    expect(board.stages[0]?.cards.map(({ replyBy }) => Date.parse(replyBy ?? ""))).toEqual([
      await promised(second.id),
      await promised(first.id),
    ]);
    // Whoever got an answer is due none.
    await move(first.id, "rejected");
    await json(await send("PATCH", `/api/applications/${second.id}`, { archived: true }), 200);
    const later = await json<MyDay>(await send("GET", "/api/me/day"), 200);
    expect(later.answersDue).toEqual([]);
    expect(later.counts.overdueAnswers).toBe(0);
  });

  it("is told to the job's team, an hour's at once, and nobody twice", async () => {
    const mia = await org.person("recruiter", "Mia Ortiz");
    for (let i = 0; i < 3; i++) await applicant(hiring.recruiter, job);
    await pass(3 * DAY - 60_000);
    const tick = async () => {
      await sweepPromises(worker, () => {});
      await calm(org);
      return (await noticesOf(mia.user.id)).filter((title) => title.includes("late"));
    };
    expect(await tick()).toEqual([]);
    await pass(2 * 60_000);
    expect(await tick()).toEqual(["3 answers are late: Night lead"]);
    const fourth = await applicant(hiring.recruiter, job);
    await worker.DB.prepare("update applications set reply_by = ? where id = ?")
      .bind(Date.now() + 60_000, fourth.id)
      .run();
    await pass(2 * 60_000);
    expect(await tick()).toHaveLength(1);
    await pass(60 * 60_000);
    expect((await tick()).at(-1)).toBe("An answer is late: Night lead");
    await pass(2 * 60 * 60_000);
    expect(await tick()).toHaveLength(2);
  });

  it("is found by its index, however many are promised an answer", async () => {
    const plan = await rows<{ detail: string }>(
      `explain query plan select id, job_id, reply_by from applications where org_id = ?
        and reply_by is not null and archived = 0 and reply_by < ? order by reply_by limit 200`,
      org.id,
      Date.now(),
    );
    expect(plan.map(({ detail }) => detail).join()).toContain("applications_reply_by");
  });

  it("is no business of the client's", async () => {
    const { id } = await applicant(hiring.recruiter, job);
    await json(await send("PATCH", `/api/applications/${id}`, { sharedWithClient: true }), 200);
    const seen = await json<Application>(
      await send("GET", `/api/applications/${id}`, undefined, hiring.clientUser),
      200,
    );
    expect(seen.replyBy).toBeNull();
    const board = await send("GET", `/api/pipelines/${job.pipelineId}/board`, undefined, hiring.clientUser);
    expect(await board.text()).not.toContain("replyBy");
  });
});
