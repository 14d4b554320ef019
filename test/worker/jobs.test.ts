import { beforeAll, describe, expect, it } from "vitest";
import { createJob } from "../../worker/features/jobs/new-job";
import { type CompletedJob, type Job, NewJob } from "../../worker/features/jobs/schema";
import { JOB_STATUSES, JOB_TRANSITIONS } from "../../worker/features/jobs/words";
import { calm, count, eventsOf, noticesOf, outboxOf, rows, written } from "./facts";
import { applicant } from "./hiring";
import { call, costOf, json, newOrg, type Org, type Person, worker } from "./org";

type Page<T> = { data: T[]; nextCursor: string | null };
interface Problem extends Record<string, unknown> {
  detail: string;
  current?: Job;
  errors?: { path: string; message: string }[];
}

let org: Org;
let recruiter: Person;
let clientId: string;
let cleo: Person;

const ask = (method: string, path: string, body?: unknown, by: Person = recruiter, headers = {}) =>
  call(method, path, { token: by.token, ...(body === undefined ? {} : { json: body }), headers });
const newClient = async (companyName: string, by = recruiter) =>
  (await json<{ id: string }>(await ask("POST", "/api/clients", { companyName }, by), 201)).id;
const make = async (fields: object = {}) =>
  await json<Job>(await ask("POST", "/api/jobs", { clientId, title: "Cook", ...fields }), 201);
const change = async (job: Job, fields: object, status = 200) =>
  await json<Job & Problem>(await ask("PATCH", `/api/jobs/${job.id}`, fields), status);
const countsOf = async (id: string) =>
  (
    await rows<{ jobs: number; open: number }>(
      "select job_count as jobs, open_job_count as open from clients where id = ?",
      id,
    )
  )[0];
const typesOf = async (job: Job) => (await eventsOf(job.id)).map(({ type }) => type);
const auditOf = async (job: Job) =>
  (
    await rows<{ action_type: string }>(
      "select action_type from audit_entries where entity_id = ? order by seq",
      job.id,
    )
  ).map((row) => row.action_type);

beforeAll(async () => {
  org = await newOrg();
  recruiter = await org.person("recruiter");
  clientId = await newClient("Nordwind");
  cleo = await org.person("client_user", "Cleo Bond", clientId);
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
    const other = await newOrg();
    const elsewhere = await other.person("recruiter");
    const theirs = await newClient("Theirs", elsewhere);
    const job = await ask("POST", "/api/jobs", { clientId: theirs, title: "Señor Chef" }, elsewhere);
    expect(await json(job, 201)).toMatchObject({ slug: "senor-chef" });
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
    const own = await newOrg();
    const [maker, other] = [await own.person("recruiter"), await own.person("recruiter", "Olga Other")];
    const outside = await own.person("client_user", "Not Told");
    const client = await newClient("Telling", maker);
    const made = await ask("POST", "/api/jobs", { clientId: client, title: "News" }, maker);
    const job = await json<Job>(made, 201);
    await calm(own);
    for (const status of ["on_hold", "open"]) {
      await json(await ask("PATCH", `/api/jobs/${job.id}`, { status }, maker), 200);
    }
    await calm(own);
    expect(await outboxOf(other.user.email)).toEqual([{ subject: "New job at Telling: News" }]);
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
    expect(costOf(answer).trips).toBe(2);
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

describe("the status of a job", () => {
  /** A way from a new job to each status. */
  const WAYS = {
    draft: [],
    open: ["open"],
    on_hold: ["open", "on_hold"],
    closed: ["closed"],
    filled: ["open", "filled"],
  };

  it.each(JOB_STATUSES)("from %s becomes what it may, and nothing else", async (from) => {
    for (const to of JOB_STATUSES.filter((status) => status !== from)) {
      let job = await make({ status: "draft" });
      for (const status of WAYS[from]) job = await change(job, { status });
      const before = await written(org);
      if (JOB_TRANSITIONS[from].includes(to)) {
        expect(await change(job, { status: to })).toMatchObject({ status: to, version: job.version + 1 });
      } else {
        const problem = await change(job, { status: to }, 409);
        expect(problem.current).toMatchObject({ id: job.id, status: from });
        expect(problem.detail).toContain(JOB_TRANSITIONS[from][0]?.replace("_", " "));
        expect(await written(org)).toEqual(before);
      }
      const counts = await countsOf(clientId);
      expect(counts?.open).toBe(
        await count("select count(*) from jobs where client_id = ? and status = 'open'", clientId),
      );
    }
  });

  it("tells of opening and of no longer being open, with when", async () => {
    let job = await make({ status: "draft" });
    for (const status of ["open", "on_hold", "closed", "open", "filled"]) job = await change(job, { status });
    expect(await typesOf(job)).toEqual([
      "job.updated",
      "job.posted",
      "job.closed",
      "job.updated",
      "job.posted",
      "job.closed",
    ]);
    expect(job.closedAt).toBe(job.updatedAt);
    expect(job.postedAt).not.toBeNull();
    expect(await auditOf(job)).toEqual([
      "JOB_CREATE",
      ...Array.from({ length: 5 }, () => "JOB_STATUS_CHANGE"),
    ]);
    expect(await change(job, { status: "open" })).toMatchObject({ closedAt: null });
  });

  it("that stays the same is no event", async () => {
    const job = await make();
    const before = await written(org);
    expect(await change(job, { status: "open", title: "Cook" })).toEqual(job);
    expect(await written(org)).toEqual(before);
  });

  it("that ends the job asks what becomes of people under way", async () => {
    const job = await make({ title: "Crowded" });
    await applicant(recruiter, job);
    await applicant(recruiter, job);
    const before = await written(org);
    for (const status of ["closed", "filled"]) {
      const problem = await change(job, { status }, 409);
      expect(problem).toMatchObject({ openApplications: 2, current: { id: job.id, status: "open" } });
      expect(problem.detail).toMatch(/keep, reject, withdraw/);
    }
    await change(job, { openApplications: "keep", title: "X" }, 422);
    expect(await written(org)).toEqual(before);
    expect(await change(job, { status: "on_hold" })).toMatchObject({ status: "on_hold" });
    await change(job, { status: "open" });
    const closed = await change(job, { status: "closed", openApplications: "keep" });
    expect(closed).toMatchObject({ status: "closed", activeCount: 2 });
  });

  it.each(["reject", "withdraw"])(
    "that ends the job can %s them, which follows from its event",
    async (choice) => {
      const job = await make({ title: "Ending" });
      await applicant(recruiter, job);
      await change(job, { status: "filled", openApplications: choice, reason: "We found somebody." });
      const [last] = await rows<{ type: string; detail: string }>(
        "select type, detail from events where entity_id = ? order by seq desc limit 1",
        job.id,
      );
      expect(last?.type).toBe("job.closed");
      expect(JSON.parse(last?.detail ?? "")).toEqual({
        status: "filled",
        openApplications: choice,
        reason: "We found somebody.",
      });
      await calm(org);
      const kind = choice === "reject" ? "rejected" : "withdrawn";
      const stood = `select s.kind from applications a join stages s on s.id = a.stage_id where a.job_id = ?`;
      expect(await rows(stood, job.id)).toEqual([{ kind }]);
      expect(await json(await ask("GET", `/api/jobs/${job.id}`), 200)).toMatchObject({ activeCount: 0 });
    },
  );
});

describe("a job's other fields", () => {
  it("change by PUT and PATCH just where sent, and are noted", async () => {
    const job = await make({ salaryMin: 100, salaryMax: 200, location: "Kiel" });
    const put = await json<Job>(await ask("PUT", `/api/jobs/${job.id}`, { title: "Head cook" }), 200);
    expect(put).toMatchObject({ title: "Head cook", location: "Kiel", slug: job.slug, version: 2 });
    expect(await rows("select name from pipelines where id = ?", job.pipelineId)).toEqual([
      { name: "Head cook" },
    ]);
    const both = await change(job, { priority: "high", status: "on_hold", description: "Long words" });
    expect(both).toMatchObject({ priority: "high", status: "on_hold" });
    expect(await typesOf(job)).toEqual(["job.posted", "job.updated", "job.closed", "job.updated"]);
    const audit = await rows<{ action_type: string; old_value: string; new_value: string; metadata: string }>(
      "select * from audit_entries where entity_id = ? order by seq",
      job.id,
    );
    expect(audit.map((entry) => entry.action_type)).toEqual([
      "JOB_CREATE",
      "JOB_UPDATE",
      "JOB_STATUS_CHANGE",
      "JOB_UPDATE",
    ]);
    expect(JSON.parse(audit[1]?.old_value ?? "")).toEqual({ title: "Cook" });
    expect(JSON.parse(audit[1]?.new_value ?? "")).toEqual({ title: "Head cook" });
    expect(JSON.parse(audit[3]?.metadata ?? "").fields).toEqual(["description", "priority"]);
    expect(audit[3]?.new_value).not.toContain("Long words");
  });

  it("keep ranges right against what is stored, and old versions out", async () => {
    const job = await make({ salaryMin: 100, salaryMax: 200, experienceMin: 2 });
    const before = await written(org);
    expect((await change(job, { salaryMin: 300 }, 422)).errors).toMatchObject([{ path: "salaryMax" }]);
    expect((await change(job, { experienceMax: 1 }, 422)).errors).toMatchObject([{ path: "experienceMax" }]);
    const late = await ask("PATCH", `/api/jobs/${job.id}`, { title: "X" }, recruiter, { "if-match": '"7"' });
    expect(await json<Problem>(late, 412)).toMatchObject({ current: { version: 1 } });
    expect(await written(org)).toEqual(before);
  });

  it("may name another client until somebody applied", async () => {
    const [from, to] = [await newClient("From Here"), await newClient("To There")];
    const theirs = await org.person("client_user", "From Person", from);
    const job = await make({ clientId: from, title: "Wanderer" });
    const team = [{ userId: theirs.user.id }, { userId: recruiter.user.id }];
    await json(await ask("PUT", `/api/jobs/${job.id}/team`, { team }), 200);
    expect(await change(job, { clientId: to })).toMatchObject({ clientId: to, clientName: "To There" });
    expect([await countsOf(from), await countsOf(to)]).toEqual([
      { jobs: 0, open: 0 },
      { jobs: 1, open: 1 },
    ]);
    const kept = await json<Page<{ userId: string }>>(await ask("GET", `/api/jobs/${job.id}/team`), 200);
    expect(kept.data.map(({ userId }) => userId)).toEqual([recruiter.user.id]);
    const found = await json<Page<Job>>(await ask("GET", "/api/jobs?q=wanderer there"), 200);
    expect(found.data.map(({ id }) => id)).toEqual([job.id]);
    await applicant(recruiter, job);
    expect((await change(job, { clientId: from }, 409)).detail).toContain("To There");
    await change(job, { clientId: "clt_none" }, 404);
  });
});

describe("removing a job", () => {
  it("takes all of it away while nobody applied", async () => {
    const client = await newClient("Cleaning");
    const body = {
      job: { clientId: client, title: "Zebra keeper" },
      form: { fields: [{ key: "why", label: "Why?", type: "text" }] },
      team: [{ userId: recruiter.user.id }],
    };
    const job = await json<Job>(await ask("POST", "/api/jobs/complete", body), 201);
    expect((await ask("DELETE", `/api/jobs/${job.id}`)).status).toBe(204);
    await json(await ask("GET", `/api/jobs/${job.id}`), 404);
    for (const [table, column, id] of [
      ["job_forms", "job_id", job.id],
      ["job_team", "job_id", job.id],
      ["pipelines", "id", job.pipelineId],
      ["stages", "pipeline_id", job.pipelineId],
    ]) {
      expect(await count(`select count(*) from ${table} where ${column} = ?`, id), table).toBe(0);
    }
    expect(
      await count("select count(*) from stage_actions where stage_id not in (select id from stages)"),
    ).toBe(0);
    expect(await countsOf(client)).toEqual({ jobs: 0, open: 0 });
    expect((await json<Page<Job>>(await ask("GET", "/api/jobs?q=zebra"), 200)).data).toEqual([]);
    expect(await typesOf(job)).toEqual(["job.posted", "job.closed"]);
    expect((await auditOf(job)).at(-1)).toBe("JOB_DELETE");
    expect((await ask("DELETE", `/api/clients/${client}`)).status).toBe(204);
  });

  it("is refused once somebody applied, also where they are archived", async () => {
    const job = await make({ title: "Wanted" });
    const application = await applicant(recruiter, job);
    const refuse = async () => {
      const before = await written(org);
      const problem = await json<Problem>(await ask("DELETE", `/api/jobs/${job.id}`), 409);
      expect(problem.detail).toContain("Close it");
      expect(problem.current?.id).toBe(job.id);
      expect(await written(org)).toEqual(before);
    };
    await refuse();
    await json(await ask("PATCH", `/api/applications/${application.id}`, { archived: true }), 200);
    expect(await json(await ask("GET", `/api/jobs/${job.id}`), 200)).toMatchObject({ applicationCount: 0 });
    await refuse();
  });
});

describe("duplicating a job", () => {
  it("makes a draft with the form, team, stages and actions as they stand", async () => {
    const gone = await org.person("recruiter", "Soon Gone");
    const body = {
      job: { clientId, title: "Level 3", salaryMin: 5, location: "Kiel", requiredSkills: ["SQL"] },
      form: { fields: [{ key: "why", label: "Why?", type: "text" }] },
      team: [{ userId: gone.user.id }, { userId: recruiter.user.id, role: "interviewer" }],
      workflow: { stages: [{ name: "A", sharesWithClient: true, actions: [{ type: "task", title: "T" }] }] },
    };
    const source = await json<Job>(await ask("POST", "/api/jobs/complete", body), 201);
    expect(source.slug).toBe("level-3");
    await applicant(recruiter, source);
    await worker.DB.prepare("update users set disabled_at = 1 where id = ?").bind(gone.user.id).run();
    const before = await countsOf(clientId);
    const answer = await ask("POST", `/api/jobs/${source.id}/duplicate`);
    expect(costOf(answer).trips).toBe(2);
    const copy = await json<Job>(answer, 201);
    expect(copy).toMatchObject({
      title: "Level 3",
      slug: "level-3-2",
      status: "draft",
      salaryMin: 5,
      location: "Kiel",
      requiredSkills: ["SQL"],
      formVersion: 1,
      applicationCount: 0,
      postedAt: null,
      version: 1,
      stages: source.stages,
    });
    expect(copy.pipelineId).not.toBe(source.pipelineId);
    expect(await countsOf(clientId)).toEqual({ jobs: (before?.jobs ?? 0) + 1, open: before?.open });
    const stagesOf = (job: Job) =>
      rows(
        `select s.key, s.name, s.kind, s.status, s.position, s.shares_with_client, a.type, a.config
         from stages s left join stage_actions a on a.stage_id = s.id where s.pipeline_id = ? order by s.position`,
        job.pipelineId,
      );
    expect(await stagesOf(copy)).toEqual(await stagesOf(source));
    const team = await json<Page<object>>(await ask("GET", `/api/jobs/${copy.id}/team`), 200);
    expect(team.data).toMatchObject([{ userId: recruiter.user.id, role: "interviewer" }]);
    const again = await json<Job>(await ask("POST", `/api/jobs/${copy.id}/duplicate`), 201);
    expect(again.slug).toBe("level-3-3");
    await json(await ask("POST", "/api/jobs/job_none/duplicate"), 404);
  });
});

describe("what a client user sees of jobs", () => {
  it("is those of the own client, no drafts, and counts of what is shared", async () => {
    const other = await newClient("Not Cleo's");
    const theirs = await make({ clientId: other, title: "Theirs" });
    const draft = await make({ status: "draft", title: "Draft" });
    const open = await make({ title: "Open to Cleo" });
    const first = await applicant(recruiter, open);
    await applicant(recruiter, open);
    await json(await ask("PATCH", `/api/applications/${first.id}`, { sharedWithClient: true }), 200);
    expect(await json(await ask("GET", `/api/jobs/${open.id}`), 200)).toMatchObject({
      applicationCount: 2,
      activeCount: 2,
    });
    expect(await json(await ask("GET", `/api/jobs/${open.id}`, undefined, cleo), 200)).toMatchObject({
      applicationCount: 1,
      activeCount: null,
    });
    const list = await json<Page<Job>>(await ask("GET", "/api/jobs?limit=200", undefined, cleo), 200);
    expect(new Set(list.data.map((job) => job.clientId))).toEqual(new Set([clientId]));
    expect(list.data.some(({ status }) => status === "draft")).toBe(false);
    expect(list.data.some(({ id }) => id === open.id)).toBe(true);
    for (const query of [`clientId=${other}`, "status=draft", "q=theirs", "q=draft"]) {
      const found = await json<Page<Job>>(await ask("GET", `/api/jobs?${query}`, undefined, cleo), 200);
      expect(found.data, query).toEqual([]);
    }
    for (const job of [theirs, draft]) {
      for (const path of ["", "/form"]) {
        await json(await ask("GET", `/api/jobs/${job.id}${path}`, undefined, cleo), 404);
      }
    }
    await json(await ask("PATCH", `/api/jobs/${open.id}`, { title: "X" }, cleo), 403);
    await json(await ask("GET", `/api/jobs/${open.id}/team`, undefined, cleo), 403);
  });
});

describe("lists of jobs", () => {
  let own: Org;
  let person: Person;
  let client: string;
  let cold: Person;
  beforeAll(async () => {
    own = await newOrg();
    person = await own.person("recruiter");
    client = await newClient("Big", person);
    cold = await own.person("client_user", "Big Person", client);
    for (let i = 0; i < 2; i++) {
      const first = await json<Job>(
        await ask("POST", "/api/jobs", { clientId: client, title: `Job ${i}` }, person),
        201,
      );
      const team = [{ userId: person.user.id }];
      if (i === 0) await json(await ask("PUT", `/api/jobs/${first.id}/team`, { team }, person), 200);
    }
    await worker.DB.prepare(`insert into jobs (id, org_id, search_key, client_id, slug, title, description, remote,
        employment_type, required_skills, nice_to_have_skills, status, priority, openings, pipeline_id, stages,
        created_at, updated_at)
      with n(i) as (select 1 union all select i + 1 from n where i < 300)
      select substr(id, 1, 20) || 'z' || printf('%05d', i), org_id, search_key + i, client_id, 'many-' || i, 'Many ' || i, '', 0,
        employment_type, '[]', '[]', case when i % 3 = 0 then 'closed' else 'open' end, 'low', 1, 'pipe_' || org_id || i, '[]',
        created_at, updated_at
      from n, (select * from jobs where org_id = ?1 and slug = 'job-0')`)
      .bind(own.id)
      .run();
  });
  const list = async (query: string, by = person) => {
    const answer = await ask("GET", `/api/jobs${query}`, undefined, by);
    const cost = costOf(answer);
    return { ...cost, ...(await json<Page<Job>>(answer, 200)) };
  };

  it("read a job and its client for each row, and twenty more at most", async () => {
    for (const query of [
      "",
      "?limit=200",
      "?status=open",
      `?clientId=${client}`,
      "?sort=createdAt&limit=10",
    ]) {
      const found = await list(query);
      expect(found.data.length, query).toBeGreaterThanOrEqual(10);
      expect(found.trips, query).toBe(1);
      expect(found.read, query).toBeLessThanOrEqual(2 * found.data.length + 20);
    }
    const theirs = await list("?limit=20", cold);
    expect(theirs.data).toHaveLength(20);
    expect(theirs.read).toBeLessThanOrEqual(2 * 20 + 20);
  });

  it("go on where a page ended, and end", async () => {
    const ids: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: Page<Job> = await list(`?limit=70${cursor && `&cursor=${cursor}`}`);
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(ids).toHaveLength(302);
    expect(ids).toEqual([...ids].sort().reverse());
    const { nextCursor } = await list("?limit=70");
    await json(await ask("GET", `/api/jobs?cursor=${nextCursor}&status=open`, undefined, person), 422);
    await json(await ask("GET", `/api/jobs?cursor=${nextCursor}`, undefined, cold), 422);
  });

  it("can hold those alone whose team I am in", async () => {
    expect((await list("?mine=yes")).data.map(({ title }) => title)).toEqual(["Job 0"]);
    expect((await list("?mine=yes", await own.person("recruiter"))).data).toEqual([]);
  });

  it("are searched by title, department, place, client and skills, also after a change", async () => {
    const body = {
      clientId: client,
      title: "Ärztin im Hafen",
      department: "Medicine",
      location: "Rostock",
      requiredSkills: ["Surgery"],
      niceToHaveSkills: ["Sailing"],
    };
    const job = await json<Job>(await ask("POST", "/api/jobs", body, person), 201);
    const finds = async (q: string) =>
      (await list(`?q=${encodeURIComponent(q)}`)).data.some(({ id }) => id === job.id);
    for (const q of ["arzt", "medic", "rostock", "big hafen", "surg sail"])
      expect(await finds(q), q).toBe(true);
    await json(await ask("PATCH", `/api/jobs/${job.id}`, { requiredSkills: ["Nursing"] }, person), 200);
    await json(await ask("PATCH", `/api/clients/${client}`, { companyName: "Enormous" }, person), 200);
    for (const q of ["nurs", "enormous hafen"]) expect(await finds(q), q).toBe(true);
    for (const q of ["surgery", "big"]) expect(await finds(q), q).toBe(false);
  });
});

describe("what a write costs", () => {
  it("is two round trips", async () => {
    const trips = async (method: string, path: string, body?: object) => {
      const answer = await ask(method, path, body);
      expect(answer.status, path).toBeLessThan(300);
      return costOf(answer).trips;
    };
    const job = await make();
    const path = `/api/jobs/${job.id}`;
    expect(await trips("POST", "/api/jobs", { clientId, title: "Two" })).toBe(2);
    expect(await trips("PATCH", path, { title: "Two trips", status: "on_hold" })).toBe(2);
    expect(await trips("PUT", `${path}/form`, { fields: [] })).toBe(2);
    expect(await trips("PUT", `${path}/team`, { team: [{ userId: recruiter.user.id }] })).toBe(2);
    for (const read of [path, `${path}/form`, `${path}/team`, "/api/jobs?mine=yes", "/api/jobs?q=two"]) {
      expect(await trips("GET", read), read).toBe(1);
    }
    expect(await trips("DELETE", path)).toBe(2);
  });
});
