import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../worker/app";
import type { Application } from "../../worker/features/applications/schema";
import type { Board, Changes } from "../../worker/features/pipelines/schema";
import { can } from "../../worker/features/users/permissions";
import { operations } from "../../worker/http/openapi";
import { samplePdf } from "../fixtures/files";
import { applicant, type Hiring, newHiring, newJob, ofClient } from "./hiring";
import { call, json, newOrg, type Org, type Person } from "./org";
import { connect } from "./sockets";

/** Words that stand in what a client user must never see. */
const SECRET = "canary-of-the-team";

let org: Org;
let hiring: Hiring;
let other: { clientId: string; user: Person; jobId: string };
let shared: Application;
let hidden: Application;
let draftId: string;

const team = () => ({ token: hiring.recruiter.token });
const client = () => ({ token: hiring.clientUser.token });

beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  shared = await applicant(hiring.recruiter, hiring.job, {
    firstName: "Shara",
    phone: "+49 30 555 0101",
    email: `shara.${SECRET}@example.com`,
    tags: [SECRET],
    source: SECRET,
  });
  hidden = await applicant(hiring.recruiter, hiring.job, { firstName: "Hidda", summary: SECRET });
  await call("PATCH", `/api/applications/${shared.id}`, {
    ...team(),
    json: { sharedWithClient: true, tags: [SECRET], internalNotes: SECRET, notes: "Strong on the phone" },
  });
  const { id } = await json<{ id: string }>(
    await call("POST", "/api/clients", { ...team(), json: { companyName: "Südwind", notes: SECRET } }),
    201,
  );
  const job = await newJob(hiring.recruiter, id, { title: `${SECRET} lead` });
  const theirs = await applicant(hiring.recruiter, job, { firstName: "Elsa", lastName: SECRET });
  await call("PATCH", `/api/applications/${theirs.id}`, { ...team(), json: { sharedWithClient: true } });
  await call("PATCH", `/api/clients/${hiring.clientId}`, { ...team(), json: { notes: SECRET } });
  other = { clientId: id, user: await ofClient(org, id, "Olga Other"), jobId: job.id };
  draftId = (await newJob(hiring.recruiter, hiring.clientId, { status: "draft", title: `${SECRET} draft` }))
    .id;
});

describe("a client user sees what is shared with their company and nothing else", () => {
  it("on lists, counts and the board", async () => {
    const list = await json<{ data: Application[] }>(await call("GET", "/api/applications", client()), 200);
    expect(list.data.map(({ id }) => id)).toEqual([shared.id]);
    const ofJob = await json<{ data: Application[] }>(
      await call("GET", `/api/jobs/${hiring.job.id}/candidates`, client()),
      200,
    );
    expect(ofJob.data.map(({ id }) => id)).toEqual([shared.id]);
    const board = await json<Board>(
      await call("GET", `/api/pipelines/${hiring.job.pipelineId}/board`, client()),
      200,
    );
    expect(board.stages.flatMap(({ cards }) => cards.map(({ applicationId }) => applicationId))).toEqual([
      shared.id,
    ]);
    expect(board.stages.reduce((sum, { count }) => sum + count, 0)).toBe(1);
    const jobs = await json<{ data: { id: string; applicationCount: number; activeCount: null }[] }>(
      await call("GET", "/api/jobs", client()),
      200,
    );
    expect(jobs.data).toMatchObject([{ id: hiring.job.id, applicationCount: 1, activeCount: null }]);
    const clients = await json<{ data: { id: string; notes: null }[] }>(
      await call("GET", "/api/clients", client()),
      200,
    );
    expect(clients.data).toMatchObject([{ id: hiring.clientId, notes: null }]);
    const pipelines = await json<{ data: { id: string }[] }>(
      await call("GET", "/api/pipelines", client()),
      200,
    );
    expect(pipelines.data.map(({ id }) => id)).toEqual([hiring.job.pipelineId]);
  });

  it("of a person, how they work and not how to reach them", async () => {
    const seen = await json<Record<string, unknown>>(
      await call("GET", `/api/applications/${shared.id}`, client()),
      200,
    );
    expect(seen).toMatchObject({ notes: "Strong on the phone", internalNotes: null, tags: [], flags: [] });
    expect(JSON.stringify(seen)).not.toContain("555 0101");
  });

  it("by search neither: not even that there is somebody", async () => {
    for (const path of [
      "/api/applications?q=hidda",
      "/api/applications?q=elsa",
      `/api/applications?clientId=${other.clientId}`,
      `/api/pipelines/${hiring.job.pipelineId}/board?q=hidda`,
      `/api/jobs?q=${SECRET}`,
      `/api/clients?q=sudwind`,
    ]) {
      const text = await (await call("GET", path, client())).text();
      expect(text, path).not.toContain(SECRET);
      expect(text, path).not.toContain(hidden.id);
    }
  });

  it("404 for everything else, by id", async () => {
    const absent = [
      `/api/applications/${hidden.id}`,
      `/api/applications/${hidden.id}/history`,
      `/api/jobs/${other.jobId}`,
      `/api/jobs/${other.jobId}/candidates`,
      `/api/jobs/${draftId}`,
      `/api/jobs/${draftId}/candidates`,
      `/api/clients/${other.clientId}`,
      `/api/pipelines/${org.pipelineId}/board`,
      `/api/pipelines/${org.pipelineId}/changes?since=0`,
    ];
    for (const path of absent) expect((await call("GET", path, client())).status, path).toBe(404);
  });

  it("documents: the CV of whom they see, and no other", async () => {
    const upload = async (candidateId: string | null, type: string) => {
      const form = new FormData();
      form.set(
        "file",
        new File([samplePdf() as Uint8Array<ArrayBuffer>], `${type}.pdf`, { type: "application/pdf" }),
      );
      form.set("type", type);
      form.set("candidateId", candidateId ?? "");
      return (
        await json<{ id: string }>(
          await call("POST", "/api/documents/upload", { ...team(), body: form }),
          201,
        )
      ).id;
    };
    const cv = await upload(shared.candidateId, "cv");
    const id = await upload(shared.candidateId, "id");
    const hiddenCv = await upload(hidden.candidateId, "cv");
    expect((await call("GET", `/api/documents/${cv}/content`, client())).status).toBe(200);
    for (const closed of [id, hiddenCv]) {
      expect((await call("GET", `/api/documents/${closed}`, client())).status).toBe(404);
      expect((await call("GET", `/api/documents/${closed}/content`, client())).status).toBe(404);
    }
    const list = await json<{ data: { id: string }[] }>(await call("GET", "/api/documents", client()), 200);
    expect(list.data.map((document) => document.id)).toEqual([cv]);
  });

  it("events: those of what is shared, by polling and by the socket alike", async () => {
    const socket = await connect(`/api/pipelines/${hiring.job.pipelineId}/live?since=0`, client());
    await call("PATCH", `/api/applications/${hidden.id}`, { ...team(), json: { rating: 1 } });
    const move = await call("POST", `/api/applications/${shared.id}/move-stage`, {
      ...team(),
      json: { stage: "phone-screen" },
    });
    await json(move, 200);
    const polled = await json<Changes>(
      await call("GET", `/api/pipelines/${hiring.job.pipelineId}/changes?since=0`, client()),
      200,
    );
    expect(polled.data.length).toBeGreaterThan(0);
    // Besides, that the job was posted.
    for (const { type, data } of polled.data)
      if (!type.startsWith("job.")) expect(data.applicationId).toBe(shared.id);
    expect(polled.data.map(({ type }) => type)).toContain("application.status_changed");
    const wanted = polled.data.map(({ id }) => id);
    await socket.until("all that is shared", () => socket.events.length >= wanted.length);
    expect(socket.events.map(({ id }) => id)).toEqual(wanted);
    socket.close();
    const elsewhere = await call("GET", `/api/pipelines/${hiring.job.pipelineId}/changes?since=0`, {
      token: other.user.token,
    });
    expect(elsewhere.status).toBe(404);
  });
});

it("every list that a client user may read is free of the team's words", async () => {
  const reads = operations(app).filter(
    ({ method, path, endpoint }) =>
      method === "GET" &&
      !path.includes(":") &&
      endpoint.who !== "public" &&
      !endpoint.socket &&
      (endpoint.who === "session" || can("client_user", endpoint.who)),
  );
  expect(reads.length).toBeGreaterThan(6);
  for (const { path } of reads) {
    const answer = await call("GET", path, client());
    expect(answer.status, path).toBe(200);
    expect(await answer.text(), path).not.toContain(SECRET);
  }
});
