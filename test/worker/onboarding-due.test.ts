import { afterEach, describe, expect, it } from "vitest";
import { completeStep } from "../../worker/features/onboarding/complete";
import { overview } from "../../worker/features/onboarding/overview";
import { sweepReminders } from "../../worker/features/reminders/sweep";
import { clock } from "../../worker/lib/clock";
import { calm, count, moved, noticesOf, outboxOf, rows } from "./facts";
import { newSource, sent } from "./incoming";
import { completed, define, defined, KINDS, onboardingOrg, standing, steps } from "./onboarding";
import { call, costOf, json, newOrg, worker } from "./org";
import { review, uploaded } from "./uploads";

const setting = async () => await onboardingOrg(await newOrg());
const DAY = 24 * 60 * 60 * 1000;
let ahead = 0;
const later = (milliseconds: number) => {
  ahead += milliseconds;
  clock.advance(milliseconds);
};
afterEach(() => later(-ahead));
const remind = () => sweepReminders(worker, () => {});

describe("steps that are due", () => {
  it("are reminded of the day before and on the day, once each, while they are still to be done", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const film = await defined(admin, { ...KINDS.video, dueDays: 3 });
    const sign = await defined(admin, { ...KINDS.acknowledgement, dueDays: 3 });
    await defined(admin, { ...KINDS.form, title: "No hurry" });
    expect((await steps(ada)).data[0]?.dueAt).toBeNull();
    await moved(recruiter, ada.agent.id, "onboarding");
    await calm(org);
    const since = Date.parse((await steps(ada)).data[0]?.dueAt ?? "") - 3 * DAY;
    expect(Math.abs(since - Date.now())).toBeLessThan(60_000);
    expect(
      await count("select count(*) from reminders where org_id = ? and kind = 'onboarding_due'", org.id),
    ).toBe(4);
    const told = async () =>
      (await noticesOf(ada.user.id)).filter((title) => title.startsWith("Due ")).sort();

    await remind();
    expect(await told()).toEqual([]);
    later(2 * DAY + 60_000);
    await Promise.all([remind(), remind(), remind()]);
    expect(await told()).toEqual([`Due tomorrow: ${sign.title}`, `Due tomorrow: ${film.title}`]);
    // By the verb: the token's ten minutes are over.
    await completeStep(ada.ctx, ada.agent.id, film.id, {});
    later(DAY);
    await Promise.all([remind(), remind()]);
    await remind();
    expect(await told()).toEqual([
      `Due today: ${sign.title}`,
      `Due tomorrow: ${sign.title}`,
      `Due tomorrow: ${film.title}`,
    ]);
    await calm(org);
    const mails = (await outboxOf(ada.user.email)).filter(({ subject }) => subject.includes(" is due "));
    expect(mails).toHaveLength(3);
    expect(await count("select count(*) from reminders where org_id = ? and done_at is null", org.id)).toBe(
      0,
    );
  });

  it("are reminded of once where the reminder of the day before comes late", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const film = await defined(admin, { ...KINDS.video, dueDays: 2 });
    await moved(recruiter, ada.agent.id, "onboarding");
    await calm(org);
    later(3 * DAY);
    await Promise.all([remind(), remind()]);
    const told = (await noticesOf(ada.user.id)).filter((title) => title.startsWith("Due "));
    expect(told).toEqual([`Due today: ${film.title}`]);
    expect(await count("select count(*) from reminders where org_id = ? and done_at is null", org.id)).toBe(
      0,
    );
  });

  it("are planned for those who are there when the days are set, and not told to whoever has left", async () => {
    const { admin, recruiter, ada, org } = await setting();
    await moved(recruiter, ada.agent.id, "onboarding");
    await calm(org);
    await defined(admin, { ...KINDS.video, dueDays: 2 });
    expect(await count("select count(*) from reminders where org_id = ?", org.id)).toBe(2);
    await moved(recruiter, ada.agent.id, "assessment");
    later(3 * DAY);
    await remind();
    expect((await noticesOf(ada.user.id)).filter((title) => title.startsWith("Due "))).toEqual([]);
  });
});

describe("the overview", () => {
  it("shows where everybody is stuck, a page at a time, in one trip", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const [bo, cy] = [await org.agent("Bo Vik"), await org.agent("Cy Moe")];
    const film = await defined(admin, { ...KINDS.video, dueDays: 1 });
    const w9 = await defined(admin, KINDS.document);
    for (const one of [ada, bo, cy]) await moved(recruiter, one.agent.id, "onboarding");
    await completed(bo, film.id);
    await completed(cy, film.id);
    await uploaded(cy);
    interface Progress {
      agents: {
        name: string;
        done: number;
        of: number;
        overdue: boolean;
        stuckOn: { id: string; status: string };
      }[];
      steps: { id: string; waiting: number }[];
      nextCursor: string | null;
    }
    const page = async (query: string) => {
      const answer = await call("GET", `/api/onboarding/progress${query}`, { token: recruiter.token });
      return { ...(await json<Progress>(answer, 200)), cost: costOf(answer) };
    };
    const all = await page("");
    expect(
      all.agents.map(({ name, done, of, overdue, stuckOn }) => [name, done, of, overdue, stuckOn]),
    ).toEqual([
      ["Ada Lund", 0, 2, false, { id: film.id, title: film.title, status: "open" }],
      ["Bo Vik", 1, 2, false, { id: w9.id, title: w9.title, status: "open" }],
      ["Cy Moe", 1, 2, false, { id: w9.id, title: w9.title, status: "in_review" }],
    ]);
    expect(all.steps.map(({ waiting }) => waiting)).toEqual([1, 2]);
    expect((await call("GET", "/api/onboarding/progress", { token: ada.token })).status).toBe(403);
    const first = await page("?limit=2");
    expect(first.cost.trips).toBe(1);
    expect(first.agents).toHaveLength(2);
    const second = await page(`?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
    expect([second.agents.map(({ name }) => name), second.nextCursor]).toEqual([["Cy Moe"], null]);
    later(2 * DAY);
    const { agents } = await overview(recruiter.ctx, { limit: 50 });
    expect(agents.map(({ overdue }) => overdue)).toEqual([true, false, false]);
  });
});

describe("an external step", () => {
  it("is completed by an event of its system, and by nothing that can't be meant", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const film = await defined(admin, KINDS.video);
    const check = await defined(admin, { ...KINDS.external, key: "check", dependsOn: [film.id] });
    const source = await newSource(admin, { name: "Checks" });
    const confirm = (email: string, step: string, more = {}) =>
      sent(org, source, "onboarding.step_completed", { agent: { email }, step }, more);
    const refused: [string, string, string][] = [
      ["nobody@people.test", "check", "No agent here"],
      [ada.user.email, "moon", "no step"],
      [ada.user.email, film.key, "no external step"],
      [ada.user.email, "check", film.title],
    ];
    const waiting = [];
    for (const [email, step, words] of refused) {
      const row = await confirm(email, step);
      expect([row.status, row.reason]).toEqual(["quarantined", expect.stringContaining(words)]);
      waiting.push(row.id);
    }
    await completed(ada, film.id);
    const done = await confirm(ada.user.email.toUpperCase(), "check");
    expect(done).toMatchObject({ status: "processed", ids: { agentId: ada.agent.id, stepId: check.id } });
    expect(await standing(ada)).toBe(`${film.key}:completed check:completed`);
    expect((await confirm(ada.user.email, check.id)).reason).toContain("complete already");
    await calm(org);
    expect(
      await count(
        "select count(*) from events where entity_id = ? and type = 'onboarding.step_completed'",
        ada.agent.id,
      ),
    ).toBe(2);
    const far = await setting();
    const elsewhere = await newSource(far.admin);
    const row = await sent(far.org, elsewhere, "onboarding.step_completed", {
      agent: { email: ada.user.email },
      step: "check",
    });
    expect(row.status).toBe("quarantined");
    await moved(recruiter, ada.agent.id, "onboarding");
    await calm(org);
    expect(await rows("select status from agents where id = ?", ada.agent.id)).toEqual([
      { status: "active" },
    ]);
  });
});

describe("an agent's home", () => {
  interface Home {
    next: { kind: string; stepId: string | null; path: string | null; documentType: string | null };
    onboarding: { done: number; of: number } | null;
  }
  it("leads to the next step, in one trip, and a rejected document comes first", async () => {
    const { admin, recruiter, ada, org } = await setting();
    const home = async () => {
      const answer = await call("GET", "/api/me/home", { token: ada.token });
      return { ...(await json<Home>(answer, 200)), cost: costOf(answer) };
    };
    expect(await home()).toMatchObject({ onboarding: null, next: { kind: "upload", stepId: null } });
    const film = await defined(admin, KINDS.video);
    const sign = await defined(admin, { ...KINDS.acknowledgement, dependsOn: [film.id] });
    expect(await home()).toMatchObject({ onboarding: { done: 0, of: 2 }, next: { kind: "upload" } });
    await moved(recruiter, ada.agent.id, "onboarding");
    const before = await home();
    expect(before.cost.trips).toBe(1);
    expect(before).toMatchObject({
      onboarding: { done: 0, of: 2 },
      next: { kind: "onboarding", stepId: film.id, path: `/onboarding/${film.id}`, documentType: null },
    });
    const w9 = await uploaded(ada);
    await json(await review(recruiter, w9.id, "rejected", "Unsigned."), 200);
    expect((await home()).next).toMatchObject({ kind: "fix", path: "/documents?type=w9" });
    await uploaded(ada);
    await completed(ada, film.id);
    expect(await home()).toMatchObject({ onboarding: { done: 1, of: 2 }, next: { stepId: sign.id } });
    await completed(ada, sign.id, { signature: "Ada Lund" });
    expect((await home()).next).toMatchObject({ kind: "upload", documentType: "nda" });
    await calm(org);
  });
});

describe("the most", () => {
  it("is sixty steps, which one agent reads and completes in the same number of trips", async () => {
    const { admin, ada } = await setting();
    let before: string[] = [];
    for (let i = 0; i < 60; i++) {
      const step = await defined(admin, { ...KINDS.video, title: `Film ${i}`, dependsOn: before });
      before = [step.id];
    }
    const over = await json<{ detail: string }>(await define(admin, KINDS.video), 409);
    expect(over.detail).toContain("60");
    const read = await call("GET", "/api/onboarding/steps", { token: ada.token });
    expect(costOf(read).trips).toBeLessThanOrEqual(2);
    const list = await json<{ data: { status: string }[] }>(read, 200);
    expect(list.data.map(({ status }) => status)).toEqual(["open", ...Array(59).fill("locked")]);
  });
});
