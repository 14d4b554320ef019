import { beforeAll, describe, expect, it } from "vitest";
import { createJob } from "../../worker/features/jobs/new-job";
import { type CompletedJob, type Job, NewJob } from "../../worker/features/jobs/schema";
import { auditOf, countsOf, type Desk, newDesk, type Page, type Problem, typesOf } from "./desk";
import { calm, count, eventsOf, noticesOf, outboxOf, rows, written } from "./facts";
import { json, newOrg, type Org, type Person, worker } from "./org";

let desk: Desk;
let org: Org;
let recruiter: Person;
let clientId: string;
let cleo: Person;
const ask: Desk["ask"] = (...request) => desk.ask(...request);
const newClient: Desk["newClient"] = (name) => desk.newClient(name);
const make: Desk["make"] = (fields) => desk.make(fields);

beforeAll(async () => {
  desk = await newDesk();
  ({ org, recruiter, clientId, clientUser: cleo } = desk);
});

describe("a new job", () => {
  it("is open, has the default workflow, and is counted at its client", async () => {
    const client = await newClient("Counted");
    const job = await make({ clientId: client, title: "Customer support lead", requiredSkills: ["French"] });
    expect(job).toMatchObject({
      clientId: client,
      clientName: "Counted",
      status: "open",
      employmentType: "full_time",
      priority: "medium",
      openings: 1,
      formVersion: 0,
      applicationCount: 0,
      activeCount: 0,
      version: 1,
      closedAt: null,
      createdBy: recruiter.user.id,
    });
    expect(job.postedAt).toBe(job.createdAt);
    expect(job.stages.map(({ key }) => key).slice(0, 2)).toEqual([
      "application-received",
      "initial-screening",
    ]);
    expect(job.stages.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["hired", "rejected", "withdrawn"]),
    );
    expect(await json(await ask("GET", `/api/jobs/${job.id}`), 200)).toEqual(job);
    expect(await countsOf(client)).toEqual({ jobs: 1, open: 1 });
    const stages = await rows(
      "select key, name, kind from stages where pipeline_id = ? order by position",
      job.pipelineId,
    );
    expect(stages).toEqual(job.stages);
    expect(await rows("select kind, name, template_id from pipelines where id = ?", job.pipelineId)).toEqual([
      { kind: "job", name: "Customer support lead", template_id: job.templateId },
    ]);
    expect(
      await count(
        `select count(*) from stage_actions where stage_id in (select id from stages where pipeline_id = ?)`,
        job.pipelineId,
      ),
    ).toBeGreaterThan(3);
    const [posted] = await eventsOf(job.id);
    expect(posted).toMatchObject({ type: "job.posted", entity_seq: 1 });
    expect(JSON.parse(posted?.data ?? "")).toEqual({
      jobId: job.id,
      clientId: client,
      title: "Customer support lead",
    });
    expect(await rows("select pipeline_id, for_client from events where entity_id = ?", job.id)).toEqual([
      { pipeline_id: job.pipelineId, for_client: 1 },
    ]);
    expect(await auditOf(job)).toEqual(["JOB_CREATE"]);
  });

  it("as a draft is posted by nobody yet", async () => {
    const client = await newClient("Drafty");
    const job = await make({ clientId: client, status: "draft" });
    expect(job).toMatchObject({ status: "draft", postedAt: null });
    expect(await typesOf(job)).toEqual(["job.updated"]);
    expect(await rows("select for_client from events where entity_id = ?", job.id)).toEqual([
      { for_client: 0 },
    ]);
    expect(await countsOf(client)).toEqual({ jobs: 1, open: 0 });
  });

  it("gets a slug of its own, also when several are made at once", async () => {
    const slugs = [];
    for (let i = 0; i < 3; i++) slugs.push((await make({ title: "Señor Chef" })).slug);
    expect(slugs).toEqual(["senor-chef", "senor-chef-2", "senor-chef-3"]);
    expect((await make({ title: "Senor chef de partie" })).slug).toBe("senor-chef-de-partie");
    expect((await make({ title: "Повар" })).slug).toBe("job");
    const together = await Promise.all([1, 2, 3].map(() => make({ title: "At once" })));
    expect(together.map(({ slug }) => slug).sort()).toEqual(["at-once", "at-once-2", "at-once-3"]);
    expect(await countsOf(clientId)).toEqual({
      jobs: await count("select count(*) from jobs where client_id = ?", clientId),
      open: await count("select count(*) from jobs where client_id = ? and status = 'open'", clientId),
    });
    const elsewhere = await newDesk();
    expect(await elsewhere.make({ title: "Señor Chef" })).toMatchObject({ slug: "senor-chef" });
  });

  it("that can't be leaves nothing behind", async () => {
    const inactive = await newClient("Asleep");
    await json(await ask("PATCH", `/api/clients/${inactive}`, { status: "inactive" }), 200);
    const before = await written(org);
    const jobsBefore = await count("select count(*) from jobs");
    const refused = async (fields: object, status: number) =>
      await json<Problem>(await ask("POST", "/api/jobs", { clientId, title: "X", ...fields }), status);
    await refused({ clientId: "clt_none" }, 404);
    expect(await refused({ clientId: inactive }, 409)).toMatchObject({
      detail: expect.stringContaining("inactive"),
      current: { id: inactive },
    });
    expect((await refused({ templateId: "wft_none" }, 422)).errors).toMatchObject([{ path: "templateId" }]);
    expect((await refused({ experienceMin: 5, experienceMax: 2 }, 422)).errors).toMatchObject([
      { path: "experienceMax" },
    ]);
    await refused({ salaryMin: 10, salaryMax: 5 }, 422);
    await refused({ salaryCurrency: "euro" }, 422);
    await refused({ status: "closed" }, 422);
    await refused({ startDate: "tomorrow" }, 422);
    await refused({ slug: "mine" }, 422);
    expect(await written(org)).toEqual(before);
    expect(await count("select count(*) from jobs")).toBe(jobsBefore);
  });

  it("whose client goes away at that moment is made nowhere", async () => {
    const gone = await newClient("Vanishing");
    const before = await written(org);
    const real = recruiter.ctx.db.read.bind(recruiter.ctx.db);
    const db = Object.create(recruiter.ctx.db) as typeof recruiter.ctx.db;
    db.read = (async (...queries: Parameters<typeof real>) => {
      const found = await real(...queries);
      await worker.DB.prepare("delete from clients where id = ?").bind(gone).run();
      return found;
    }) as typeof db.read;
    const input = NewJob.parse({ clientId: gone, title: "Never" });
    await expect(createJob({ ...recruiter.ctx, db }, input)).rejects.toMatchObject({ code: "not-found" });
    expect(await written(org)).toEqual(before);
    expect(await count("select count(*) from pipelines where name = 'Never'")).toBe(0);
  });

  it("with a key is made once", async () => {
    const headers = { "idempotency-key": "one-job" };
    const body = { clientId, title: "Once" };
    const first = await ask("POST", "/api/jobs", body, recruiter, headers);
    const again = await ask("POST", "/api/jobs", body, recruiter, headers);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await json(again, 201)).toEqual(await json(first, 201));
    expect(await count("select count(*) from jobs where title = 'Once'")).toBe(1);
  });

  it("is told to every recruiter but the one who opened it, once", async () => {
    const { org: own, recruiter: maker, clientUser: outside, ...telling } = await newDesk();
    const other = await own.person("recruiter", "Olga Other");
    const job = await telling.make({ title: "News" });
    await calm(own);
    for (const status of ["on_hold", "open"]) await telling.change(job, { status });
    await calm(own);
    expect(await outboxOf(other.user.email)).toEqual([{ subject: "New job at Nordwind: News" }]);
    expect(await noticesOf(other.user.id)).toEqual(["New job: News"]);
    for (const person of [maker, outside]) {
      expect(await outboxOf(person.user.email)).toEqual([]);
      expect(await noticesOf(person.user.id)).toEqual([]);
    }
    expect(
      await rows("select distinct type, entity_type from notifications where org_id = ?", own.id),
    ).toEqual([{ type: "new_job", entity_type: "job" }]);
  });
});

describe("a whole job", () => {
  const whole = (more: object = {}) => ({
    job: { clientId, title: "Whole" },
    form: { fields: [{ key: "why", label: "Why?", type: "text", required: true }] },
    team: [{ userId: recruiter.user.id, role: "hiring_manager" }, { userId: cleo.user.id }],
    workflow: {
      stages: [
        { name: "Fresh", actions: [{ type: "task", title: "Look at {{name}}", dueInDays: 1 }] },
        { key: "talk", name: "Talk" },
        { name: "In", kind: "hired" },
      ],
    },
    ...more,
  });

  it("is made with form, team and workflow at once", async () => {
    const answer = await ask("POST", "/api/jobs/complete", whole());
    const job = await json<CompletedJob>(answer, 201);
    expect(answer.headers.get("location")).toBe(`/api/jobs/${job.id}`);
    expect(job).toMatchObject({
      formVersion: 1,
      templateId: null,
      form: { jobId: job.id, version: 1, fields: [{ key: "why", required: true, options: [] }] },
      team: [
        { userId: recruiter.user.id, name: "Rea Cruz", role: "hiring_manager" },
        { userId: cleo.user.id, role: "recruiter" },
      ],
    });
    expect(job.stages).toEqual([
      { key: "fresh", name: "Fresh", kind: "open" },
      { key: "talk", name: "Talk", kind: "open" },
      { key: "in", name: "In", kind: "hired" },
      { key: "rejected", name: "Rejected", kind: "rejected" },
      { key: "withdrawn", name: "Withdrawn", kind: "withdrawn" },
    ]);
    expect(await typesOf(job)).toEqual(["job.posted"]);
    const team = await json<Page<object>>(await ask("GET", `/api/jobs/${job.id}/team`), 200);
    expect(team.data).toEqual(job.team);
    expect(await json(await ask("GET", `/api/jobs/${job.id}/form`), 200)).toEqual(job.form);
  });

  it("by document 004's address and names is made too", async () => {
    const body = {
      job: { client_id: clientId, title: "Snake", employment_type: "contract", required_skills: ["Python"] },
      form: {
        fields: [
          { key: "years", label: "Years?", type: "number", knock_out: { operator: "less_than", value: 2 } },
        ],
      },
      team: [{ user_id: recruiter.user.id, role: "recruiter" }],
      workflow: {
        stages: [{ name: "New", actions: [{ type: "task", title: "Screen", due_in_days: 2 }] }],
      },
    };
    const job = await json<CompletedJob>(await ask("POST", "/api/v1/jobs/complete/", body), 201);
    expect(job).toMatchObject({ employmentType: "contract", requiredSkills: ["Python"], slug: "snake" });
    expect(job.form.fields[0]?.knockOut).toEqual({ operator: "less_than", value: 2 });
    const list = await json<Page<Job>>(await ask("GET", `/api/v1/jobs/?client_id=${clientId}&limit=1`), 200);
    expect(list.data[0]?.id).toBe(job.id);
  });

  it("with one broken part is not made at all", async () => {
    const stranger = await org.person("client_user", "Of Another");
    const gone = await org.person("recruiter", "Is Gone");
    await worker.DB.prepare("update users set disabled_at = 1 where id = ?").bind(gone.user.id).run();
    const agent = await org.agent();
    const foreign = await (await newOrg()).person("recruiter");
    const tables = ["jobs", "pipelines", "stages", "stage_actions", "job_forms", "job_team", "people_index"];
    const all = async () => await Promise.all(tables.map((table) => count(`select count(*) from ${table}`)));
    const [before, had, counted] = [await written(org), await all(), await countsOf(clientId)];
    const refused = async (more: object, status: number, path?: string) => {
      const problem = await json<Problem>(await ask("POST", "/api/jobs/complete", whole(more)), status);
      if (path) expect(problem.errors?.map((error) => error.path)).toEqual([path]);
    };
    for (const person of [stranger, gone, agent, foreign, { user: { id: "usr_none" } }]) {
      const team = [{ userId: recruiter.user.id }, { userId: person.user.id }];
      await refused({ team }, 422, "team.1.userId");
    }
    await refused({ team: [{ userId: cleo.user.id }, { userId: cleo.user.id }] }, 422, "team");
    await refused({ workflow: { templateId: "wft_none" } }, 422, "workflow.templateId");
    await refused({ workflow: { stages: [{ name: "In", kind: "hired" }] } }, 422, "workflow.stages.0.kind");
    await refused(
      {
        workflow: { stages: [{ name: "A" }, { name: "B", actions: [{ type: "email", template: "none" }] }] },
      },
      422,
      "workflow.stages.1.actions.0.template",
    );
    await refused(
      { form: { fields: [{ key: "email", label: "E", type: "text" }] } },
      422,
      "form.fields.0.key",
    );
    await refused({ job: { clientId: "clt_none", title: "X" } }, 404);
    expect(await written(org)).toEqual(before);
    expect(await all()).toEqual(had);
    expect(await countsOf(clientId)).toEqual(counted);
  });
});
