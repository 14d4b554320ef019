import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../worker/app";
import { can } from "../../worker/features/users/permissions";
import { operations } from "../../worker/http/openapi";
import { calm, rows } from "./facts";
import { type Call, call, json, type Person } from "./org";
import { newCandidate } from "./people";
import { addressOf, sampleOf } from "./samples";
import { connect, watchOwn } from "./sockets";
import { newWorld, pdfForm, type World } from "./world";

/** A word that stands only in what the team, the client, or somebody else keeps. */
const CANARY = /canary/i;

/** Everything that a candidate may call, in whatever way. */
const OPEN = operations(app).filter(
  ({ endpoint: { who } }) => who === "session" || who === "public" || can("candidate", who),
);
/** These end the session, so they come last. */
const ENDING = [
  "POST /api/auth/logout",
  "DELETE /api/auth/sessions/:id",
  "POST /api/candidate-portal/change-password",
  "POST /api/auth/change-password",
];
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

let world: World;
let kim: Person;
let other: Person;
let pipelineId: string;
beforeAll(async () => {
  world = await newWorld();
  const { people, things, org } = world;
  kim = people.candidate;
  const rea = people.recruiter;
  const by = (person: Person, method: string, path: string, body: object, status: number) =>
    call(method, path, { token: person.token, json: body }).then((answer) =>
      json<{ id: string; pipelineId: string; key: string }>(answer, status),
    );
  const application = `/api/applications/${things.applicationId}`;
  pipelineId = (await json<{ pipelineId: string }>(await call("GET", application, { token: rea.token }), 200))
    .pipelineId;
  const stage = await by(rea, "POST", "/api/workflow-steps", { pipelineId, name: "Canary stage" }, 201);
  await by(rea, "POST", `${application}/move-stage`, { stage: stage.key, reason: "Canary reason" }, 200);
  await by(
    rea,
    "PATCH",
    application,
    {
      tags: ["canary-tag"],
      rating: 4,
      starred: true,
      notes: "Canary for the client",
      internalNotes: "Canary inside",
      source: "Canary source",
    },
    200,
  );
  await by(
    rea,
    "PATCH",
    `/api/candidates/${things.candidateId}`,
    { tags: ["canary-tag"], source: "Canary source" },
    200,
  );
  await by(
    rea,
    "POST",
    `/api/candidates/${things.candidateId}/notes`,
    { text: "Canary note", applicationId: things.applicationId, internal: false },
    201,
  );
  await by(
    rea,
    "POST",
    "/api/workflow-tasks",
    { title: "Canary task", applicationId: things.applicationId },
    201,
  );
  await rows(
    "update applications set flags = ? where id = ?",
    JSON.stringify([{ key: "x", label: "Canary flag", answer: "no" }]),
    things.applicationId,
  );
  await rows(
    "insert into equal_opportunity_answers (id, org_id, job_id, application_id, answers, created_at) values ('eeo_canary', ?, ?, ?, ?, 1)",
    org.id,
    things.jobId,
    things.applicationId,
    JSON.stringify({ gender: "canary" }),
  );
  await rows("update clients set company_name = 'Canary Client' where org_id = ?", org.id);
  await rows(
    "update interviews set feedback = ?, rating = 2, decision_reason = 'Canary reason' where org_id = ?",
    JSON.stringify([{ id: "fb_1", authorId: rea.user.id, text: "Canary feedback", rating: 2, at: 1 }]),
    org.id,
  );
  other = await org.person("candidate", "Canary Other");
  await by(rea, "POST", "/api/applications", { job: things.jobId, candidateId: other.user.candidateId }, 201);
  await call("POST", "/api/documents/upload", {
    token: other.token,
    body: pdfForm({ type: "cv" }, "canary.pdf"),
  });
  await newCandidate(rea, { email: "canary@example.test", name: "Canary Nobody" });
  await calm(org);
}, 90_000);

/** The answer of a route to the candidate, with ids of things of the organization. */
async function answerTo(operation: (typeof OPEN)[number], things: World["things"]): Promise<string> {
  const sample = sampleOf(operation, things);
  const body: Call = sample.form ? { body: sample.form() } : sample.json ? { json: sample.json } : {};
  const answer = await call(operation.method, addressOf(operation.path, sample), {
    ...body,
    token: kim.token,
    headers: sample.headers ?? {},
  });
  answer.webSocket?.accept();
  answer.webSocket?.close();
  return answer.status === 101 ? "" : `${answer.status} ${await answer.text()}`;
}

describe("what the team, the client and other people keep", () => {
  it("is in no answer to a candidate, of any route that they may call", async () => {
    const reached: string[] = [];
    const order = (operation: (typeof OPEN)[number]) => (ENDING.includes(nameOf(operation)) ? 1 : 0);
    for (const operation of [...OPEN].sort((a, b) => order(a) - order(b))) {
      if (order(operation) === 1) continue;
      const told = await answerTo(operation, world.things);
      if (/^2/.test(told)) reached.push(nameOf(operation));
      expect(told, nameOf(operation)).not.toMatch(CANARY);
    }
    for (const route of [
      "GET /api/applications/:id",
      "GET /api/candidate-portal/home",
      "GET /api/candidate-portal/applications/:id",
      "GET /api/candidate-portal/profile",
    ])
      expect(reached).toContain(route);
  }, 90_000);

  it("is there for the team, so that the words are looked for in vain elsewhere", async () => {
    const { recruiter } = world.people;
    for (const path of [
      `/api/applications/${world.things.applicationId}`,
      `/api/pipelines/${pipelineId}/changes?since=0&limit=200`,
    ])
      expect(await (await call("GET", path, { token: recruiter.token })).text()).toMatch(CANARY);
  });

  it("is not in a list, a home or the changes that they read by themselves", async () => {
    for (const path of [
      "/api/documents",
      "/api/documents/requests",
      "/api/notifications",
      "/api/candidate-portal/home",
      "/api/candidate-portal/applications",
      `/api/applications/${world.things.applicationId}`,
      `/api/pipelines/${pipelineId}/changes?since=0&limit=200`,
    ]) {
      const answer = await call("GET", path, { token: kim.token });
      expect(answer.status, path).toBe(200);
      expect(await answer.text(), path).not.toMatch(CANARY);
    }
  });

  it("is not in what their sockets tell, from the beginning and live", async () => {
    const own = await watchOwn(kim, 0);
    const pipeline = await connect(`/api/pipelines/${pipelineId}/live?since=0`, { token: kim.token });
    const [first] = await rows<{ seq: number }>(
      "select max(seq) as seq from events where user_id = ?",
      kim.user.id,
    );
    await own.has(first?.seq ?? 0);
    const { recruiter } = world.people;
    const move = { token: recruiter.token, json: { stage: "rejected", reason: "Canary reason" } };
    await json(await call("POST", `/api/applications/${world.things.applicationId}/move-stage`, move), 200);
    await calm(world.org);
    await own.until("the move", () =>
      own.events.some(({ type, seq }) => type === "application.status_changed" && seq > (first?.seq ?? 0)),
    );
    await pipeline.until("the move", () =>
      pipeline.events.some(({ type }) => type === "application.status_changed"),
    );
    expect(JSON.stringify([own.frames, pipeline.frames])).not.toMatch(CANARY);
    expect(JSON.stringify(own.events)).not.toContain(other.user.candidateId);
  });

  it("is not in their mails and notifications", async () => {
    await calm(world.org);
    const mails = await rows(
      "select subject, body_text, body_html from outbox where to_address = ?",
      kim.user.email,
    );
    const notices = await rows("select title, message from notifications where user_id = ?", kim.user.id);
    expect(JSON.stringify([mails, notices])).not.toMatch(CANARY);
  });
});

describe("somebody else's ids", () => {
  it("find nothing in the portal", async () => {
    const [theirs] = await rows<{ id: string }>(
      "select id from applications where candidate_id = ?",
      other.user.candidateId,
    );
    for (const path of [
      `/api/candidate-portal/applications/${theirs?.id}`,
      `/api/applications/${theirs?.id}`,
    ])
      await json(await call("GET", path, { token: kim.token }), 404);
    const withdraw = await call("POST", `/api/applications/${theirs?.id}/withdraw`, { token: kim.token });
    await json(withdraw, 404);
  });
});
