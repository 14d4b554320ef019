import { beforeAll, describe, expect, it } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { Task } from "../../worker/features/tasks/schema";
import { noticesOf, rows } from "./facts";
import { applicant, type Hiring, newHiring } from "./hiring";
import { call, follow, json, newOrg, type Org, type Person } from "./org";

let org: Org;
let hiring: Hiring;
let other: Person;
let kim: Application;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  other = await org.person("recruiter", "Otto Berg");
  kim = await applicant(hiring.recruiter, hiring.job, { firstName: "Kim", lastName: "Park" });
  await follow();
});

const send = (method: string, path: string, body?: object, by = hiring.recruiter) =>
  call(method, `/api/workflow-tasks${path}`, {
    token: by.token,
    ...(body ? { json: body as Record<string, unknown> } : {}),
  });
const make = async (body: object, by?: Person) => await json<Task>(await send("POST", "", body, by), 201);
const list = async (query: string, by?: Person) =>
  await json<{ data: Task[]; nextCursor: string | null }>(await send("GET", `?${query}`, undefined, by), 200);
const inHours = (hours: number) => new Date(Date.now() + hours * 60 * 60 * 1000).toISOString();

describe("a task", () => {
  it("is oneself's unless somebody is named, and knows whom and what it is about", async () => {
    const task = await make({ title: "Call Kim", applicationId: kim.id, dueAt: inHours(2) });
    expect(task).toMatchObject({
      kind: "task",
      status: "open",
      assigneeId: hiring.recruiter.user.id,
      assigneeName: "Rea Cruz",
      personName: "Kim Park",
      candidateId: kim.candidateId,
      jobId: hiring.job.id,
      jobTitle: "Support lead",
      overdue: false,
      version: 1,
    });
    expect(await json(await send("GET", `/${task.id}`), 200)).toEqual(task);
    const [event] = await rows<{ pipeline_id: string; user_id: string }>(
      "select pipeline_id, user_id from events where entity_id = ? and type = 'task.created'",
      task.id,
    );
    expect(event).toEqual({ pipeline_id: hiring.job.pipelineId, user_id: hiring.recruiter.user.id });
    const person = await make({ title: "Look them up", candidateId: kim.candidateId, assigneeId: null });
    expect(person).toMatchObject({
      personName: "Kim Park",
      assigneeId: null,
      assigneeName: null,
      jobId: null,
    });
  });

  it("tells whoever gets it from somebody else, and nobody of what they did themselves", async () => {
    const task = await make({ title: "Given", assigneeId: other.user.id });
    expect(await noticesOf(other.user.id)).toContain("Your task: Given");
    await json(await send("PATCH", `/${task.id}`, { assigneeId: hiring.recruiter.user.id }, other), 200);
    expect(await noticesOf(hiring.recruiter.user.id)).toContain("Your task: Given");
    await make({ title: "Own" });
    expect(await noticesOf(hiring.recruiter.user.id)).not.toContain("Your task: Own");
  });

  it("is done and opened again, by whom and when", async () => {
    const task = await make({ title: "Tick me" });
    const done = await json<Task>(await send("PATCH", `/${task.id}`, { status: "done" }, other), 200);
    expect(done).toMatchObject({ status: "done", doneAt: expect.any(String), version: 2 });
    const [row] = await rows("select done_by from tasks where id = ?", task.id);
    expect(row).toEqual({ done_by: other.user.id });
    const open = await json<Task>(
      await send("PATCH", `/${task.id}`, { status: "open", dueAt: inHours(-1) }),
      200,
    );
    expect(open).toMatchObject({ status: "open", doneAt: null, overdue: true });
  });

  it.each([
    ["somebody of a client", () => hiring.clientUser.user.id],
    ["nobody", () => "usr_none"],
  ])("can't be given to %s", async (_, who) => {
    const body = { title: "T", assigneeId: who() };
    expect(await json(await send("POST", "", body), 422)).toMatchObject({ errors: [{ path: "assigneeId" }] });
    const task = await make({ title: "T" });
    expect((await send("PATCH", `/${task.id}`, { assigneeId: who() })).status).toBe(422);
  });

  it("can't be about what isn't there", async () => {
    for (const field of ["applicationId", "candidateId", "agentId", "jobId"]) {
      expect((await send("POST", "", { title: "T", [field]: "no_such" })).status).toBe(404);
    }
  });

  it("is gone after it is taken away, with an event", async () => {
    const task = await make({ title: "Away" });
    expect((await send("DELETE", `/${task.id}`)).status).toBe(204);
    expect((await send("GET", `/${task.id}`)).status).toBe(404);
    expect((await send("DELETE", `/${task.id}`)).status).toBe(404);
    const [event] = await rows<{ data: string }>(
      "select data from events where entity_id = ? order by seq desc limit 1",
      task.id,
    );
    expect(JSON.parse(event?.data ?? "{}")).toMatchObject({ taskId: task.id, status: "removed" });
  });
});

describe("lists of tasks", () => {
  let mine: Person;
  beforeAll(async () => {
    mine = await org.person("recruiter", "Ella List");
    for (const [title, hours, done] of [
      ["late", -5, false],
      ["soon", 1, false],
      ["later", 50, false],
      ["none 1", null, false],
      ["none 2", null, false],
      ["done", -9, true],
    ] as const) {
      const task = await make({ title, dueAt: hours === null ? null : inHours(hours) }, mine);
      if (done) await json(await send("PATCH", `/${task.id}`, { status: "done" }, mine), 200);
    }
    await make({ title: "somebody else's", dueAt: inHours(-3) });
  });
  const titles = async (query: string) => (await list(query, mine)).data.map(({ title }) => title);

  it.each([
    ["assigneeId=me", ["done", "none 2", "none 1", "later", "soon", "late"]],
    ["assigneeId=me&sort=dueAt", ["done", "late", "soon", "later", "none 1", "none 2"]],
    ["assigneeId=me&status=open&sort=dueAt", ["late", "soon", "later", "none 1", "none 2"]],
    ["assigneeId=me&status=done", ["done"]],
    ["assigneeId=me&overdue=yes", ["late"]],
    ["assigneeId=me&overdue=yes&sort=dueAt", ["late"]],
    ["assigneeId=me&overdue=yes&status=done", []],
  ])("%s", async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  it.each(["-createdAt", "dueAt"])("page through all of them by %s, none twice", async (sort) => {
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await list(`assigneeId=me&sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`, mine);
      seen.push(...page.data.map(({ title }) => title));
      cursor = page.nextCursor ?? "";
    } while (cursor);
    expect(seen).toEqual(await titles(`assigneeId=me&sort=${sort}`));
  });

  it("of one application, and of nobody's", async () => {
    expect((await list(`applicationId=${kim.id}`)).data.every((task) => task.applicationId === kim.id)).toBe(
      true,
    );
    expect((await list("applicationId=app_none")).data).toEqual([]);
  });
});
