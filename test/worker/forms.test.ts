import { beforeAll, describe, expect, it } from "vitest";
import type { Job, JobForm } from "../../worker/features/jobs/schema";
import { count, eventsOf, rows, written } from "./facts";
import { call, json, newOrg, type Org, type Person } from "./org";

let org: Org;
let recruiter: Person;
let clientId: string;
let job: Job;

const ask = (method: string, path: string, body?: unknown, by: Person = recruiter, headers = {}) =>
  call(method, path, { token: by.token, ...(body === undefined ? {} : { json: body }), headers });
const form = (query = "", by = recruiter) => ask("GET", `/api/jobs/${job.id}/form${query}`, undefined, by);
const put = (fields: unknown, headers = {}) =>
  ask("PUT", `/api/jobs/${job.id}/form`, { fields }, recruiter, headers);
const question = (key: string, more: object = {}) => ({ key, label: `Your ${key}?`, type: "text", ...more });

beforeAll(async () => {
  org = await newOrg();
  recruiter = await org.person("recruiter");
  clientId = (await json<{ id: string }>(await ask("POST", "/api/clients", { companyName: "Acme" }), 201)).id;
  job = await json<Job>(await ask("POST", "/api/jobs", { clientId, title: "Cook" }), 201);
});

describe("a job's form", () => {
  it("has no questions at first", async () => {
    expect(await json(await form(), 200)).toEqual({
      jobId: job.id,
      version: 0,
      fields: [],
      createdAt: null,
    });
    await json(await form("?version=1"), 404);
  });

  it("gets a version with every change, and keeps the older ones", async () => {
    const first = await json<JobForm>(
      await put([question("why", { required: true }), question("when")]),
      200,
    );
    expect(first).toMatchObject({
      version: 1,
      fields: [
        { key: "why", required: true, help: null, options: [], consentText: null, knockOut: null },
        { key: "when", required: false },
      ],
    });
    const second = await json<JobForm>(await put([question("when"), question("where")]), 200);
    expect(second.version).toBe(2);
    expect(await json(await form(), 200)).toEqual(second);
    expect(await json(await form("?version=1"), 200)).toEqual(first);
    expect(await json(await ask("GET", `/api/jobs/${job.id}`), 200)).toMatchObject({ formVersion: 2 });
    expect(await count("select count(*) from job_forms where job_id = ?", job.id)).toBe(2);
    const events = (await eventsOf(job.id)).slice(-2);
    expect(events.map(({ type, data }) => [type, JSON.parse(data)])).toEqual(
      [1, 2].map(() => ["job.updated", { jobId: job.id, fields: ["form"] }]),
    );
    const audit = await rows<{ new_value: string }>(
      "select new_value from audit_entries where entity_id = ? and action_type = 'JOB_FORM_UPDATE' order by seq",
      job.id,
    );
    expect(audit.map(({ new_value }) => JSON.parse(new_value))).toEqual([
      { version: 1, keys: ["why", "when"] },
      { version: 2, keys: ["when", "where"] },
    ]);
  });

  it("takes the short ways of writing when an answer raises a flag", async () => {
    const rules: [unknown, unknown][] = [
      ["no", { operator: "equals", value: "no" }],
      [true, { operator: "equals", value: true }],
      [{ min: 2 }, { operator: "less_than", value: 2 }],
      [{ max: 9 }, { operator: "greater_than", value: 9 }],
      [{ notIn: ["a"] }, { operator: "excludes", value: ["a"] }],
      [
        { operator: "not_equals", value: 3 },
        { operator: "not_equals", value: 3 },
      ],
    ];
    const fields = rules.map(([knockOut], i) => question(`q${i}`, { knockOut }));
    const made = await json<JobForm>(await put(fields), 200);
    expect(made.fields.map(({ knockOut }) => knockOut)).toEqual(rules.map(([, stored]) => stored));
  });

  it("refuses questions that can't be asked, by the name of each, and keeps what it was", async () => {
    const before = [await written(org), await json(await form(), 200)];
    const cases: [unknown, string][] = [
      [[question("same"), question("same")], "fields"],
      [[question("email")], "fields.0.key"],
      [[question("no spaces")], "fields.0.key"],
      [[question("ok"), question("pick", { type: "select" })], "fields.1.options"],
      [[question("pick", { type: "select", options: ["a", "a"] })], "fields.0.options"],
      [[question("cvs", { type: "file", knockOut: "x" })], "fields.0.knockOut"],
      [[question("odd", { type: "colour" })], "fields.0.type"],
      [[{ key: "mute", type: "text" }], "fields.0.label"],
      [Array.from({ length: 101 }, (_, i) => question(`q${i}`)), "fields"],
    ];
    for (const [fields, path] of cases) {
      const problem = await json<{ errors: { path: string }[] } & Record<string, unknown>>(
        await put(fields),
        422,
      );
      expect(problem.errors.map((error) => error.path)).toEqual([path]);
    }
    expect([await written(org), await json(await form(), 200)]).toEqual(before);
  });

  it("lets one of several people through who edit the same version", async () => {
    const { version } = await json<JobForm>(await form(), 200);
    const etag = (await form()).headers.get("etag") ?? "";
    const answers = await Promise.all(
      ["a", "b", "c"].map((key) => put([question(key)], { "if-match": etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    expect(await json(await form(), 200)).toMatchObject({ version: version + 1 });
    const together = await Promise.all(["a", "b"].map((key) => put([question(key)])));
    expect(together.map(({ status }) => status)).toEqual([200, 200]);
    expect(await json(await form(), 200)).toMatchObject({ version: version + 3 });
  });

  it("is read, not written, by people of its client, and by nobody of another", async () => {
    const own = await org.person("client_user", "Cleo Bond", clientId);
    const other = await org.person("client_user", "Other Bond");
    expect(await json(await form("", own), 200)).toMatchObject({ jobId: job.id });
    await json(await form("", other), 404);
    await json(await ask("PUT", `/api/jobs/${job.id}/form`, { fields: [] }, own), 403);
  });
});

describe("a job's team", () => {
  const team = (members: unknown) => ask("PUT", `/api/jobs/${job.id}/team`, { team: members });

  it("is replaced in the order that was sent, once", async () => {
    const ann = await org.person("admin", "Ann Holm");
    const members = [{ userId: recruiter.user.id, role: "hiring_manager" }, { userId: ann.user.id }];
    const made = await json(await team(members), 200);
    expect(made).toEqual({
      data: [
        { userId: recruiter.user.id, name: "Rea Cruz", email: recruiter.user.email, role: "hiring_manager" },
        { userId: ann.user.id, name: "Ann Holm", email: ann.user.email, role: "recruiter" },
      ],
      nextCursor: null,
    });
    expect(await json(await ask("GET", `/api/jobs/${job.id}/team`), 200)).toEqual(made);
    const before = await written(org);
    expect(await json(await team(members), 200)).toEqual(made);
    expect(await written(org)).toEqual(before);
    expect(await json(await team([]), 200)).toEqual({ data: [], nextCursor: null });
    const audit = await rows<{ old_value: string; new_value: string }>(
      "select old_value, new_value from audit_entries where action_type = 'JOB_TEAM_UPDATE' and entity_id = ? order by seq",
      job.id,
    );
    expect(audit).toHaveLength(2);
    expect(JSON.parse(audit[1]?.new_value ?? "")).toEqual({ team: [] });
  });

  it("refuses who can't work on the job, and stays as it was", async () => {
    const agent = await org.agent();
    const other = await org.person("client_user", "Other Client");
    const before = await written(org);
    for (const id of [agent.user.id, other.user.id, "usr_none"]) {
      const problem = await json<{ errors: { path: string }[] } & Record<string, unknown>>(
        await team([{ userId: recruiter.user.id }, { userId: id }]),
        422,
      );
      expect(problem.errors.map(({ path }) => path)).toEqual(["team.1.userId"]);
    }
    await json(await ask("PUT", "/api/jobs/job_none/team", { team: [] }), 404);
    expect(await written(org)).toEqual(before);
  });
});
