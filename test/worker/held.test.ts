import { beforeAll, describe, expect, it } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import type { Application, ApplicationDetail } from "../../worker/features/applications/schema";
import { loadApplyForm } from "../../worker/features/apply/form";
import type {
  ApplySteps,
  EqualOpportunitySums,
  HeldApplication,
  HeldDetail,
  HeldPage,
} from "../../worker/features/apply/schema";
import { clock } from "../../worker/lib/clock";
import { samplePdf } from "../fixtures/files";
import { ANSWERS, sendForm, somebody } from "./applying";
import { calm, count, outboxOf, rows } from "./facts";
import { type Hiring, newHiring, newJob, wrongCounts } from "./hiring";
import { call, costOf, follow, json, newOrg, type Org, type Person, worker } from "./org";

let org: Org;
let hiring: Hiring;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  await worker.DB.prepare("update organizations set asks_equal_opportunity = 1 where id = ?")
    .bind(org.id)
    .run();
});

/** Sends one as a program does that fills in every field. */
async function held(who = somebody(), more: Record<string, string> = {}) {
  const fields = {
    ...who,
    ...ANSWERS,
    "contact-website": "http://spam.test",
    "equal-gender": "woman",
    ...more,
  };
  return await json<{ id: string; stage: string }>(
    await sendForm(org, hiring, fields, [{ field: "cv", name: "cv.pdf" }]),
    201,
  );
}
const ask = (method: string, path: string, body?: unknown, by: Person = hiring.recruiter) =>
  call(method, `/api/applications/held${path}`, {
    token: by.token,
    ...(body === undefined ? {} : { json: body }),
  });

describe("an application that looks like nobody's", () => {
  it("is kept whole, answered like any other, and mails nobody", async () => {
    const who = somebody();
    const sent = await held(who);
    expect(sent.id).toMatch(/^app_/);
    expect(Object.keys(sent).toSorted()).toEqual(["appliedAt", "id", "job", "stage"]);
    await calm(org);
    expect(await outboxOf(who.email)).toEqual([]);
    expect(await count("select count(*) from candidates where email = ?", who.email)).toBe(0);
    await json(await call("GET", `/api/applications/${sent.id}`, { token: hiring.recruiter.token }), 404);
    const list = await ask("GET", "");
    expect(costOf(list).trips).toBe(1);
    const page = await json<HeldPage>(list, 200);
    expect(page.data[0]).toMatchObject({
      id: sent.id,
      name: `Pia ${who.lastName}`,
      email: who.email,
      status: "waiting",
    });
    expect(page.data[0]?.reasons).toContain("A field that people don't see was filled in.");
    expect(page.waiting).toBeGreaterThan(0);
    const detail = await json<HeldDetail>(await ask("GET", `/${sent.id}`), 200);
    expect(detail).toMatchObject({
      formVersion: 1,
      candidateData: { firstName: "Pia" },
      formAnswers: ANSWERS,
    });
    expect(JSON.stringify(detail)).not.toContain("woman");
    const file = await ask("GET", `/${sent.id}/files/cv`);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(samplePdf());
    expect(file.headers.get("content-disposition")).toContain("attachment");
    expect(file.headers.get("content-security-policy")).toContain("sandbox");
    await json(await ask("GET", `/${sent.id}/files/none`), 404);
  });

  it("sent twice from one page is held once", async () => {
    const { stamp } = await loadApplyForm(org.ctx, hiring.job.id);
    const who = somebody();
    const sent = await Promise.all(Array.from({ length: 5 }, () => held(who, { "form-stamp": stamp })));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(await count("select count(*) from held_applications where email = ?", who.email)).toBe(1);
  });

  it("is gone with its person, files and all", async () => {
    const who = somebody();
    const [{ id }, taken] = [await held(who), await sendForm(org, hiring, { ...who, ...ANSWERS })];
    const application = await json<{ id: string }>(taken, 201);
    const [row] = await rows<{ key: string }>(
      "select json_extract(files, '$[0].r2Key') as key from held_applications where id = ?",
      id,
    );
    const { candidate } = await json<ApplicationDetail>(
      await call("GET", `/api/applications/${application.id}`, { token: hiring.recruiter.token }),
      200,
    );
    await call("DELETE", `/api/candidates/${candidate?.id}`, { token: hiring.recruiter.token });
    expect(await count("select count(*) from held_applications where id = ?", id)).toBe(0);
    await sweep(worker, () => undefined);
    expect(await worker.FILES.head(row?.key ?? "")).toBeNull();
  });

  it("is seen by the organization's own admins and recruiters only", async () => {
    const { id } = await held();
    const other = await (await newOrg()).person("admin");
    for (const by of [hiring.clientUser, await org.agent(), await org.person("candidate")]) {
      for (const [method, path] of [
        ["GET", ""],
        ["GET", `/${id}`],
        ["GET", `/${id}/files/cv`],
        ["POST", `/${id}/accept`],
        ["POST", `/${id}/discard`],
      ] as const) {
        await json(await ask(method, path, undefined, by), 403);
      }
    }
    await json(await ask("GET", `/${id}`, undefined, other), 404);
    await json(await ask("GET", `/${id}/files/cv`, undefined, other), 404);
    for (const what of ["accept", "discard", "restore"]) {
      await json(await ask("POST", `/${id}/${what}`, undefined, other), 404);
    }
    expect(await json<HeldPage>(await ask("GET", "", undefined, other), 200)).toMatchObject({
      data: [],
      waiting: 0,
    });
  });

  it("tells each of the team once a day", async () => {
    const fresh = await newOrg();
    const team = await newHiring(fresh);
    const send = async () =>
      await sendForm(fresh, team, { ...somebody(), ...ANSWERS, "contact-website": "x" });
    for (let i = 0; i < 3; i++) {
      await json(await send(), 201);
      await follow();
    }
    const told = "select count(*) from notifications where user_id = ? and type = 'applications_held'";
    expect(await count(told, team.recruiter.user.id)).toBe(1);
    expect(await count(told, team.admin.user.id)).toBe(1);
    expect(await count(told, team.clientUser.user.id)).toBe(0);
  });

  it("goes on as if it had come now once it is accepted, by many at once as well", async () => {
    const who = somebody();
    const { id } = await held(who);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask("POST", `/${id}/accept`)));
    const made = await Promise.all(answers.map((answer) => json<Application>(answer, 200)));
    expect(new Set(made.map((application) => application.id))).toEqual(new Set([id]));
    await calm(org);
    expect((await outboxOf(who.email)).length).toBe(1);
    const detail = await json<ApplicationDetail>(
      await call("GET", `/api/applications/${id}`, { token: hiring.recruiter.token }),
      200,
    );
    expect(detail.candidate?.cvDocumentId).toMatch(/^doc_/);
    expect(detail.formAnswers).toMatchObject({ why: "The people", visa: true });
    expect(await count("select count(*) from documents where owner_id = ?", detail.candidateId)).toBe(1);
    const row = await json<HeldApplication>(await ask("GET", `/${id}`), 200);
    expect(row).toMatchObject({ status: "accepted", applicationId: id, decidedByName: "Rea Cruz" });
    await json(await ask("POST", `/${id}/discard`), 409);
    expect(await wrongCounts(org.id)).toEqual([]);
    expect((await ask("POST", `/${id}/accept`)).status).toBe(200);
  });

  it("costs a read and a batch to decide on", async () => {
    const { id } = await held();
    await ask("GET", "");
    expect(costOf(await ask("POST", `/${id}/discard`)).trips).toBe(2);
    expect(costOf(await ask("POST", `/${id}/restore`)).trips).toBe(2);
    expect(costOf(await ask("POST", `/${id}/accept`)).trips).toBe(2);
  });

  it("can be put aside and taken back, and is accepted or put aside, never both", async () => {
    const { id } = await held();
    expect(await json(await ask("POST", `/${id}/discard`), 200)).toMatchObject({ status: "discarded" });
    await json(await ask("POST", `/${id}/accept`), 409);
    expect(await json(await ask("POST", `/${id}/restore`), 200)).toMatchObject({
      status: "waiting",
      decidedBy: null,
    });
    const [accepted, discarded] = await Promise.all([
      ask("POST", `/${id}/accept`),
      ask("POST", `/${id}/discard`),
    ]);
    expect([accepted.status, discarded.status].toSorted()).toEqual([200, 409]);
  });

  it("leads to the application that its person sent meanwhile, and waits where the job takes nobody", async () => {
    const who = somebody();
    const { id } = await held(who);
    const sent = await json<{ id: string }>(await sendForm(org, hiring, { ...who, ...ANSWERS }), 201);
    expect(await json(await ask("POST", `/${id}/accept`), 409)).toMatchObject({ current: { id: sent.id } });
    const job = await newJob(hiring.recruiter, hiring.clientId, { title: "Baker" });
    const other = await json<{ id: string }>(
      await sendForm(org, { job }, { ...somebody(), ...ANSWERS, "contact-website": "x" }),
      201,
    );
    await call("PATCH", `/api/jobs/${job.id}`, { token: hiring.recruiter.token, json: { status: "closed" } });
    await json(await ask("POST", `/${other.id}/accept`), 409);
    expect(await json(await ask("GET", `/${other.id}`), 200)).toMatchObject({ status: "waiting" });
  });

  it("is paged, by job as well", async () => {
    const first = await json<HeldPage>(await ask("GET", "?limit=2&status=accepted"), 200);
    expect(first.data.length).toBeLessThanOrEqual(2);
    if (first.nextCursor) {
      const next = await json<HeldPage>(
        await ask("GET", `?limit=2&status=accepted&cursor=${first.nextCursor}`),
        200,
      );
      expect(next.data[0]?.id.localeCompare(first.data.at(-1)?.id ?? "")).toBe(-1);
    }
    expect(await json<HeldPage>(await ask("GET", "?jobId=job_none"), 200)).toMatchObject({ data: [] });
    await json(await ask("GET", "?status=odd"), 422);
  });
});

describe("how far people get in a form", () => {
  const step = (sent: unknown, type = "text/plain;charset=UTF-8") =>
    call("POST", "/api/applications/steps", {
      body: JSON.stringify(sent),
      headers: { "content-type": type },
    });
  const where = () => ({ org: org.slug, job: hiring.job.slug });

  it("is counted by beacons, a day and step, in one round trip", async () => {
    const answer = await step({ ...where(), step: "viewed" });
    expect([answer.status, costOf(answer).trips]).toEqual([204, 1]);
    await Promise.all(Array.from({ length: 9 }, () => step({ ...where(), step: "viewed" })));
    await step({ ...where(), step: "cv" }, "application/json");
    const read = await json<ApplySteps>(
      await call("GET", `/api/jobs/${hiring.job.id}/apply-steps?days=7`, { token: hiring.recruiter.token }),
      200,
    );
    expect(read.steps.slice(0, 3)).toEqual([
      { step: "viewed", count: 10 },
      { step: "started", count: 0 },
      { step: "cv", count: 1 },
    ]);
    expect(read.steps.at(-1)?.count).toBeGreaterThan(0);
  });

  it("refuses whatever else is sent", async () => {
    await json(await step({ ...where(), step: "sent" }), 422);
    await json(await step({ ...where(), step: "viewed", more: 1 }), 422);
    await json(await step({ ...where(), step: "viewed" }, "application/x-www-form-urlencoded"), 415);
    await json(await step("x".repeat(6000)), 413);
    await json(await step({ org: org.slug, job: "none", step: "viewed" }), 404);
    const other = await newOrg();
    await json(await step({ org: other.slug, job: hiring.job.id, step: "viewed" }), 404);
    const bad = await call("POST", "/api/applications/steps", {
      body: "{",
      headers: { "content-type": "text/plain" },
    });
    await json(bad, 400);
    await json(
      await call("GET", `/api/jobs/${hiring.job.id}/apply-steps`, { token: hiring.clientUser.token }),
      403,
    );
    await json(await call("GET", "/api/jobs/job_none/apply-steps", { token: hiring.recruiter.token }), 404);
  });
});

describe("sums of equal-opportunity answers", () => {
  it("are for admins, show no small group, and none that could be worked out", async () => {
    const fresh = await newOrg();
    const team = await newHiring(fresh);
    await worker.DB.prepare("update organizations set asks_equal_opportunity = 1 where id = ?")
      .bind(fresh.id)
      .run();
    const second = await newJob(team.recruiter, team.clientId, { title: "Second" });
    const send = async (job: { id: string }, gender: string, n: number) => {
      for (let i = 0; i < n; i++) {
        const fields = { ...somebody(), ...ANSWERS, "equal-gender": gender };
        await json(await sendForm(fresh, { job } as Hiring, fields), 201);
      }
    };
    await send(team.job, "woman", 7);
    await send(team.job, "man", 6);
    await send(second, "woman", 2);
    const sums = async (path: string, by = team.admin) =>
      await json<EqualOpportunitySums>(await call("GET", path, { token: by.token }), 200);
    const gender = ({ questions }: EqualOpportunitySums) =>
      Object.fromEntries((questions[0]?.groups ?? []).map(({ value, count: people }) => [value, people]));
    const first = await sums(`/api/jobs/${team.job.id}/equal-opportunity`);
    expect(first.questions[0]).toMatchObject({ key: "gender", answered: 13 });
    expect(gender(first)).toMatchObject({ woman: 7, non_binary: null });
    const small = await sums(`/api/jobs/${second.id}/equal-opportunity`);
    expect(small.questions[0]?.answered).toBeNull();
    expect(Object.values(gender(small)).every((people) => people === null)).toBe(true);
    // The whole less the first job would tell of the second one's two women.
    const all = await sums("/api/organization/equal-opportunity");
    expect(gender(all).woman).toBeNull();
    expect(all.questions[0]?.answered).toBeNull();
    for (const path of [
      "/api/organization/equal-opportunity",
      `/api/jobs/${team.job.id}/equal-opportunity`,
    ]) {
      await json(await call("GET", path, { token: team.recruiter.token }), 403);
    }
    const other = await (await newOrg()).person("admin");
    await json(await call("GET", `/api/jobs/${team.job.id}/equal-opportunity`, { token: other.token }), 404);
  });
});

describe("what was put aside", () => {
  it("is gone after 30 days, files and all; what waits stays", async () => {
    const [aside, waits] = [await held(), await held()];
    await json(await ask("POST", `/${aside.id}/discard`), 200);
    const [row] = await rows<{ key: string }>(
      "select json_extract(files, '$[0].r2Key') as key from held_applications where id = ?",
      aside.id,
    );
    clock.advance(31 * 86_400_000);
    await sweep(worker, () => undefined);
    expect(await count("select count(*) from held_applications where id = ?", aside.id)).toBe(0);
    expect(await count("select count(*) from held_applications where id = ?", waits.id)).toBe(1);
    expect(
      await count("select count(*) from equal_opportunity_answers where application_id = ?", aside.id),
    ).toBe(0);
    expect(await worker.FILES.head(row?.key ?? "")).toBeNull();
  });
});
