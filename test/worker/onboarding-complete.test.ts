import { describe, expect, it } from "vitest";
import { calm, count, eventsOf, move, moved, noticesOf, pathOf, rows } from "./facts";
import {
  type Completed,
  change,
  complete,
  completed,
  defined,
  KINDS,
  onboardingOrg,
  RIGHT,
  type Step,
  standing,
  steps,
  WRONG,
  waive,
} from "./onboarding";
import { call, costOf, json, newOrg, type Person } from "./org";
import { remove, review, uploaded } from "./uploads";

const setting = async () => await onboardingOrg(await newOrg());
const faults = async (response: Response) =>
  (await json<{ errors: { path: string }[] }>(response, 422)).errors.map(({ path }) => path);
const typesOf = async (agentId: string) => (await eventsOf(agentId)).map(({ type }) => type);
const onboardingOf = async (agentId: string) =>
  (await typesOf(agentId)).filter((type) => type.startsWith("onboarding."));

describe("a step", () => {
  it("of each kind is completed once, with one event, and refuses what breaks it with its path", async () => {
    const { admin, ada, org } = await setting();
    const form = await defined(admin, KINDS.form);
    const sign = await defined(admin, KINDS.acknowledgement);
    const film = await defined(admin, KINDS.video);
    const check = await defined(admin, KINDS.external);
    expect(await faults(await complete(ada, form.id, {}))).toEqual(["data.iban"]);
    expect(await faults(await complete(ada, form.id, { iban: "DE12", hours: "x", more: 1 }))).toEqual(
      expect.arrayContaining(["data.iban", "data.hours", "data.more"]),
    );
    expect(await faults(await complete(ada, sign.id, { signature: "" }))).toEqual(["data.signature"]);
    expect(await faults(await complete(ada, film.id, { seen: true }))).toEqual(["data.seen"]);
    const external = await json<{ detail: string; current: Step }>(await complete(ada, check.id), 409);
    expect(external.current.status).toBe("open");
    expect(await onboardingOf(ada.agent.id)).toEqual([]);

    const data = { iban: "DE12345", hours: 20 };
    const done = await completed(ada, form.id, data);
    expect(done).toMatchObject({
      passed: null,
      next: sign.id,
      complete: false,
      step: { id: form.id, status: "completed" },
    });
    expect(await completed(ada, form.id, data)).toEqual(done);
    await completed(ada, sign.id, { signature: "Ada Lund" });
    await completed(ada, film.id);
    expect(await onboardingOf(ada.agent.id)).toEqual(Array(3).fill("onboarding.step_completed"));
    expect(await standing(ada)).toBe(
      `${form.key}:completed ${sign.key}:completed ${film.key}:completed ${check.key}:open`,
    );
    expect(
      await count(
        "select count(*) from audit_entries where org_id = ? and action_type = 'ONBOARDING_STEP_COMPLETE'",
        org.id,
      ),
    ).toBe(3);
  });

  it("waits for those before it, in words", async () => {
    const { admin, ada } = await setting();
    const film = await defined(admin, KINDS.video);
    const sign = await defined(admin, { ...KINDS.acknowledgement, dependsOn: [film.id] });
    const locked = await json<{ detail: string; current: Step }>(
      await complete(ada, sign.id, { signature: "Ada Lund" }),
      409,
    );
    expect(locked.detail).toContain(film.title);
    expect(locked.current).toMatchObject({ status: "locked", waitsFor: [film.title] });
    await completed(ada, film.id);
    await completed(ada, sign.id, { signature: "Ada Lund" });
  });

  it("completed ten times at once is completed once; a quiz at most once too", async () => {
    const { admin, ada } = await setting();
    const sign = await defined(admin, KINDS.acknowledgement);
    const quiz = await defined(admin, KINDS.quiz);
    const signed = await Promise.all(
      Array.from({ length: 10 }, () => complete(ada, sign.id, { signature: "Ada Lund" })),
    );
    expect(signed.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const tried = await Promise.all(
      Array.from({ length: 10 }, () => complete(ada, quiz.id, { answers: RIGHT })),
    );
    expect(tried.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await onboardingOf(ada.agent.id)).toEqual(Array(2).fill("onboarding.step_completed"));
    expect((await typesOf(ada.agent.id)).filter((type) => type === "evaluation.completed")).toHaveLength(1);
    expect(
      await count("select count(*) from onboarding_done where agent_id = ? and step_id <> '*'", ada.agent.id),
    ).toBe(2);
  });

  it("is nobody else's: another agent's row, another organization's step, the wrong role", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const film = await defined(admin, KINDS.video);
    const other = await org.agent("Bo Vik");
    const far = await setting();
    expect((await complete(far.ada, film.id)).status).toBe(404);
    expect((await complete(recruiter, film.id)).status).toBe(403);
    expect((await complete(ada, "step_none")).status).toBe(404);
    await completed(ada, film.id);
    expect(await standing(other)).toBe(`${film.key}:open`);
    const asked = await call("GET", `/api/onboarding/steps?agentId=${ada.agent.id}`, { token: other.token });
    expect(asked.status).toBe(404);
    const from = await call("GET", `/api/onboarding/steps?agentId=${ada.agent.id}`, {
      token: far.admin.token,
    });
    expect(from.status).toBe(404);
    expect(await standing(recruiter, ada.agent.id)).toBe(`${film.key}:completed`);
    expect((await waive(ada, film.id, { agentId: ada.agent.id, waived: true, reason: "x" })).status).toBe(
      403,
    );
    expect(
      (await waive(far.admin, film.id, { agentId: ada.agent.id, waived: true, reason: "x" })).status,
    ).toBe(404);
  });

  it("is for whom it applies to, by what is known of them", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const bo = await org.agent("Bo Vik");
    await json(
      await call("PUT", `/api/agents/${bo.agent.id}`, { token: recruiter.token, json: { country: "US" } }),
      200,
    );
    const us = await defined(admin, { ...KINDS.video, appliesTo: { kind: "location", country: "US" } });
    expect((await steps(ada)).data).toEqual([]);
    expect((await complete(ada, us.id)).status).toBe(404);
    expect(await standing(bo)).toBe(`${us.key}:open`);
  });

  it("isn't open to somebody who is out, nor in words that changed since they were shown", async () => {
    const { admin, recruiter, ada } = await setting();
    const sign = await defined(admin, KINDS.acknowledgement);
    await json(await change(admin, sign.id, { text: "Other words." }), 200);
    const late = await complete(ada, sign.id, { signature: "Ada Lund" }, { "if-match": '"1"' });
    expect(late.status).toBe(412);
    await moved(recruiter, ada.agent.id, "inactive");
    const out = await json<{ detail: string }>(await complete(ada, sign.id, { signature: "Ada Lund" }), 409);
    expect(out.detail).toContain("Inactive");
    expect(await onboardingOf(ada.agent.id)).toEqual([]);
  });

  it("costs one trip to read and two to complete", async () => {
    const { admin, ada } = await setting();
    const film = await defined(admin, KINDS.video);
    await steps(ada);
    const read = await call("GET", "/api/onboarding/steps", { token: ada.token });
    expect(costOf(read).trips).toBe(1);
    expect(costOf(await complete(ada, film.id)).trips).toBe(2);
  });
});

describe("a quiz", () => {
  it("stays open under its score; every try is a result, and no answer is ever sent back", async () => {
    const { admin, recruiter, ada } = await setting();
    const quiz = await defined(admin, { ...KINDS.quiz, key: "safety" });
    const texts: string[] = [];
    const say = async (answers: object) => {
      const answer = await complete(ada, quiz.id, { answers });
      texts.push(await answer.clone().text());
      return await json<Completed>(answer, 200);
    };
    expect(await say(WRONG)).toMatchObject({
      passed: false,
      step: { status: "open", score: 0, attempts: 1 },
      next: quiz.id,
    });
    expect(await say({ ...RIGHT, one: 3 })).toMatchObject({
      passed: false,
      step: { score: 66.67, attempts: 2 },
    });
    expect(await say(RIGHT)).toMatchObject({
      passed: true,
      complete: true,
      step: { status: "completed", score: 100, attempts: 3 },
    });
    expect(await say(WRONG)).toMatchObject({ passed: true, step: { attempts: 3 } });
    const found = await rows(
      "select type, score, max_score, passed, source, agent_id from evaluations where agent_id = ? order by id",
      ada.agent.id,
    );
    expect(found).toEqual(
      [0, 66.67, 100].map((score) => ({
        type: "safety",
        score,
        max_score: 100,
        passed: score === 100 ? 1 : 0,
        source: "quiz",
        agent_id: ada.agent.id,
      })),
    );
    texts.push(JSON.stringify([await steps(admin), await steps(recruiter, ada.agent.id), await steps(ada)]));
    texts.push(
      JSON.stringify(await rows("select data, detail from events where org_id = ?", admin.ctx.orgId)),
    );
    for (const path of [`/api/agents/${ada.agent.id}/timeline`, "/api/onboarding/progress"])
      texts.push(await (await call("GET", path, { token: recruiter.token })).text());
    expect(texts.join(" ")).not.toMatch(/abracadabra|"answer"/);
  });
});

describe("what is signed", () => {
  const copy = (by: Person, stepId: string, agentId?: string) =>
    call("GET", `/api/onboarding/${stepId}/copy${agentId ? `?agentId=${agentId}` : ""}`, { token: by.token });

  it("is kept as it stood, sealed, for the agent and the team", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const sign = await defined(admin, KINDS.acknowledgement);
    expect((await copy(ada, sign.id)).status).toBe(404);
    expect((await completed(ada, sign.id, { signature: "Ada M. Lund" })).step.hasCopy).toBe(true);
    await json(await change(admin, sign.id, { text: "Quite other words." }), 200);
    const answer = await copy(ada, sign.id);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename=".+\.txt"$/);
    const text = await answer.text();
    for (const words of [KINDS.acknowledgement.text, "Ada M. Lund", "version 1", "The seal holds"])
      expect(text).toContain(words);
    expect(text).not.toContain("Quite other");
    expect(await (await copy(recruiter, sign.id, ada.agent.id)).text()).toBe(text);
    expect((await copy(recruiter, sign.id)).status).toBe(422);
    const bo = await org.agent("Bo Vik");
    expect((await copy(bo, sign.id)).status).toBe(404);
    expect((await copy(bo, sign.id, ada.agent.id)).status).toBe(404);

    await rows(
      "update onboarding_done set copy = replace(copy, 'to myself', 'for all') where agent_id = ?",
      ada.agent.id,
    );
    expect(await (await copy(recruiter, sign.id, ada.agent.id)).text()).toContain("DOES NOT HOLD");
  });
});

describe("a document", () => {
  it("completes its step once approved, and opens it again once none counts", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const w9 = await defined(admin, KINDS.document);
    expect(await faults(await complete(ada, w9.id))).toEqual(["data"]);
    const document = await uploaded(ada);
    expect(await completed(ada, w9.id)).toMatchObject({ step: { status: "in_review" }, complete: false });
    expect(await onboardingOf(ada.agent.id)).toEqual([]);
    await json(await review(recruiter, document.id, "approved"), 200);
    await calm(org);
    expect(await standing(ada)).toBe(`${w9.key}:completed`);
    expect(await onboardingOf(ada.agent.id)).toEqual(["onboarding.step_completed", "onboarding.completed"]);
    expect((await completed(ada, w9.id)).step.status).toBe("completed");

    const second = await uploaded(ada);
    await json(await review(recruiter, second.id, "approved"), 200);
    await json(await review(recruiter, document.id, "rejected", "Last year's."), 200);
    await calm(org);
    expect(await standing(ada), "another approved one stands").toBe(`${w9.key}:completed`);
    await json(await review(recruiter, second.id, "rejected", "Unsigned."), 200);
    await calm(org);
    expect((await steps(ada)).data[0]).toMatchObject({ status: "open", reason: "Unsigned." });
    expect(await rows("select status from onboarding_done where step_id = ?", w9.id)).toEqual([
      { status: "tried" },
    ]);
    expect((await remove(admin, second.id)).status).toBe(204);
    await calm(org);
    expect(await onboardingOf(ada.agent.id)).toEqual([
      "onboarding.step_completed",
      "onboarding.completed",
      "onboarding.changed",
    ]);
  });

  it("that was approved before it became a step counts at once", async () => {
    const { admin, recruiter, ada } = await setting();
    const document = await uploaded(ada);
    await json(await review(recruiter, document.id, "approved"), 200);
    const w9 = await defined(admin, KINDS.document);
    expect(await standing(ada)).toBe(`${w9.key}:completed`);
    expect(
      await count("select count(*) from onboarding_done where step_id = ? and status = 'completed'", w9.id),
    ).toBe(1);
  });
});

describe("the last step", () => {
  it("moves whoever stands in the onboarding on, exactly once, and the stage's actions run", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const film = await defined(admin, KINDS.video);
    const sign = await defined(admin, KINDS.acknowledgement);
    await completed(ada, film.id);
    await moved(recruiter, ada.agent.id, "onboarding");
    await calm(org);
    expect((await pathOf(ada.agent.id)).at(-1)).toBe("applied>onboarding");
    const last = await Promise.all(
      Array.from({ length: 5 }, () => complete(ada, sign.id, { signature: "Ada Lund" })),
    );
    expect(last.map(({ status }) => status)).toEqual(Array(5).fill(200));
    await Promise.all([calm(org), calm(org)]);
    expect(await pathOf(ada.agent.id)).toEqual(["applied>onboarding", "onboarding>active"]);
    expect((await onboardingOf(ada.agent.id)).filter((type) => type === "onboarding.completed")).toHaveLength(
      1,
    );
    expect((await noticesOf(ada.user.id)).filter((title) => title === "You are in Active now")).toHaveLength(
      1,
    );
    const timeline = await json<{ data: { text: string; reason: string | null }[] }>(
      await call("GET", `/api/agents/${ada.agent.id}/timeline`, { token: recruiter.token }),
      200,
    );
    expect(timeline.data.find(({ text }) => text === "Moved from Onboarding to Active")?.reason).toContain(
      sign.title,
    );
    expect(timeline.data.map(({ text }) => text)).toEqual(
      expect.arrayContaining([`Completed the step ${sign.title}`, "Completed the onboarding"]),
    );
  });

  it("moves nobody who stands elsewhere, and whoever enters with all done, but no one who is put back", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const film = await defined(admin, KINDS.video);
    await completed(ada, film.id);
    await calm(org);
    expect(await pathOf(ada.agent.id)).toEqual([]);
    await moved(recruiter, ada.agent.id, "onboarding");
    await calm(org);
    expect(await pathOf(ada.agent.id)).toEqual(["applied>onboarding", "onboarding>active"]);
    await moved(recruiter, ada.agent.id, "onboarding");
    await calm(org);
    expect((await pathOf(ada.agent.id)).at(-1)).toBe("active>onboarding");
    expect((await onboardingOf(ada.agent.id)).filter((type) => type === "onboarding.completed")).toHaveLength(
      1,
    );
  });

  it("may be a waiver, or one that is taken away", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const bo = await org.agent("Bo Vik");
    const film = await defined(admin, KINDS.video);
    const check = await defined(admin, KINDS.external);
    for (const one of [ada, bo]) {
      await completed(one, film.id);
      await json(await move(recruiter, one.agent.id, "onboarding"), 200);
    }
    await calm(org);
    const body = { agentId: ada.agent.id, waived: true, reason: "Checked last year." };
    const spared = await json<Completed>(await waive(recruiter, check.id, body), 200);
    expect(spared).toMatchObject({ complete: true, step: { status: "waived", reason: body.reason } });
    await json(await waive(recruiter, check.id, body), 200);
    await calm(org);
    expect((await pathOf(ada.agent.id)).at(-1)).toBe("onboarding>active");
    expect((await pathOf(bo.agent.id)).at(-1)).toBe("applied>onboarding");
    expect((await call("DELETE", `/api/onboarding/steps/${check.id}`, { token: admin.token })).status).toBe(
      204,
    );
    await calm(org);
    expect((await pathOf(bo.agent.id)).at(-1)).toBe("onboarding>active");
    const again = await json<Completed>(
      await waive(recruiter, film.id, { agentId: bo.agent.id, waived: false, reason: "Please look again." }),
      200,
    );
    expect(again).toMatchObject({ complete: false, step: { status: "open", reason: "Please look again." } });
    expect(
      (await waive(recruiter, film.id, { agentId: bo.agent.id, waived: true, reason: " " })).status,
    ).toBe(422);
  });
});
