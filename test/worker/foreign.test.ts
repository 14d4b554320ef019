import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../worker/app";
import { can } from "../../worker/features/users/permissions";
import { operations } from "../../worker/http/openapi";
import { type Call, call, follow, json, type Person } from "./org";
import { addressOf, FRESH, type Sample, sampleOf } from "./samples";
import { changed, dump, newWorld, pdfForm, type World } from "./world";

/** Routes whose sample names something that belongs to somebody. */
const GUARDED = operations(app).filter((operation) => operation.endpoint.who !== "public");
const naming = (mine: World, theirs: World) =>
  GUARDED.filter((operation) => {
    const [one, two] = [mine, theirs].map((world) => {
      const { form, ...rest } = sampleOf(operation, { ...world.things });
      const told = JSON.stringify([
        rest,
        form && [...form().values()].filter((value) => typeof value === "string"),
      ]);
      // A fresh word differs each time, but names nobody.
      return told.replace(FRESH, "");
    });
    return one !== two;
  });

let mine: World;
let theirs: World;
beforeAll(async () => {
  theirs = await newWorld();
  mine = await newWorld();
});

function send(
  operation: { method: string; path: string },
  sample: Sample,
  person: Person,
): Promise<Response> {
  const body: Call = sample.form ? { body: sample.form() } : sample.json ? { json: sample.json } : {};
  const options = { ...body, token: person.token, headers: sample.headers ?? {} };
  return call(operation.method, addressOf(operation.path, sample), options);
}

/** Rows that any request leaves, refused or not: the note of a file that may have been stored. */
const TRACES = ["file_intents"];

const both = async () => ({
  ...prefixed("theirs", await dump(theirs.things.orgId)),
  ...prefixed("mine", await dump(mine.things.orgId, TRACES)),
});
const prefixed = (word: string, tables: Record<string, string>) =>
  Object.fromEntries(Object.entries(tables).map(([name, rows]) => [`${word}.${name}`, rows]));

/** Asserts that the call finds nothing, answers nothing of theirs, and changes nothing anywhere. */
async function findsNothing(operation: { method: string; path: string }, sample: Sample, person: Person) {
  const before = await both();
  const answer = await send(operation, sample, person);
  const list = operation.method === "GET" && sample.params === undefined && answer.status !== 404;
  if (operation.path === "/api/applications/bulk") {
    // A result for each: they are absent, one by one.
    const { batchId, results } = await json<{ batchId: null; results: { ok: boolean }[] }>(answer, 200);
    expect([batchId, ...results.map(({ ok }) => ok)]).toEqual([null, false]);
  } else if (list) expect((await json<{ data: unknown[] }>(answer, 200)).data).toEqual([]);
  else {
    const problem = await json(answer, 404);
    expect(problem).toMatchObject({ type: "not-found" });
    expect(problem).not.toHaveProperty("current");
  }
  await follow();
  expect(changed(before, await both())).toEqual([]);
}

describe("another organization's ids", () => {
  it("are named by the samples of every route that takes an id", () => {
    const named = new Set(naming(mine, theirs).map(({ method, path }) => `${method} ${path}`));
    const withParams = GUARDED.filter(({ path }) => path.includes(":"));
    expect(withParams.filter(({ method, path }) => !named.has(`${method} ${path}`))).toEqual([]);
    expect(named.size).toBeGreaterThanOrEqual(22);
  });

  it.each(GUARDED.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    "find and change nothing through %s",
    async (_, operation) => {
      if (!naming(mine, theirs).includes(operation)) return;
      const sample = sampleOf(operation, theirs.things);
      if (sample.as === "nobody") throw new Error("A guarded route needs a caller.");
      // An admin may do the most, so they try too where their role may.
      const callers = [mine.people[sample.as], mine.people.admin];
      for (const person of callers) {
        const { who } = operation.endpoint;
        if (who !== "session" && who !== "public" && !can(person.user.role, who)) continue;
        await findsNothing(operation, sample, person);
      }
    },
  );

  const upload = { method: "POST", path: "/api/documents/upload" };
  const request = { method: "POST", path: "/api/documents/requests" };
  const list = { method: "GET", path: "/api/documents" };
  const requests = { method: "GET", path: "/api/documents/requests" };

  it("of a candidate find nothing in uploads, requests and lists", async () => {
    const { candidateId } = theirs.things;
    const { recruiter } = mine.people;
    const form = () => pdfForm({ candidateId });
    await findsNothing(upload, { as: "recruiter", status: 404, form }, recruiter);
    await findsNothing(
      request,
      { as: "recruiter", status: 404, json: { candidateId, type: "id" } },
      recruiter,
    );
    await findsNothing(list, { as: "recruiter", status: 200, query: { candidateId } }, recruiter);
    await findsNothing(requests, { as: "recruiter", status: 200, query: { candidateId } }, recruiter);
  });

  it("don't ride along beside a right one", async () => {
    const { recruiter } = mine.people;
    const before = await both();
    for (const fields of [
      { agentId: theirs.things.agentId, candidateId: mine.things.candidateId },
      { agentId: mine.things.agentId, candidateId: theirs.things.candidateId },
    ]) {
      const answer = await call("POST", "/api/documents/upload", {
        token: recruiter.token,
        body: pdfForm(fields),
      });
      expect([404, 422]).toContain(answer.status);
    }
    expect(changed(before, await both())).toEqual([]);
  });

  it("of a stage, a document type and a tag change nobody's but the caller's own", async () => {
    const before = await dump(theirs.things.orgId);
    const admin = { token: mine.people.admin.token };
    await json(
      await call("PATCH", "/api/documents/types", { ...admin, json: { key: "nda", name: "Mine" } }),
      200,
    );
    await json(await call("PATCH", "/api/organization", { ...admin, json: { name: "Mine" } }), 200);
    expect(changed(before, await dump(theirs.things.orgId))).toEqual([]);
  });

  it("of a team account are refused where their short name is taken", async () => {
    const before = await dump(theirs.things.orgId);
    const answer = await call("PATCH", "/api/organization", {
      token: mine.people.admin.token,
      json: { slug: theirs.things.org },
    });
    expect(await json(answer, 409)).not.toHaveProperty("current");
    expect(changed(before, await dump(theirs.things.orgId))).toEqual([]);
  });
});

/** What is everybody's in an organization: a form to fill in, a step of the onboarding. */
const SHARED = new Set([
  "/api/documents/types/:key/template",
  "/api/onboarding/steps/:id",
  "/api/onboarding/:stepId/complete",
]);

describe("another person's ids in the same organization", () => {
  let agent: Person;
  let candidate: Person;
  let client: Person;
  let recruiter: Person;
  beforeAll(async () => {
    agent = await mine.org.agent("Other Agent");
    candidate = await mine.org.person("candidate", "Other Candidate");
    client = await mine.org.person("client_user", "Other Client");
    recruiter = await mine.org.person("recruiter", "Other Recruiter");
    await follow();
  });

  it.each(GUARDED.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    "find and change nothing through %s where the role reaches its own only",
    async (_, operation) => {
      const { who } = operation.endpoint;
      if (!naming(mine, theirs).includes(operation) || who === "public") return;
      const sample = sampleOf(operation, mine.things);
      if (SHARED.has(operation.path)) return;
      for (const person of [agent, candidate, client, recruiter]) {
        // An agent stands in the pool; what they see of it is tested below.
        if (sample.params?.id === mine.things.pipelineId && person === agent) continue;
        const { role } = person.user;
        const ownOnly = who === "session" || (can(role, who) && !can(role, who, { own: false }));
        if (ownOnly) await findsNothing(operation, sample, person);
      }
    },
  );

  it("don't show in lists, changes, the home or the number of unread notifications", async () => {
    const token = agent.token;
    const text = async (path: string) => await (await call("GET", path, { token })).text();
    const theirName = /Ada|Lund/;
    for (const path of [
      "/api/documents",
      "/api/documents/requests",
      "/api/notifications",
      "/api/auth/me",
      "/api/auth/sessions",
      "/api/me/home",
      `/api/pipelines/${mine.org.pipelineId}/changes?since=0`,
    ]) {
      const shown = await text(path);
      expect(shown).not.toMatch(theirName);
      expect(shown).not.toContain(mine.things.agentId);
      expect(shown).not.toContain(mine.things.documentId);
    }
  });

  it("can't be taken by a filter that names somebody else", async () => {
    for (const path of ["/api/documents", "/api/documents/requests"]) {
      const answer = await call("GET", `${path}?agentId=${agent.user.agentId}`, {
        token: mine.people.agent.token,
      });
      expect((await json<{ data: unknown[] }>(answer, 200)).data).toEqual([]);
    }
  });
});
