import { beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../worker/features/jobs/schema";
import { fillJob } from "../fixtures/many";
import { type Hiring, newHiring, newJob } from "./hiring";
import { call, costOf, newOrg, type Org, type Person } from "./org";

/** The same job in two organizations: whatever reads a row of each applicant is found here. */
const SIZES = { small: 1000, large: 100_000 } as const;

interface World extends Hiring {
  org: Org;
  ids: string[];
}
const worlds = {} as Record<keyof typeof SIZES, World>;

beforeAll(async () => {
  for (const [name, people] of Object.entries(SIZES)) {
    const org = await newOrg();
    const hiring = await newHiring(org);
    for (let i = 0; i < 60; i++) await newJob(hiring.recruiter, hiring.clientId, { title: `Job ${i}` });
    const ids = await fillJob(hiring.recruiter.ctx, hiring.job, people, name);
    worlds[name as keyof typeof SIZES] = { ...hiring, org, ids };
  }
}, 240_000);

async function cost(by: Person, path: string, method = "GET", body?: unknown) {
  const answer = await call(method, path, { token: by.token, ...(body === undefined ? {} : { json: body }) });
  const text = await answer.text();
  expect(answer.status, `${path}: ${text.slice(0, 300)}`).toBeLessThan(300);
  return { ...costOf(answer), body: text ? JSON.parse(text) : null };
}

/** Looks the session up once, which is then believed for five seconds. */
const warm = (by: Person) => cost(by, "/api/auth/sessions");

const rowsOf = (body: { data: unknown[] }) => body.data.length;
const cardsOf = (body: { stages: { cards: unknown[] }[] }) =>
  body.stages.reduce((sum, { cards }) => sum + cards.length, 0);

type Path = (world: World) => string;
/** Reads whose rows may not grow with the people, and how many rows they show. */
const LISTS: readonly [what: string, path: Path, shown: (body: never) => number, by?: "clientUser"][] = [
  ["a job's board", ({ job }) => `/api/pipelines/${job.pipelineId}/board`, cardsOf],
  [
    "a job's board, for its client",
    ({ job }) => `/api/pipelines/${job.pipelineId}/board`,
    cardsOf,
    "clientUser",
  ],
  ["applications", () => "/api/applications", rowsOf],
  ["applications of a job", ({ job }) => `/api/applications?jobId=${job.id}`, rowsOf],
  ["applications of a client", ({ clientId }) => `/api/applications?clientId=${clientId}`, rowsOf],
  ["applications of a status", () => "/api/applications?status=IN_PROGRESS", rowsOf],
  ["applications in a stage", ({ job }) => `/api/applications?jobId=${job.id}&stage=phone-screen`, rowsOf],
  ["applications, for the client", () => "/api/applications", rowsOf, "clientUser"],
  ["people of a job, for the client", ({ job }) => `/api/jobs/${job.id}/candidates`, rowsOf, "clientUser"],
  ["candidates", () => "/api/candidates", rowsOf],
  ["candidates of a status", () => "/api/candidates?status=NEW", rowsOf],
  ["jobs", () => "/api/jobs", rowsOf],
  ["jobs of a client", ({ clientId }) => `/api/jobs?clientId=${clientId}`, rowsOf],
  ["jobs of a status", () => "/api/jobs?status=open", rowsOf],
  ["clients", () => "/api/clients", rowsOf],
  ["tasks", () => "/api/workflow-tasks", rowsOf],
];

describe("lists and boards read about what they show, of 1,000 people and of 100,000", () => {
  it.each(LISTS)("%s", async (_, path, shown, by = undefined) => {
    const read: number[] = [];
    for (const world of Object.values(worlds)) {
      const who = world[by ?? "recruiter"];
      await warm(who);
      const { trips, read: rows, body } = await cost(who, path(world));
      expect(trips).toBe(1);
      expect(rows).toBeLessThanOrEqual(2 * shown(body as never) + 20);
      // For each row shown, since of fewer people there may be fewer to show.
      read.push(rows / Math.max(shown(body as never), 1));
    }
    const [small = 0, large = 0] = read;
    expect(large, "equal within a tenth").toBeLessThanOrEqual(small * 1.1 + 1);
  });

  it("candidates by a word that all have: a row more each, that of the text index", async () => {
    for (const world of Object.values(worlds)) {
      await warm(world.recruiter);
      const { trips, read, body } = await cost(world.recruiter, "/api/candidates?q=support");
      expect(body.data).toHaveLength(50);
      expect(trips).toBe(1);
      expect(read).toBeLessThanOrEqual(3 * 50 + 20);
    }
  });

  it.each([
    ["an application", ({ ids }: World) => `/api/applications/${ids[5]}`],
    ["its history", ({ ids }: World) => `/api/applications/${ids[5]}/history`],
    ["a job", ({ job }: { job: Job }) => `/api/jobs/${job.id}`],
    ["a client", ({ clientId }: World) => `/api/clients/${clientId}`],
  ])("%s is one round trip and a few rows", async (_, path) => {
    for (const world of Object.values(worlds)) {
      await warm(world.recruiter);
      const { trips, read } = await cost(world.recruiter, path(world));
      expect(trips).toBe(1);
      expect(read).toBeLessThanOrEqual(60);
    }
  });
});

describe("a move among 100,000", () => {
  it("is two round trips, at most sixteen rows written, and no row read of anybody else", async () => {
    const { recruiter, ids } = worlds.large;
    await warm(recruiter);
    for (const stage of ["initial-screening", "phone-screen", "hired", "rejected"]) {
      const { trips, read, written } = await cost(
        recruiter,
        `/api/applications/${ids[3]}/move-stage`,
        "POST",
        { stage },
      );
      expect(trips).toBe(2);
      expect(written).toBeLessThanOrEqual(16);
      expect(read).toBeLessThanOrEqual(150);
    }
  });

  it("500 at once are two round trips as well", async () => {
    const { recruiter, ids } = worlds.large;
    await warm(recruiter);
    const body = { action: "move", stage: "phone-screen", ids: ids.slice(100, 600) };
    const { trips, read, body: result } = await cost(recruiter, "/api/applications/bulk", "POST", body);
    expect((result as { results: { ok: boolean }[] }).results.every(({ ok }) => ok)).toBe(true);
    expect(trips).toBe(2);
    expect(read / 500).toBeLessThanOrEqual(60);
  });

  it("somebody new is two round trips", async () => {
    const { recruiter, job } = worlds.large;
    await warm(recruiter);
    const candidateData = { name: "New Person", email: "new.person@example.com" };
    const { trips, read } = await cost(recruiter, "/api/applications", "POST", {
      job: job.id,
      candidateData,
    });
    expect(trips).toBe(2);
    expect(read).toBeLessThanOrEqual(200);
  });
});
