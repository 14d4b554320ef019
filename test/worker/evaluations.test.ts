import { beforeAll, describe, expect, it } from "vitest";
import { Evaluation } from "../../worker/features/evaluations/schema";
import { calm, count, eventsOf, noticesOf, rows, written } from "./facts";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";

let org: Org;
let admin: Person;
let recruiter: Person;
beforeAll(async () => {
  org = await newOrg();
  [admin, recruiter] = [await org.person("admin"), await org.person("recruiter", "Rea Cruz")];
  await addType({ key: "english", name: "English", passScore: 80 });
  await addType({ key: "background", name: "Background check", visibility: "team" });
  await addType({
    key: "call",
    name: "Call",
    minScore: 1,
    maxScore: 5,
    criteria: [
      { key: "tone", label: "Tone", weight: 1 },
      { key: "facts", label: "Facts", weight: 3 },
    ],
  });
});

type Shown = Evaluation & Record<string, unknown>;
const at = "/api/evaluations";
const postType = (body: object, by = recruiter) =>
  call("POST", `${at}/types`, { token: by.token, json: body });
const addType = async (body: object) => await json(await postType(body), 201);
const change = (body: object, headers: Record<string, string> = {}) =>
  call("PATCH", `${at}/types`, { token: recruiter.token, json: body, headers });
const post = (body: object, token = recruiter.token) => call("POST", at, { token, json: body });
const made = async (body: object) => await json<Shown>(await post(body), 201);
const list = async (by: Person, query = "") =>
  (await json<{ data: Shown[] }>(await call("GET", `${at}?${query}`, { token: by.token }), 200)).data;

async function newKey(scopes = ["evaluations:write"], by = admin): Promise<string> {
  const answer = await call("POST", "/api/api-keys", { token: by.token, json: { name: "Tests", scopes } });
  return (await json<{ key: string }>(answer, 201)).key;
}

describe("a result", () => {
  it("of an agent is one event, one audit entry, and one notice to the person", async () => {
    const ada = await org.agent();
    const result = await made({
      agentId: ada.agent.id,
      type: "english",
      score: 87,
      comment: "Clear and kind.",
      completedAt: "2026-11-20T10:00:00+02:00",
    });
    expect(() => Evaluation.parse(result)).not.toThrow();
    expect(result).toMatchObject({
      typeName: "English",
      personName: "Ada Lund",
      score: 87,
      maxScore: 100,
      passed: true,
      source: "person",
      evaluatorName: "Rea Cruz",
      completedAt: "2026-11-20T08:00:00.000Z",
    });
    const last = (await eventsOf(ada.agent.id)).at(-1);
    expect([last?.type, JSON.parse(last?.data ?? "")]).toEqual([
      "evaluation.completed",
      { agentId: ada.agent.id, evaluationType: "english", score: 87 },
    ]);
    expect(last).toMatchObject({ user_id: ada.user.id, pipeline_id: org.pipelineId });
    expect(await rows("select action_type from audit_entries where entity_id = ?", result.id)).toEqual([
      { action_type: "EVALUATION_CREATE" },
    ]);
    await calm(org);
    expect(
      (await noticesOf(ada.user.id)).filter((title) => title === "You have a result: English"),
    ).toHaveLength(1);
    expect(await json(await call("GET", `${at}/${result.id}`, { token: recruiter.token }), 200)).toEqual(
      result,
    );
  });

  it("follows from the marks of a scorecard", async () => {
    const ada = await org.agent();
    const result = await made({ agentId: ada.agent.id, type: "call", marks: { tone: 5, facts: 3 } });
    expect(result).toMatchObject({ score: 3.5, maxScore: 5, passed: null });
    expect(result.marks).toEqual([
      { key: "tone", label: "Tone", score: 5 },
      { key: "facts", label: "Facts", score: 3 },
    ]);
  });

  it("of a candidate stands in their timeline and with their application", async () => {
    const kim = await org.person("candidate", "Kim Park");
    const candidateId = kim.user.candidateId ?? "";
    await made({ candidateId, type: "english", score: 45, maxScore: 50 });
    const timeline = await call("GET", `/api/candidates/${candidateId}/timeline`, { token: recruiter.token });
    const { data } = await json<{ data: { text: string }[] }>(timeline, 200);
    expect(data[0]?.text).toBe("English: 90 of 100");
    expect(await list(kim)).toMatchObject([{ candidateId, score: 90, personName: "Kim Park" }]);
  });

  it("is seen by its person without the team's words, and only where its type is theirs to see", async () => {
    const [ada, other] = [await org.agent(), await org.agent("Ben Moss")];
    const shown = await made({ agentId: ada.agent.id, type: "english", score: 70, comment: "Hesitant." });
    const hidden = await made({ agentId: ada.agent.id, type: "background", score: 10 });
    const [own, ...more] = await list(ada);
    expect(more).toEqual([]);
    expect(own).toMatchObject({
      id: shown.id,
      passed: false,
      comment: null,
      evaluatorId: null,
      evaluatorName: null,
    });
    expect((await list(recruiter, `agentId=${ada.agent.id}`)).map(({ id }) => id)).toEqual([
      hidden.id,
      shown.id,
    ]);
    const get = (by: Person, id: string) => call("GET", `${at}/${id}`, { token: by.token });
    expect(await json<Shown>(await get(ada, shown.id), 200)).toMatchObject({ comment: null });
    for (const answer of [
      await get(ada, hidden.id),
      await get(other, shown.id),
      await get(await (await newOrg()).person("admin"), shown.id),
      await get(recruiter, "eval_none"),
    ]) {
      await json(answer, 404);
    }
    expect(await list(other, `agentId=${ada.agent.id}`)).toEqual([]);
    await json(await get(await org.person("client_user"), shown.id), 403);
    // Nor does the person's own channel carry it.
    const events = await rows(
      "select user_id from events where entity_id = ? and data like '%background%'",
      ada.agent.id,
    );
    expect(events).toEqual([{ user_id: null }]);
    await calm(org);
    expect(await noticesOf(ada.user.id)).not.toContain("You have a result: Background check");
  });

  it("is refused off the scale, of no type, of nobody, from the future, and from whoever is not of the team", async () => {
    const ada = await org.agent();
    const agentId = ada.agent.id;
    const stranger = await (await newOrg()).agent();
    await calm(org);
    const before = await written(org);
    const refused = async (body: object, path: string, words: string) => {
      const problem = await json<{ errors: { path: string; message: string }[] }>(await post(body), 422);
      expect(problem.errors[0]?.path).toBe(path);
      expect(problem.errors[0]?.message).toContain(words);
    };
    await refused({ agentId, type: "english", score: 101 }, "score", "from 0 to 100");
    await refused({ agentId, type: "english", score: 60, maxScore: 50 }, "score", "between 0 and 50");
    await refused({ agentId, type: "french", score: 1 }, "type", "There are: english, background, call");
    await refused({ agentId, type: "call", marks: { tone: 3 } }, "marks.facts", "missing");
    await refused({ agentId, type: "english" }, "score", "Send a score");
    await refused({ type: "english", score: 1 }, "agentId", "Name the person");
    await refused(
      { agentId, candidateId: "cand_x", type: "english", score: 1 },
      "agentId",
      "Name the person",
    );
    await refused(
      { agentId, type: "english", score: 1, completedAt: "2999-01-01T00:00:00Z" },
      "completedAt",
      "not come yet",
    );
    await refused({ agentId, type: "english", score: 1, completedAt: "yesterday" }, "completedAt", "");
    await json(await post({ agentId: stranger.agent.id, type: "english", score: 1 }), 404);
    await json(await post({ candidateId: agentId, type: "english", score: 1 }), 404);
    await json(await post({ agentId, applicationId: "app_none", type: "english", score: 1 }), 404);
    for (const role of ["candidate", "client_user"] as const)
      await json(await post({ agentId, type: "english", score: 1 }, (await org.person(role)).token), 403);
    await json(await post({ agentId, type: "english", score: 100 }, ada.token), 403);
    await calm(org);
    expect((await written(org)).events).toBe(before.events);
    expect(await count("select count(*) from evaluations where owner_id = ?", agentId)).toBe(0);
  });

  it("costs one trip to read and two to write, however many there are", async () => {
    const ada = await org.agent();
    for (let i = 0; i < 12; i++) await made({ agentId: ada.agent.id, type: "english", score: i });
    const wrote = costOf(await post({ agentId: ada.agent.id, type: "english", score: 50 }));
    expect(wrote.trips).toBe(2);
    for (const query of ["limit=5", `agentId=${ada.agent.id}&limit=5`, "type=english&limit=5"]) {
      const cost = costOf(await call("GET", `${at}?${query}`, { token: recruiter.token }));
      expect(cost.trips, query).toBe(1);
      expect(cost.read, query).toBeLessThan(40);
    }
  });
});

describe("a result from outside", () => {
  it("comes with a key that has the scope, and twice is once", async () => {
    const ada = await org.agent();
    const key = await newKey();
    const body = { agentId: ada.agent.id, type: "english", score: 44, maxScore: 50, externalId: "lms-1" };
    const first = await json<Shown>(await post(body, key), 201);
    expect(first).toMatchObject({ source: "external", evaluatorId: null, score: 88, externalId: "lms-1" });
    expect(await json(await post({ ...body, score: 1 }, key), 200)).toEqual(first);
    expect((await eventsOf(ada.agent.id)).filter(({ type }) => type === "evaluation.completed")).toHaveLength(
      1,
    );
    const ben = await org.agent("Ben Moss");
    const clash = await json(await post({ ...body, agentId: ben.agent.id }, key), 409);
    expect(clash.current).toMatchObject({ id: first.id });
    // Another type has ids of its own.
    await json(await post({ ...body, type: "background" }, key), 201);
    expect((await post(body, await newKey(["metrics:read"]))).status).toBe(403);
    expect((await call("GET", at, { token: key })).status).toBe(403);
  });

  it("that comes ten times at once is kept once", async () => {
    const ada = await org.agent();
    const key = await newKey();
    const body = { agentId: ada.agent.id, type: "english", score: 90, externalId: "lms-race" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(body, key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json<Shown>()).id));
    expect(new Set(ids).size).toBe(1);
    expect((await eventsOf(ada.agent.id)).filter(({ type }) => type === "evaluation.completed")).toHaveLength(
      1,
    );
  });
});

describe("a type", () => {
  it("has a scale that makes sense, and a key of its own", async () => {
    for (const [body, path] of [
      [{ key: "a", name: "A", minScore: 5, maxScore: 5 }, "maxScore"],
      [{ key: "a", name: "A", passScore: 101 }, "passScore"],
      [
        {
          key: "a",
          name: "A",
          criteria: [
            { key: "x", label: "X" },
            { key: "x", label: "Y" },
          ],
        },
        "criteria.1.key",
      ],
      [{ key: "Big Words", name: "A" }, "key"],
      [{ key: "a", name: "" }, "name"],
    ] as const) {
      expect((await json<{ errors: unknown }>(await postType(body), 422)).errors).toMatchObject([{ path }]);
    }
    const taken = await json(await postType({ key: "english", name: "Again" }), 409);
    expect(taken.current).toMatchObject({ key: "english", name: "English" });
    await json(await postType({ key: "mine", name: "Mine" }, await org.person("candidate")), 403);
    expect((await call("GET", `${at}/types`, { token: (await org.agent()).token })).status).toBe(403);
  });

  it("changes field by field, and not under somebody's hands", async () => {
    await addType({ key: "typing", name: "Typing" });
    const named = await json(await change({ key: "typing", name: "Typing speed", passScore: 40 }), 200);
    expect(named).toMatchObject({ name: "Typing speed", passScore: 40, maxScore: 100, version: 2 });
    expect(await json(await change({ key: "typing", name: "Typing speed" }), 200)).toEqual(named);
    const old = await json(await change({ key: "typing", name: "Other" }, { "if-match": '"1"' }), 412);
    expect(old.current).toMatchObject({ version: 2 });
    await json(await change({ key: "none", name: "Other" }), 404);
    expect(
      (await json<{ errors: unknown }>(await change({ key: "typing", maxScore: 30 }), 422)).errors,
    ).toMatchObject([{ path: "passScore" }]);
    const racing = await Promise.all(
      Array.from({ length: 6 }, (_, i) => change({ key: "typing", description: `Words ${i}` })),
    );
    for (const { status } of racing) expect([200, 409]).toContain(status);
    const won = racing.filter(({ status }) => status === 200).length;
    expect(
      await rows("select version from evaluation_types where org_id = ? and key = 'typing'", org.id),
    ).toEqual([{ version: 2 + won }]);
  });

  it("keeps its scale once there are results on it", async () => {
    await addType({ key: "maths", name: "Maths" });
    await json(await change({ key: "maths", maxScore: 50 }), 200);
    const ada = await org.agent();
    await made({ agentId: ada.agent.id, type: "maths", score: 40 });
    const kept = await json(await change({ key: "maths", maxScore: 200 }), 409);
    expect(kept.detail).toContain("Add a new type");
    await json(await change({ key: "maths", passScore: 30 }), 200);
  });

  it("that an open campaign asks for goes out of use only if that is confirmed", async () => {
    await addType({ key: "sales", name: "Sales" });
    const at = Date.now();
    const campaign = async (id: string, status: string, requirements: object) =>
      await rows(
        `insert into campaigns (id, org_id, name, status, seats, start_date, access, requirements, pipeline_id,
           created_by, created_at, updated_at) values (?, ?, ?, ?, 5, '2026-12-01', 'everyone', ?, ?, 'usr', ?, ?)`,
        `${id}${org.id}`,
        org.id,
        id,
        status,
        JSON.stringify(requirements),
        `${id}pipe${org.id}`,
        at,
        at,
      );
    const leaf = { kind: "evaluation", type: "sales", minScore: 50 };
    await campaign("Deep", "open", { all: [{ any: [{ kind: "stage", min: "active" }, leaf] }] });
    await campaign("Closed", "closed", { all: [leaf] });
    await campaign("Paper", "open", { all: [{ kind: "document", type: "sales" }] });
    const refused = await json(await change({ key: "sales", archived: true }), 409);
    expect(refused.detail).toContain("Deep");
    expect(refused.detail).not.toMatch(/Closed|Paper/);
    expect(refused.campaigns).toMatchObject([{ name: "Deep" }]);
    expect(await json(await change({ key: "sales", archived: true, confirm: true }), 200)).toMatchObject({
      archived: true,
    });
    const ada = await org.agent();
    const problem = await json<{ errors: { message: string }[] }>(
      await post({ agentId: ada.agent.id, type: "sales", score: 1 }),
      422,
    );
    expect(problem.errors[0]?.message).toContain("out of use");
    expect(problem.errors[0]?.message).not.toMatch(/: .*sales.*\./);
  });

  it("that changes has everybody judged anew", async () => {
    const ada = await org.agent();
    await rows(
      `insert into agent_facts (agent_id, org_id, stale, updated_at) values (?, ?, 0, 0)
       on conflict (agent_id) do update set stale = 0`,
      ada.agent.id,
      org.id,
    );
    await json(await change({ key: "call", name: "Phone call" }), 200);
    expect(await rows("select stale from agent_facts where agent_id = ?", ada.agent.id)).toEqual([
      { stale: 1 },
    ]);
  });
});
