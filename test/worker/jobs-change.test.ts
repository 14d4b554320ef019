import { beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../worker/features/jobs/schema";
import { JOB_STATUSES, JOB_TRANSITIONS } from "../../worker/features/jobs/words";
import { auditOf, countsOf, type Desk, newDesk, type Page, type Problem, typesOf } from "./desk";
import { calm, count, rows, written } from "./facts";
import { applicant } from "./hiring";
import { json, type Org, type Person, worker } from "./org";

let desk: Desk;
let org: Org;
let recruiter: Person;
let clientId: string;
const ask: Desk["ask"] = (...request) => desk.ask(...request);
const newClient: Desk["newClient"] = (name) => desk.newClient(name);
const make: Desk["make"] = (fields) => desk.make(fields);
const change: Desk["change"] = (...request) => desk.change(...request);

beforeAll(async () => {
  desk = await newDesk();
  ({ org, recruiter, clientId } = desk);
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
    const { trips, body: made } = await desk.cost("POST", `/api/jobs/${source.id}/duplicate`);
    expect(trips).toBe(2);
    const copy = made as Job;
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
