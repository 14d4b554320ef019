import { beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { Job } from "../../worker/features/jobs/schema";
import { DEFAULT_WORKFLOW } from "../../worker/features/workflows/default";
import { keyOf } from "../../worker/features/workflows/keys";
import { merge } from "../../worker/features/workflows/merge";
import { newPipeline, type StageRow, statusWords } from "../../worker/features/workflows/pipeline";
import type {
  AppliedTemplate,
  StageAction,
  WorkflowStep,
  WorkflowTemplate,
} from "../../worker/features/workflows/schema";
import { count, rows } from "./facts";
import { applicant, type Hiring, newHiring, wrongCounts } from "./hiring";
import { call, json, newOrg, type Org } from "./org";

let org: Org;
let hiring: Hiring;
let token: string;
beforeEach(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  token = hiring.recruiter.token;
});

const send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  call(method, path, {
    token,
    ...(body === undefined ? {} : { json: body as Record<string, unknown> }),
    ...(headers ? { headers } : {}),
  });
const post = async <T>(path: string, body: unknown) => await json<T>(await send("POST", path, body), 201);
const get = async <T>(path: string) => await json<T>(await send("GET", path), 200);
const steps = async (pipelineId: string) =>
  (await get<{ data: WorkflowStep[] }>(`/api/workflow-steps?pipelineId=${pipelineId}`)).data;
const keysOf = (list: { key: string }[]) => list.map(({ key }) => key);
const templates = async () => (await get<{ data: WorkflowTemplate[] }>("/api/workflow-templates")).data;
const standard = async () => (await templates()).find(({ isDefault }) => isDefault) as WorkflowTemplate;
const stepOf = async (pipelineId: string, key: string) =>
  (await steps(pipelineId)).find((step) => step.key === key) as WorkflowStep;

/** What must hold of every pipeline: places without a gap, the words that follow from them, what jobs keep. */
async function sound(): Promise<void> {
  const all = await rows<{ pipeline_id: string; position: number; kind: "open"; status: string }>(
    "select pipeline_id, position, kind, status from stages where org_id = ? order by pipeline_id, position",
    org.id,
  );
  for (const id of new Set(all.map((row) => row.pipeline_id))) {
    const own = all.filter((row) => row.pipeline_id === id);
    expect(own.map(({ position }) => position)).toEqual(own.map((_, i) => i));
    expect(own.map(({ status }) => status)).toEqual(statusWords(own.map(({ kind }) => kind)));
    expect(own[0]?.kind).toBe("open");
  }
  expect(
    await rows(
      `select j.id from jobs j where j.org_id = ? and j.stages <> (select json_group_array(
        json_object('key', key, 'name', name, 'kind', kind)) from
        (select * from stages s where s.pipeline_id = j.pipeline_id order by position))`,
      org.id,
    ),
    "jobs keep the outline of their stages",
  ).toEqual([]);
  expect(await wrongCounts(org.id)).toEqual([]);
}

describe("stages as they are written", () => {
  it("get the status words of document 002 by their order", () => {
    expect(statusWords(["open", "open", "open", "open", "hired", "rejected", "withdrawn"])).toEqual([
      "NEW",
      "IN_REVIEW",
      "IN_PROGRESS",
      "IN_PROGRESS",
      "SELECTED",
      "REJECTED",
      "REJECTED",
    ]);
  });

  it.each([
    ["Phone Screen", "phone-screen"],
    ["  Café & Crème ", "cafe-creme"],
    ["2nd look", "nd-look"],
    ["面试", "stage"],
    ["x".repeat(200), "x".repeat(55)],
  ])("get keys of their names: %s", (name, key) => {
    expect(keyOf(name)).toBe(key);
  });

  const stage = (name: string, more: object = {}) => ({
    name,
    kind: "open" as const,
    description: null,
    publicName: null,
    publicNext: null,
    replyByDays: null,
    sharesWithClient: false,
    actions: [],
    ...more,
  });

  it("get keys that differ, and what everybody must be able to be told", () => {
    const { outline, firstOpen } = newPipeline(org.ctx, {
      kind: "job",
      name: "X",
      stages: [stage("Talk"), stage("Talk"), stage("Rejected", { key: "rejected" })],
    });
    expect(outline).toEqual([
      { key: "talk", name: "Talk", kind: "open" },
      { key: "talk-2", name: "Talk", kind: "open" },
      { key: "rejected", name: "Rejected", kind: "open" },
      { key: "rejected-2", name: "Rejected", kind: "rejected" },
      { key: "withdrawn", name: "Withdrawn", kind: "withdrawn" },
    ]);
    expect(firstOpen.key).toBe("talk");
  });

  it.each([
    ["a key that is there twice", [stage("A", { key: "a" }), stage("B", { key: "a" })]],
    ["a first stage that is closed", [stage("A", { kind: "rejected" }), stage("B")]],
    ["no open stage", [stage("A", { kind: "hired" })]],
    ["a mail that isn't there", [stage("A", { actions: [{ type: "email", template: "nope" }] })]],
    ["a mail with a secret link", [stage("A", { actions: [{ type: "email", template: "password_reset" }] })]],
    ["a task for nobody", [stage("A", { actions: [{ type: "task", title: "T", assignee: "usr_none" }] })]],
  ])("are refused for %s", async (_, stages) => {
    const answer = await send("POST", "/api/workflow-templates", { name: "Bad", stages });
    expect(await json(answer, 422)).toMatchObject({ type: "invalid" });
    expect(await templates()).toHaveLength(1);
  });
});

describe("templates", () => {
  it("begin with document 004's eight stages and how to leave them", async () => {
    const template = await standard();
    expect(keysOf(template.stages)).toEqual(DEFAULT_WORKFLOW.map(({ key }) => key));
    expect(template.stages.map(({ name }) => name).slice(0, 8)).toEqual([
      "Application Received",
      "Initial Screening",
      "Phone Screen",
      "Technical Interview",
      "Final Interview",
      "Reference Check",
      "Offer Made",
      "Hired",
    ]);
    expect(template.stages.filter(({ sharesWithClient }) => sharesWithClient)).toHaveLength(2);
    expect(template.stages.every(({ actions }) => actions.length > 0)).toBe(true);
    await sound();
  });

  it("are made from the default one's stages where none are sent, with their own actions", async () => {
    const [first, made] = [
      await standard(),
      await post<WorkflowTemplate>("/api/workflow-templates", { name: "B" }),
    ];
    expect(keysOf(made.stages)).toEqual(keysOf(first.stages));
    expect(await get(`/api/workflow-templates/${made.id}`)).toEqual(made);
    const all = [...first.stages, ...made.stages].flatMap(({ actions }) => actions);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it("have one default: making another one it takes the word from the first", async () => {
    const first = await standard();
    const made = await post<WorkflowTemplate>("/api/workflow-templates", { name: "B" });
    await json(await send("PATCH", `/api/workflow-templates/${made.id}`, { isDefault: true }), 200);
    expect((await templates()).filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([made.id]);
    expect((await send("DELETE", `/api/workflow-templates/${made.id}`)).status).toBe(409);
    expect((await send("DELETE", `/api/workflow-templates/${first.id}`)).status).toBe(204);
    expect(await count("select count(*) from stages where pipeline_id = ?", first.id)).toBe(0);
    expect(await count("select count(*) from jobs where template_id = ?", first.id)).toBe(0);
    expect(await steps(hiring.job.pipelineId)).toHaveLength(10);
    expect(await json<Job>(await send("GET", `/api/jobs/${hiring.job.id}`), 200)).toMatchObject({
      templateId: null,
    });
  });

  it("name the mails that a stage can send", async () => {
    const { data } = await get<{ data: { key: string; text: string }[] }>("/api/workflow-templates/mails");
    expect(data.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["application_received", "application_rejected", "offer_made", "hired_welcome"]),
    );
    expect(data.map(({ key }) => key)).not.toContain("password_reset");
    expect(data.every(({ text }) => text.includes("{{firstName}}"))).toBe(true);
  });

  it("are paged in the order they were made in", async () => {
    for (const name of ["B", "C"]) await post("/api/workflow-templates", { name });
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await get<{ data: WorkflowTemplate[]; nextCursor: string | null }>(
        `/api/workflow-templates?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.data.map(({ name }) => name));
      cursor = page.nextCursor ?? "";
    } while (cursor);
    expect(seen).toEqual(["Standard hiring", "B", "C"]);
  });
});

describe("stages of a job", () => {
  it("are added before the closed ones, and people's statuses follow from the order", async () => {
    const { job } = hiring;
    const kim = await applicant(hiring.recruiter, job, { stage: "initial-screening" });
    const added = await post<WorkflowStep>("/api/workflow-steps", {
      pipelineId: job.pipelineId,
      name: "Quick look",
      position: 1,
    });
    expect(added).toMatchObject({ key: "quick-look", position: 1, status: "IN_REVIEW", templateId: null });
    const last = await post<WorkflowStep>("/api/workflow-steps", {
      pipelineId: job.pipelineId,
      name: "Last",
    });
    expect(last.position).toBe(8);
    expect(await get<Application>(`/api/applications/${kim.id}`)).toMatchObject({ status: "IN_PROGRESS" });
    const [candidate] = await rows("select status from candidates where id = ?", kim.candidateId);
    expect(candidate).toEqual({ status: "IN_PROGRESS" });
    await sound();
    const events = await rows(
      "select data from events where type = 'pipeline.changed' and org_id = ?",
      org.id,
    );
    expect(events).toHaveLength(2);
  });

  it("are renamed and reordered without moving anybody, and the job's version rises", async () => {
    const { job } = hiring;
    const kim = await applicant(hiring.recruiter, job, { stage: "phone-screen" });
    const step = await stepOf(job.pipelineId, "phone-screen");
    const changed = await json<WorkflowStep>(
      await send("PATCH", `/api/workflow-steps/${step.id}`, {
        name: "Call",
        position: 5,
        sharesWithClient: true,
      }),
      200,
    );
    expect(changed).toMatchObject({ key: "phone-screen", name: "Call", position: 5, count: 1 });
    expect(await get<Application>(`/api/applications/${kim.id}`)).toMatchObject({
      stage: "phone-screen",
      stageName: "Call",
    });
    const now = await get<Job>(`/api/jobs/${job.id}`);
    expect(now.version).toBeGreaterThan(job.version);
    await sound();
  });

  it("can't begin with a closed stage, nor lose the last one to be rejected in", async () => {
    const { pipelineId } = hiring.job;
    const [hired, rejected, first] = [
      await stepOf(pipelineId, "hired"),
      await stepOf(pipelineId, "rejected"),
      await stepOf(pipelineId, "application-received"),
    ];
    const before = await steps(pipelineId);
    expect((await send("PATCH", `/api/workflow-steps/${hired.id}`, { position: 0 })).status).toBe(422);
    expect((await send("PATCH", `/api/workflow-steps/${first.id}`, { kind: "hired" })).status).toBe(422);
    expect((await send("PATCH", `/api/workflow-steps/${rejected.id}`, { kind: "hired" })).status).toBe(409);
    expect((await send("DELETE", `/api/workflow-steps/${rejected.id}`)).status).toBe(409);
    expect(await steps(pipelineId)).toEqual(before);
    await sound();
  });

  it("go only when nobody stands there: 409 says how many, moveTo moves them first", async () => {
    const { job, recruiter } = hiring;
    const people = [];
    for (let i = 0; i < 3; i++) people.push(await applicant(recruiter, job, { stage: "phone-screen" }));
    const archived = people[2] as Application;
    await json(await send("PATCH", `/api/applications/${archived.id}`, { archived: true }), 200);
    const step = await stepOf(job.pipelineId, "phone-screen");
    const path = `/api/workflow-steps/${step.id}`;
    const problem = await json<{ detail: string }>(await send("DELETE", path), 409);
    expect(problem.detail).toMatch(/3 people .* moveTo/);
    expect((await send("DELETE", `${path}?moveTo=nowhere`)).status).toBe(422);
    expect((await send("DELETE", `${path}?moveTo=phone-screen`)).status).toBe(422);
    expect((await steps(job.pipelineId)).map(({ key }) => key)).toContain("phone-screen");
    expect((await send("DELETE", path, { moveTo: "initial-screening" })).status).toBe(204);
    expect(keysOf(await steps(job.pipelineId))).not.toContain("phone-screen");
    for (const { id } of people) {
      expect(await get<Application>(`/api/applications/${id}`)).toMatchObject({ stage: "initial-screening" });
    }
    expect(await count("select count(*) from stage_actions where stage_id = ?", step.id)).toBe(0);
    await sound();
  });

  it("stay whole whoever edits them at once", async () => {
    const { pipelineId } = hiring.job;
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        send("POST", "/api/workflow-steps", { pipelineId, name: `Step ${i}` }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201).length;
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(made).toBeGreaterThan(0);
    expect(await steps(pipelineId)).toHaveLength(10 + made);
    await sound();
  });
});

describe("stages of the agent pool", () => {
  it("can be renamed, reordered and added to; what is in every pool stays", async () => {
    const pool = await steps(org.pipelineId);
    const [first, second] = pool as [WorkflowStep, WorkflowStep];
    await json(
      await send("PATCH", `/api/workflow-steps/${second.id}`, { name: "First talk", position: 3 }),
      200,
    );
    const added = await post<WorkflowStep>("/api/workflow-steps", {
      pipelineId: org.pipelineId,
      name: "Trial",
    });
    expect(added).toMatchObject({ key: "trial", kind: "open" });
    expect((await send("DELETE", `/api/workflow-steps/${first.id}`)).status).toBe(409);
    expect((await send("PATCH", `/api/workflow-steps/${second.id}`, { kind: "hired" })).status).toBe(422);
    const hired = { pipelineId: org.pipelineId, name: "Star", kind: "hired" };
    expect((await send("POST", "/api/workflow-steps", hired)).status).toBe(422);
    expect((await send("DELETE", `/api/workflow-steps/${added.id}`)).status).toBe(204);
    await sound();
    expect(
      await count(
        "select count(*) from applications where org_id = ? and agent_id is not null and status is not null",
        org.id,
      ),
    ).toBe(0);
  });
});

describe("actions", () => {
  it("are added, changed, reordered and taken away, in an order without a gap", async () => {
    const step = await stepOf(hiring.job.pipelineId, "reference-check");
    const list = async () =>
      (await get<{ data: StageAction[] }>(`/api/workflow-actions?stepId=${step.id}`)).data;
    const mail = await post<StageAction>("/api/workflow-actions", {
      stepId: step.id,
      type: "email",
      template: "application_stage",
      to: "candidate",
      delayMinutes: 5,
      position: 0,
    });
    expect(mail).toMatchObject({
      type: "email",
      position: 0,
      config: { template: "application_stage", to: "person", delayMinutes: 5 },
    });
    expect((await list()).map(({ type }) => type)).toEqual(["email", "task"]);
    const changed = await json<StageAction>(
      await send("PATCH", `/api/workflow-actions/${mail.id}`, {
        name: "Keep them posted",
        position: 1,
        config: { template: "offer_made" },
      }),
      200,
    );
    expect(changed).toMatchObject({ id: mail.id, name: "Keep them posted", position: 1 });
    expect(changed.config).toMatchObject({ template: "offer_made" });
    expect((await list()).map(({ type, position }) => [type, position])).toEqual([
      ["task", 0],
      ["email", 1],
    ]);
    const bad = await send("PATCH", `/api/workflow-actions/${mail.id}`, { config: { template: "nope" } });
    expect(await json(bad, 422)).toMatchObject({ errors: [{ path: "config.template" }] });
    const odd = await send("PATCH", `/api/workflow-actions/${mail.id}`, { config: { title: "x" } });
    expect(odd.status).toBe(422);
    const [task] = await list();
    expect((await send("DELETE", `/api/workflow-actions/${task?.id}`)).status).toBe(204);
    expect((await list()).map(({ id, position }) => [id, position])).toEqual([[mail.id, 0]]);
  });
});

describe("a template applied to jobs under way", () => {
  const apply = async (id: string, body: object = {}) =>
    await json<AppliedTemplate>(await send("POST", `/api/workflow-templates/${id}/apply`, body), 200);

  it("says first what it would do, then does it; nobody is moved", async () => {
    const { job, recruiter } = hiring;
    const template = await standard();
    const kim = await applicant(recruiter, job, { stage: "phone-screen" });
    const of = (key: string) => template.stages.find((step) => step.key === key)?.id;
    await json(await send("PATCH", `/api/workflow-steps/${of("initial-screening")}`, { name: "Look" }), 200);
    await post("/api/workflow-steps", { templateId: template.id, name: "Trial day", position: 3 });
    for (const key of ["phone-screen", "reference-check"]) {
      expect((await send("DELETE", `/api/workflow-steps/${of(key)}`)).status).toBe(204);
    }
    const before = await steps(job.pipelineId);
    const said = await apply(template.id, { dryRun: true });
    expect(await steps(job.pipelineId)).toEqual(before);
    expect(said.results).toEqual([
      {
        jobId: job.id,
        title: job.title,
        ok: true,
        added: ["Trial day"],
        renamed: ["Look"],
        removed: ["Reference Check"],
        error: "Phone Screen stays: 1 person stands there.",
      },
    ]);
    expect(await apply(template.id)).toEqual(said);
    expect((await steps(job.pipelineId)).map(({ name }) => name)).toEqual([
      "Application Received",
      "Look",
      "Phone Screen",
      "Trial day",
      "Technical Interview",
      "Final Interview",
      "Offer Made",
      "Hired",
      "Rejected",
      "Withdrawn",
    ]);
    expect(await get<Application>(`/api/applications/${kim.id}`)).toMatchObject({ stage: "phone-screen" });
    await sound();
    const changes = async () =>
      await count("select count(*) from events where type = 'pipeline.changed' and org_id = ?", org.id);
    const written = await changes();
    expect((await apply(template.id)).results[0]).toMatchObject({ added: [], renamed: [], removed: [] });
    expect(await changes()).toBe(written);
  });

  it("leaves ended jobs, other workflows' jobs and what isn't there, and says why", async () => {
    const other = await post<WorkflowTemplate>("/api/workflow-templates", { name: "Other" });
    const { results } = await apply(other.id, { jobIds: [hiring.job.id, "job_none"] });
    expect(results.map(({ ok }) => ok)).toEqual([false, false]);
    expect((await apply(other.id)).results).toEqual([]);
  });

  it("keeps a stage that people stand in behind its neighbour", () => {
    const row = (key: string, own = 0) => ({ key, name: key, count: own }) as StageRow;
    const own = [row("a"), row("b", 2), row("c"), row("d")];
    const merged = merge([row("a"), row("d"), row("e")], own, ({ count: people }) => people);
    expect(merged.order.map(({ from }) => from.key)).toEqual(["a", "b", "d", "e"]);
    expect(keysOf(merged.removed)).toEqual(["c"]);
    expect(keysOf(merged.added)).toEqual(["e"]);
  });
});
