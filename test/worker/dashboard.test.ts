import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { drain } from "../../worker/events/drain";
import { moveApplication } from "../../worker/features/applications/move";
import type { Application } from "../../worker/features/applications/schema";
import { undoBatch } from "../../worker/features/applications/undo";
import { getMyDay } from "../../worker/features/dashboard/day";
import type { ClientHome, DashboardStats, MyDay } from "../../worker/features/dashboard/schema";
import { getStats } from "../../worker/features/dashboard/stats";
import { fillJob } from "../fixtures/many";
import { calm, count, rows } from "./facts";
import { applicant, type Hiring, newHiring, newJob } from "./hiring";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";

let org: Org;
let hiring: Hiring;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  org = await newOrg();
  hiring = await newHiring(org);
});
afterEach(() => {
  vi.useRealTimers();
});
const DAY = 24 * 60 * 60 * 1000;
const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const today = () => new Date().toISOString().slice(0, 10);

const send = (by: Person, method: string, path: string, body?: object) =>
  call(method, path, { token: by.token, ...(body ? { json: body as Record<string, unknown> } : {}) });
// Verbs, since a token lasts ten minutes and these tests last for days.
const stats = (query: { days?: "30" | "90"; jobId?: string } = {}) =>
  getStats(hiring.recruiter.ctx, { days: "30", ...query });
const move = async (application: Application, stage: string) =>
  await moveApplication(hiring.recruiter.ctx, { who: { applicationId: application.id }, stage });

/** What is counted of each metric, without zeros. */
async function counted(jobId: string): Promise<Record<string, number>> {
  const found = await rows<{ metric: string; key: string; count: number }>(
    `select metric, key, sum(count) as count from daily_counts where org_id = ? and job_id = ?
     group by metric, key having sum(count) <> 0 or sum(seconds) <> 0 order by metric, key`,
    org.id,
    jobId,
  );
  return Object.fromEntries(
    found.map((row) => [row.key ? `${row.metric} ${row.key}` : row.metric, row.count]),
  );
}

describe("counts of each day", () => {
  it("hold arrivals by source, who entered and left each stage, and how it ended", async () => {
    const { recruiter, job } = hiring;
    const kim = await applicant(recruiter, job);
    const lea = await applicant(recruiter, job);
    await calm(org);
    pass(2 * DAY);
    await move(kim, "phone-screen");
    await move(lea, "rejected");
    await calm(org);
    pass(DAY);
    await move(kim, "hired");
    await calm(org);
    const expected = {
      "applications api": 2,
      "entered application-received": 2,
      "entered hired": 1,
      "entered phone-screen": 1,
      "entered rejected": 1,
      hired: 1,
      "left application-received": 2,
      "left phone-screen": 1,
      rejected: 1,
    };
    expect(await counted(job.id)).toEqual(expected);
    expect(await counted("")).toEqual({ ...expected, candidates: 2 });
    const { funnel, timeInStage, sources, perDay } = await stats({ jobId: job.id });
    expect(funnel.slice(0, 3).map(({ name, entered }) => [name, entered])).toEqual([
      ["Application Received", 2],
      ["Initial Screening", 0],
      ["Phone Screen", 1],
    ]);
    expect(timeInStage.map(({ stage, people, days }) => [stage, people, days])).toEqual([
      ["application-received", 2, 2],
      ["phone-screen", 1, 1],
    ]);
    expect(sources).toEqual([{ source: "api", applications: 2 }]);
    expect(perDay).toHaveLength(30);
    expect(perDay.at(-1)).toEqual({ day: today(), applications: 0, hires: 1 });
    expect(perDay.at(-4)).toMatchObject({ applications: 2, hires: 0 });
    expect((await stats()).funnel).toEqual(funnel);
  });

  it("of a move that is taken back are as if it had never been, whichever event comes first", async () => {
    const { recruiter, job } = hiring;
    const kim = await applicant(recruiter, job);
    await calm(org);
    const before = [await counted(""), await counted(job.id)];
    for (const order of ["asc", "desc"]) {
      const { batchId } = await move(kim, "hired");
      await undoBatch(recruiter.ctx, batchId);
      const events = await rows<{ seq: number }>(
        `select seq from events where entity_id = ? and type = 'application.status_changed'
         and dispatch = 'pending' order by seq ${order}`,
        kim.id,
      );
      for (const { seq } of events) await drain(org.ctx, [seq]);
      await calm(org);
      expect([await counted(""), await counted(job.id)]).toEqual(before);
      expect(await count("select coalesce(sum(seconds), 0) from daily_counts where org_id = ?", org.id)).toBe(
        0,
      );
    }
  });

  it("count an event once, and agents apart from applicants", async () => {
    const agent = await org.agent();
    await calm(org);
    await rows("update events set dispatch = 'pending' where org_id = ?", org.id);
    await calm(org);
    await send(hiring.recruiter, "PUT", `/api/agents/${agent.agent.id}/status`, { status: "active" });
    await calm(org);
    expect(await counted("pool")).toEqual({
      agents: 1,
      "entered active": 1,
      "entered applied": 1,
      hired: 1,
      "left applied": 1,
    });
    expect(await counted("")).toEqual({});
  });

  it("keep the number of people under way of a job", async () => {
    const { recruiter, job } = hiring;
    const [kim, lea] = [await applicant(recruiter, job), await applicant(recruiter, job)];
    await calm(org);
    const active = () => count("select active_count from jobs where id = ?", job.id);
    expect(await active()).toBe(2);
    await move(kim, "rejected");
    await move(lea, "phone-screen");
    await calm(org);
    expect(await active()).toBe(1);
  });
});

describe("the dashboard", () => {
  it("counts what there is, in one round trip, and leads to each number", async () => {
    const { recruiter, job, clientId } = hiring;
    const draft = { clientId, title: "Later", status: "draft" };
    await json(await send(recruiter, "POST", "/api/jobs", draft), 201);
    const kim = await applicant(recruiter, job);
    await applicant(recruiter, job);
    await move(kim, "hired");
    await org.agent();
    const late = new Date(Date.now() - DAY).toISOString();
    for (const dueAt of [late, null]) {
      await json(await send(recruiter, "POST", "/api/workflow-tasks", { title: "T", dueAt }), 201);
    }
    const answer = await send(recruiter, "GET", "/api/dashboard/stats");
    const { totals, links } = await json<DashboardStats>(answer, 200);
    expect(costOf(answer).trips).toBe(1);
    expect(totals).toMatchObject({
      jobs: { draft: 1, open: 1, on_hold: 0, closed: 0, filled: 0 },
      openings: 1,
      // That of the jobs, and the one that a client user of the tests comes with.
      clients: 2,
      candidates: 2,
      applications: { NEW: 1, SELECTED: 1, REJECTED: 0 },
      tasks: { open: 2, overdue: 1 },
      documentsToReview: 0,
    });
    expect(totals.agents.map(({ stage, count: people }) => [stage, people])).toContainEqual(["applied", 1]);
    expect(links).toMatchObject({ overdueTasks: "/tasks?whose=all&overdue=yes", agents: "/pool" });
  });

  it("of a job that isn't there is 404", async () => {
    expect((await send(hiring.recruiter, "GET", "/api/dashboard/stats?jobId=job_none")).status).toBe(404);
  });
});

describe("my day", () => {
  it("shows my tasks by their day, and no one else's", async () => {
    const { recruiter, admin } = hiring;
    const at = (days: number) => new Date(Date.now() + days * DAY).toISOString();
    const make = (title: string, dueAt: string | null, by = recruiter) =>
      send(by, "POST", "/api/workflow-tasks", { title, dueAt });
    for (const [title, due] of [
      ["whenever", null],
      ["far", at(20)],
      ["soon", at(3)],
      ["late", at(-1)],
    ] as const)
      await json(await make(title, due), 201);
    await json(await make("admin's", at(1), admin), 201);
    const answer = await send(recruiter, "GET", "/api/me/day");
    const day = await json<MyDay>(answer, 200);
    expect(costOf(answer).trips).toBe(1);
    expect(day.tasks.map(({ title }) => title)).toEqual(["late", "soon", "whenever"]);
    expect(day.counts).toMatchObject({ tasks: 4, overdueTasks: 1 });
  });

  it("shows who is new and who waits longest in my jobs, or in all where I am in no team", async () => {
    const { recruiter, admin, job, clientId } = hiring;
    const other = await newJob(recruiter, clientId, { title: "Other job" });
    const team = [{ userId: admin.user.id }];
    await json(await send(recruiter, "PUT", `/api/jobs/${other.id}/team`, { team }), 200);
    const kim = await applicant(recruiter, job);
    pass(60_000);
    const lea = await applicant(recruiter, other);
    pass(60_000);
    const max = await applicant(recruiter, other, { stage: "phone-screen" });
    await json(await send(recruiter, "PATCH", `/api/applications/${max.id}`, { tags: ["x"] }), 200);
    const all = await getMyDay(recruiter.ctx);
    expect(all.scope).toBe("all");
    expect(all.newApplications.map(({ id }) => id)).toEqual([lea.id, kim.id]);
    expect(all.waiting.map(({ id }) => id)).toEqual([kim.id, lea.id, max.id]);
    expect(all.counts.newApplications).toBe(2);
    const mine = await getMyDay(admin.ctx);
    expect(mine.scope).toBe("mine");
    expect(mine.newApplications).toEqual([
      {
        id: lea.id,
        candidateId: lea.candidateId,
        name: lea.name,
        jobId: other.id,
        jobTitle: "Other job",
        stage: "application-received",
        stageName: "Application Received",
        enteredAt: lea.enteredAt,
        rating: null,
        flagged: false,
      },
    ]);
    expect(mine.waiting.map(({ id }) => id)).toEqual([lea.id, max.id]);
  });

  it("shows unread mentions", async () => {
    const { recruiter, admin, job } = hiring;
    const kim = await applicant(recruiter, job);
    const note = { text: "@Ann Holm look at this" };
    await json(await send(recruiter, "POST", `/api/candidates/${kim.candidateId}/notes`, note), 201);
    await calm(org);
    const day = await getMyDay(admin.ctx);
    expect(day.counts.mentions).toBe(1);
    expect(day.mentions).toHaveLength(1);
    await json(await send(admin, "POST", "/api/notifications/read-all"), 200);
    expect((await getMyDay(admin.ctx)).mentions).toEqual([]);
  });
});

describe("a client's home", () => {
  it("shows their open jobs and who was shared with them last, and nothing of others", async () => {
    const { recruiter, clientUser, job } = hiring;
    const [kim] = [await applicant(recruiter, job), await applicant(recruiter, job)];
    await json(
      await send(recruiter, "PATCH", `/api/applications/${kim.id}`, { sharedWithClient: true, rating: 4 }),
      200,
    );
    const client = await json<{ id: string }>(
      await send(recruiter, "POST", "/api/clients", { companyName: "Another" }),
      201,
    );
    const theirs = await newJob(recruiter, client.id, { title: "Not yours" });
    const secret = await applicant(recruiter, theirs);
    await json(
      await send(recruiter, "PATCH", `/api/applications/${secret.id}`, { sharedWithClient: true }),
      200,
    );
    // Looks the session up once, which is then believed for five seconds.
    await json(await send(clientUser, "GET", "/api/auth/sessions"), 200);
    const answer = await send(clientUser, "GET", "/api/me/client-home");
    const home = await json<ClientHome>(answer, 200);
    expect(costOf(answer).trips).toBe(1);
    expect(home.jobs).toEqual([
      expect.objectContaining({ id: job.id, title: job.title, openings: 1, shared: 1 }),
    ]);
    expect(home.applications.map(({ id }) => id)).toEqual([kim.id]);
    expect((await send(recruiter, "GET", "/api/me/client-home")).status).toBe(404);
  });
});

describe("at 3,000 people and at 12,000", () => {
  it("all three read the same number of rows, which is bounded", async () => {
    const read: Record<string, number[]> = {};
    for (const people of [3000, 12_000]) {
      const own = await newOrg();
      const { recruiter, clientUser, job } = await newHiring(own);
      await fillJob(recruiter.ctx, job, people, `n${people}`);
      for (const [path, by] of [
        ["/api/dashboard/stats?days=90", recruiter],
        ["/api/me/day", recruiter],
        ["/api/me/client-home", clientUser],
      ] as const) {
        // Looks the session up once, which is then believed for five seconds.
        await json(await send(by, "GET", "/api/auth/sessions"), 200);
        const answer = await send(by, "GET", path);
        await json(answer, 200);
        read[path] = [...(read[path] ?? []), costOf(answer).read];
      }
    }
    for (const [path, [small = 0, large = 0]] of Object.entries(read)) {
      expect(large, path).toBeLessThanOrEqual(small * 1.1);
    }
    expect(read["/api/me/day"]?.[1]).toBeLessThan(1000);
    expect(read["/api/me/client-home"]?.[1]).toBeLessThan(700);
    // Candidates are counted, up to 2,000.
    expect(read["/api/dashboard/stats?days=90"]?.[1]).toBeLessThan(2300);
  }, 60_000);
});
