import { describe, expect, it } from "vitest";
import { count, eventsOf, rows } from "./facts";
import { change, define, defined, KINDS, onboardingOrg, type Step, steps } from "./onboarding";
import { call, costOf, json, newOrg, type Person } from "./org";

const setting = async () => await onboardingOrg(await newOrg());
const faults = async (response: Response) =>
  (await json<{ errors: { path: string; message: string }[] }>(response, 422)).errors.map(({ path }) => path);

describe("steps of the onboarding", () => {
  it("of each kind are defined, listed in their order, and say nothing of a quiz's answers", async () => {
    const { admin, recruiter, ada } = await setting();
    for (const body of Object.values(KINDS)) {
      const answer = await define(admin, body);
      const step = await json<Step>(answer.clone() as Response, 201);
      expect(answer.headers.get("location")).toBe(`/api/onboarding/steps/${step.id}`);
      expect(step).toMatchObject({ title: body.title, kind: body.kind, version: 1, status: null });
    }
    const all = await steps(recruiter);
    expect(all).toMatchObject({ next: null, complete: null });
    const one = all.data[1];
    const get = (by: Person) => call("GET", `/api/onboarding/steps/${one?.id}`, { token: by.token });
    expect(await json(await get(recruiter), 200)).toEqual(one);
    expect(await json(await get(ada), 200)).toMatchObject({ id: one?.id, status: "open" });
    expect(all.data.map(({ kind }) => kind)).toEqual(Object.keys(KINDS));
    expect(all.data.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(all.data[4]?.questions).toEqual([
      { key: "one", label: "One and one?" },
      { key: "sky", label: "The sky?", options: ["Blue-ish", "Green-ish"] },
      { key: "word", label: "The word?" },
    ]);
    const own = JSON.stringify(await steps(ada));
    for (const text of [JSON.stringify(all), own]) expect(text).not.toMatch(/abracadabra|"answer"/);
  });

  it.each<[string, object, string[]]>([
    ["a form without fields", { title: "T", kind: "form" }, ["schema"]],
    ["a form that is no object", { title: "T", kind: "form", schema: { type: "string" } }, ["schema.type"]],
    [
      "an empty form",
      { title: "T", kind: "form", schema: { type: "object", properties: {} } },
      ["schema.properties"],
    ],
    [
      "a schema that isn't one",
      { title: "T", kind: "form", schema: { type: "object", properties: { a: { type: "nonsense" } } } },
      ["schema"],
    ],
    ["a document without a type", { title: "T", kind: "document" }, ["documentType"]],
    ["an unknown document", { title: "T", kind: "document", documentType: "moon" }, ["documentType"]],
    ["nothing to sign", { title: "T", kind: "acknowledgement" }, ["text"]],
    ["no film", { title: "T", kind: "video" }, ["url"]],
    ["a film that is a script", { title: "T", kind: "video", url: "javascript:alert(1)" }, ["url"]],
    ["no questions", { title: "T", kind: "quiz" }, ["questions"]],
    [
      "no answer",
      { title: "T", kind: "quiz", questions: [{ key: "a", label: "A" }] },
      ["questions.0.answer"],
    ],
    [
      "an answer that is no option",
      { title: "T", kind: "quiz", questions: [{ key: "a", label: "A", options: ["x", "y"], answer: "z" }] },
      ["questions.0.answer"],
    ],
    [
      "an unknown step before it",
      { title: "T", kind: "video", url: "https://a.example", dependsOn: ["x"] },
      ["dependsOn.0"],
    ],
    [
      "nobody it applies to",
      { title: "T", kind: "video", url: "https://a.example", appliesTo: { kind: "stage", min: "moon" } },
      ["appliesTo"],
    ],
    ["no title", { kind: "video", url: "https://a.example" }, ["title"]],
    ["a word too many", { title: "T", kind: "video", url: "https://a.example", colour: "red" }, ["colour"]],
    ["a score beyond the end", { ...KINDS.quiz, passScore: 101 }, ["passScore"]],
  ])("%s is a 422 with its path", async (_, body, paths) => {
    const { admin } = await setting();
    expect(await faults(await define(admin, body))).toEqual(paths);
    expect(await count("select count(*) from onboarding_steps where org_id = ?", admin.ctx.orgId)).toBe(0);
  });

  it("keep what a change doesn't send, the answers of a quiz too, and refuse an outdated one", async () => {
    const { admin } = await setting();
    const quiz = await defined(admin, KINDS.quiz);
    const questions = [
      { key: "sky", label: "And the sky?", options: ["Blue-ish", "Grey-ish"] },
      { key: "new", label: "New?", answer: "yes" },
    ];
    const put = await change(admin, quiz.id, { questions }, { "if-match": '"1"' });
    const changed = await json<Step>(put, 200);
    expect(changed).toMatchObject({ title: quiz.title, version: 2, key: quiz.key });
    const [stored] = await rows<{ questions: string }>(
      "select questions from onboarding_steps where id = ?",
      quiz.id,
    );
    expect(JSON.parse(stored?.questions ?? "")).toEqual([
      { ...questions[0], answer: "Blue-ish" },
      questions[1],
    ]);
    expect((await change(admin, quiz.id, { title: "X" }, { "if-match": '"1"' })).status).toBe(412);
    expect(await faults(await change(admin, quiz.id, { questions: [{ key: "other", label: "O" }] }))).toEqual(
      ["questions.0.answer"],
    );
    expect((await change(admin, "step_none", { title: "X" })).status).toBe(404);
  });

  it("make the type of a quiz's results, once, and leave one that is there as it is", async () => {
    const { admin, org } = await setting();
    await defined(admin, { ...KINDS.quiz, key: "safety", passScore: 70 });
    await defined(admin, { ...KINDS.quiz, title: "Again", evaluationType: "safety" });
    expect(
      await rows(
        "select key, name, min_score, max_score, pass_score, visibility from evaluation_types where org_id = ?",
        org.id,
      ),
    ).toEqual([
      {
        key: "safety",
        name: "Safety quiz",
        min_score: 0,
        max_score: 100,
        pass_score: 70,
        visibility: "person",
      },
    ]);
  });

  it("never wait for each other in a circle, not even by two changes at once", async () => {
    const { admin, org } = await setting();
    const [a, b] = [await defined(admin, KINDS.video), await defined(admin, { ...KINDS.video, title: "B" })];
    expect(await faults(await change(admin, a.id, { dependsOn: [a.key] }))).toEqual(["dependsOn"]);
    const answers = await Promise.all([
      change(admin, a.id, { dependsOn: [b.id] }),
      change(admin, b.id, { dependsOn: [a.id] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    const stored = await rows<{ depends_on: string }>(
      "select depends_on from onboarding_steps where org_id = ? and depends_on <> '[]'",
      org.id,
    );
    expect(stored).toHaveLength(1);
  });

  it("go away unless another one, or a campaign, asks for them", async () => {
    const { admin } = await setting();
    const first = await defined(admin, KINDS.video);
    const second = await defined(admin, { ...KINDS.video, title: "Second", dependsOn: [first.key] });
    expect(second.dependsOn).toEqual([first.id]);
    const remove = (id: string) => call("DELETE", `/api/onboarding/steps/${id}`, { token: admin.token });
    const refused = await json<{ detail: string; current: Step }>(await remove(first.id), 409);
    expect(refused.detail).toContain("Second");
    expect(refused.current.id).toBe(first.id);
    expect((await remove(second.id)).status).toBe(204);
    expect((await remove(second.id)).status).toBe(404);
    expect((await remove(first.id)).status).toBe(204);
    expect((await steps(admin)).data).toEqual([]);
    // Its key is free again.
    await defined(admin, { ...KINDS.video, key: first.key });
  });

  it("take an order in one go, which names every step", async () => {
    const { admin } = await setting();
    const made = [];
    for (const title of ["A", "B", "C"]) made.push(await defined(admin, { ...KINDS.video, title }));
    const ids = made.map(({ id }) => id).reverse();
    const order = (sent: string[]) =>
      call("POST", "/api/onboarding/steps/order", { token: admin.token, json: { ids: sent } });
    const answer = await json<{ data: Step[] }>(await order(ids), 200);
    expect(answer.data.map(({ title }) => title)).toEqual(["C", "B", "A"]);
    expect((await steps(admin)).data).toEqual(answer.data);
    expect(await faults(await order(ids.slice(1)))).toEqual(["ids"]);
    expect((await order([...ids.slice(1), "step_x"])).status).toBe(404);
    expect(await faults(await order([...ids, ids[0] ?? ""]))).toEqual(["ids"]);
  });

  it("tell of a change, make everybody's facts stale, and have one key each", async () => {
    const { admin, ada, org } = await setting();
    await rows(
      "insert into agent_facts (agent_id, org_id, facts, stale, updated_at) values (?, ?, null, 0, 0)",
      ada.agent.id,
      org.id,
    );
    const step = await defined(admin, { ...KINDS.video, key: "film" });
    expect((await eventsOf(step.id)).map(({ type }) => type)).toEqual(["onboarding.changed"]);
    expect(await count("select stale from agent_facts where agent_id = ?", ada.agent.id)).toBe(1);
    expect(await faults(await define(admin, { ...KINDS.video, key: "film" }))).toEqual(["key"]);
    const answers = await Promise.all([1, 2, 3].map(() => define(admin, { ...KINDS.video, key: "once" })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it("are the admin's to define, and anybody's of the team to read; one trip to read, two to write", async () => {
    const { admin, recruiter, ada } = await setting();
    const step = await defined(admin, KINDS.video);
    for (const by of [recruiter, ada]) {
      expect((await define(by, KINDS.video)).status).toBe(403);
      expect((await change(by, step.id, { title: "X" })).status).toBe(403);
    }
    const read = await call("GET", "/api/onboarding/steps", { token: admin.token });
    expect(costOf(read).trips).toBeLessThanOrEqual(2);
    const again = await call("GET", "/api/onboarding/steps", { token: admin.token });
    expect(costOf(again).trips).toBe(1);
    expect(costOf(await change(admin, step.id, { title: "Y" })).trips).toBe(2);
  });
});
