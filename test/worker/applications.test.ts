import { beforeAll, describe, expect, it } from "vitest";
import type {
  Application,
  ApplicationDetail,
  History,
  MovedApplication,
} from "../../worker/features/applications/schema";
import type { Board, Changes } from "../../worker/features/pipelines/schema";
import { samplePdf } from "../fixtures/files";
import { count, eventsOf, outboxOf, rows } from "./facts";
import { applicant, FORM, type Hiring, newHiring, newJob, wrongCounts } from "./hiring";
import { call, follow, json, newOrg, type Org } from "./org";
import { withPassword } from "./world";

let org: Org;
let hiring: Hiring;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
});

const by = () => ({ token: hiring.recruiter.token });
const moveTo = (id: string, stage: string, more: Record<string, unknown> = {}, headers = {}) =>
  call("POST", `/api/applications/${id}/move-stage`, { ...by(), json: { stage, ...more }, headers });
const read = async (id: string) =>
  await json<ApplicationDetail>(await call("GET", `/api/applications/${id}`, by()), 200);

describe("an application is made", () => {
  it("with a new person, typed answers, flags and what the form lacks", async () => {
    const made = await applicant(hiring.recruiter, hiring.job, {
      formAnswers: { why: "The team", years: "1", visa: "no", shift: ["night"], shoeSize: 44 },
    });
    expect(made).toMatchObject({
      jobId: hiring.job.id,
      stage: "application-received",
      status: "NEW",
      version: 1,
    });
    const detail = await read(made.id);
    expect(detail.formAnswers).toEqual({ why: "The team", years: 1, visa: false, shift: ["night"] });
    expect(detail.extraAnswers).toEqual({ shoeSize: 44 });
    expect(detail.flags.map(({ key }) => key)).toEqual(["years", "visa"]);
    expect(detail.candidate).toMatchObject({ name: made.name, status: "NEW" });
    const events = await eventsOf(made.id);
    expect(events.map(({ type }) => type)).toEqual(["application.received"]);
    expect(JSON.parse(events[0]?.data ?? "")).toEqual({
      applicationId: made.id,
      candidateId: made.candidateId,
      jobId: hiring.job.id,
      source: "api",
    });
  });

  it("once for a job and person: the second one leads to the first", async () => {
    const first = await applicant(hiring.recruiter, hiring.job, { email: "twice@example.com" });
    const again = await call("POST", "/api/applications", {
      ...by(),
      json: { job: hiring.job.slug, candidateData: { name: "Twice Again", email: "Twice@example.com" } },
    });
    expect(await json(again, 409)).toMatchObject({ current: { id: first.id } });
    const other = await newJob(hiring.recruiter, hiring.clientId);
    const known = await call("POST", "/api/applications", {
      ...by(),
      json: { job: other.id, candidateId: first.candidateId },
    });
    expect(await json(known, 201)).toMatchObject({ candidateId: first.candidateId });
  });

  it("ten times at once is one, and one person", async () => {
    const send = () =>
      call("POST", "/api/applications", {
        json: {
          org: org.slug,
          job: hiring.job.id,
          candidateData: { name: "Race Day", email: "race@example.com" },
          formAnswers: { why: "I run", visa: "yes" },
        },
      });
    const statuses = (await Promise.all(Array.from({ length: 10 }, send))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, ...Array(9).fill(409)]);
    expect(await count("select count(*) from candidates where email = 'race@example.com'")).toBe(1);
  });

  it("by the public: answers are asked for, and nothing internal is told or taken", async () => {
    const send = (more: Record<string, unknown>) =>
      call("POST", "/api/applications", { json: { org: org.slug, job: hiring.job.slug, ...more } });
    const person = { firstName: "Pia", lastName: "Public", email: "pia@example.com" };
    const missing = await json<{ errors: { path: string }[] }>(await send({ candidateData: person }), 422);
    expect(missing.errors.map(({ path }) => path)).toEqual(["formAnswers.why", "formAnswers.visa"]);
    expect(await count("select count(*) from candidates where email = 'pia@example.com'")).toBe(0);
    const full = {
      candidateData: { ...person, tags: ["vip"] },
      formAnswers: { why: "Yes", visa: "no" },
      stage: "offer-made",
    };
    const made = await json<Record<string, unknown>>(await send(full), 201);
    expect(Object.keys(made).toSorted()).toEqual(["appliedAt", "id", "job", "stage"]);
    expect(await read(made.id as string)).toMatchObject({ stage: "application-received", tags: [] });
    expect((await read(made.id as string)).candidate?.tags).toEqual([]);
    const second = await json(await send(full), 409);
    expect(second).not.toHaveProperty("current");
    const draft = await newJob(hiring.recruiter, hiring.clientId, { status: "draft" });
    expect((await send({ job: draft.id, candidateData: person })).status).toBe(404);
    expect((await send({ candidateId: "cand_x" })).status).toBe(422);
    expect((await send({ org: "nobody-has-this", candidateData: person })).status).toBe(422);
  });

  it("with a CV, and a file that is none refuses the whole", async () => {
    const form = (name: string, bytes: Uint8Array) => {
      const data = new FormData();
      data.set("cv", new File([bytes as Uint8Array<ArrayBuffer>], name, { type: "application/pdf" }));
      for (const [key, value] of Object.entries({
        name: "Cy Vee",
        email: "cv@example.com",
        skills: "sales, support",
      }))
        data.set(key, value);
      return data;
    };
    const path = `/api/jobs/${hiring.job.id}/candidates`;
    const html = new TextEncoder().encode("<html><script>1</script></html>");
    expect((await call("POST", path, { ...by(), body: form("cv.pdf", html) })).status).toBe(415);
    expect(await count("select count(*) from candidates where email = 'cv@example.com'")).toBe(0);
    const headers = { "idempotency-key": "add-cy" };
    const made = await json<Application & { documentId: string }>(
      await call("POST", path, { ...by(), body: form("cv.pdf", samplePdf()), headers }),
      201,
    );
    const detail = await read(made.id);
    expect(detail.candidate).toMatchObject({ cvDocumentId: made.documentId, skills: ["sales", "support"] });
    const again = await call("POST", path, { ...by(), body: form("cv.pdf", samplePdf()), headers });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await json(again, 201)).toMatchObject({ id: made.id });
  });
});

describe("a move", () => {
  it("walks with advance, rejects with a reason and the right mail, and its history says all", async () => {
    const made = await applicant(hiring.recruiter, hiring.job, { email: "walk@example.com" });
    const advance = () => call("POST", `/api/applications/${made.id}/advance`, by());
    const first = await json<MovedApplication>(await advance(), 200);
    expect(first).toMatchObject({ stage: "initial-screening", status: "IN_REVIEW", version: 2 });
    expect((await read(made.id)).candidate?.status).toBe("IN_REVIEW");
    const out = await json<MovedApplication>(
      await moveTo(made.id, "rejected", { reason: "We found somebody nearer.", from: "initial-screening" }),
      200,
    );
    expect(out).toMatchObject({ stage: "rejected", status: "REJECTED", reason: "We found somebody nearer." });
    expect((await advance()).status).toBe(409);
    const { data } = await json<{ data: Zod<typeof History> }>(
      await call("GET", `/api/applications/${made.id}/history`, by()),
      200,
    );
    expect(data.map(({ from, to }) => [from, to])).toEqual([
      [null, "application-received"],
      ["application-received", "initial-screening"],
      ["initial-screening", "rejected"],
    ]);
    expect(data.at(-1)).toMatchObject({ reason: "We found somebody nearer.", actor: { name: "Rea Cruz" } });
    await follow();
    const mails = await rows<{ template: string; send_at: number }>(
      "select template, send_at from emails where application_id = ? order by id",
      made.id,
    );
    expect(mails.map(({ template }) => template)).toContain("application_rejected");
    expect(mails.at(-1)?.send_at).toBeGreaterThan(Date.now());
    expect(await outboxOf("walk@example.com")).not.toContainEqual({
      subject: expect.stringContaining("reject"),
    });
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("is refused for a stage of another pipeline, an outdated version and a stale board", async () => {
    const made = await applicant(hiring.recruiter, hiring.job);
    const before = (await eventsOf(made.id)).length;
    expect((await moveTo(made.id, "onboarding")).status).toBe(422);
    expect((await moveTo(made.id, "phone-screen", {}, { "if-match": '"7"' })).status).toBe(412);
    const stale = await json(await moveTo(made.id, "phone-screen", { from: "offer-made" }), 409);
    expect(stale).toMatchObject({ current: { id: made.id, stage: "application-received" } });
    expect(await json(await moveTo(made.id, "application-received"), 200)).toMatchObject({ version: 1 });
    expect(await eventsOf(made.id)).toHaveLength(before);
  });

  it("twenty at once: one history in a straight line", async () => {
    const made = await applicant(hiring.recruiter, hiring.job);
    const keys = ["initial-screening", "phone-screen", "technical-interview", "final-interview"];
    await Promise.all(Array.from({ length: 20 }, (_, i) => moveTo(made.id, keys[i % 4] ?? "")));
    const moves = (await eventsOf(made.id)).slice(1).map(({ data }) => JSON.parse(data));
    let at = "application-received";
    for (const { oldStatus, newStatus } of moves) {
      expect(oldStatus).toBe(at);
      at = newStatus;
    }
    expect(await read(made.id)).toMatchObject({ stage: at, version: 1 + moves.length });
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("can be taken back whole within ten seconds: stage, reason, status, tasks and mails", async () => {
    const made = await applicant(hiring.recruiter, hiring.job, { email: "back@example.com" });
    await follow();
    const was = await read(made.id);
    const out = await json<MovedApplication>(await moveTo(made.id, "initial-screening"), 200);
    await follow();
    expect(await count("select count(*) from tasks where application_id = ?", made.id)).toBe(1);
    const undone = await json<{ results: unknown[] }>(
      await call("POST", `/api/bulk/${out.batchId}/undo`, by()),
      200,
    );
    expect(undone.results).toEqual([{ id: made.id, ok: true }]);
    await follow();
    const now = await read(made.id);
    expect(now).toEqual({ ...was, version: 3, updatedAt: now.updatedAt, candidate: expect.anything() });
    expect(now.candidate?.status).toBe("NEW");
    expect(await count("select count(*) from tasks where application_id = ?", made.id)).toBe(0);
    expect(await wrongCounts(org.id)).toEqual([]);
  });
});

describe("what is changed of an application", () => {
  it("rating, tags, star, notes: with If-Match, an event each, and none where nothing changes", async () => {
    const made = await applicant(hiring.recruiter, hiring.job);
    const patch = (set: Record<string, unknown>, headers = {}) =>
      call("PATCH", `/api/applications/${made.id}`, { ...by(), json: set, headers });
    const set = { rating: 4, tags: ["strong"], starred: true, internalNotes: "Call on Monday" };
    expect(await json(await patch(set), 200)).toMatchObject({ ...set, version: 2 });
    expect(await json(await patch(set), 200)).toMatchObject({ version: 2 });
    expect((await patch({ rating: 1 }, { "if-match": '"1"' })).status).toBe(412);
    expect((await patch({ rating: 6 })).status).toBe(422);
    expect((await patch({ stage: "hired" })).status).toBe(422);
    expect((await eventsOf(made.id)).map(({ type }) => type)).toEqual([
      "application.received",
      "application.updated",
    ]);
  });

  it("the archive and what is shared leave the counts right", async () => {
    const job = await newJob(hiring.recruiter, hiring.clientId);
    const [a, b] = [await applicant(hiring.recruiter, job), await applicant(hiring.recruiter, job)];
    const patch = (id: string, set: Record<string, unknown>) =>
      call("PATCH", `/api/applications/${id}`, { ...by(), json: set });
    await patch(a.id, { sharedWithClient: true });
    await patch(b.id, { archived: true });
    const board = await json<Board>(await call("GET", `/api/pipelines/${job.pipelineId}/board`, by()), 200);
    expect(board.stages[0]).toMatchObject({ count: 1, cards: [{ applicationId: a.id, shared: true }] });
    await patch(a.id, { archived: true });
    const list = (query: string) => call("GET", `/api/applications?jobId=${job.id}${query}`, by());
    expect(await json(await list(""), 200)).toMatchObject({ data: [] });
    expect((await json<{ data: unknown[] }>(await list("&archived=yes"), 200)).data).toHaveLength(2);
    expect(await wrongCounts(org.id)).toEqual([]);
    expect((await call("DELETE", `/api/applications/${a.id}`, by())).status).toBe(204);
    await patch(b.id, { archived: false });
    expect((await call("DELETE", `/api/applications/${b.id}`, by())).status).toBe(204);
    expect((await call("GET", `/api/applications/${b.id}`, by())).status).toBe(404);
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("lists filter by stage, status, tag, flag and answer, and the export has the answers typed", async () => {
    const job = await newJob(hiring.recruiter, hiring.clientId);
    const answers = (years: number, visa: string) => ({
      formAnswers: { why: "=1+1", years, visa, shift: ["late"] },
    });
    const old = await applicant(hiring.recruiter, job, { ...answers(9, "yes"), firstName: "Olda" });
    const fresh = await applicant(hiring.recruiter, job, { ...answers(1, "no"), firstName: "Fria" });
    await moveTo(old.id, "phone-screen");
    const ids = async (query: string) =>
      (
        await json<{ data: Application[] }>(
          await call("GET", `/api/applications?jobId=${job.id}&${query}`, by()),
          200,
        )
      ).data.map(({ id }) => id);
    expect(await ids("")).toEqual([fresh.id, old.id]);
    expect(await ids("stage=phone-screen")).toEqual([old.id]);
    expect(await ids("status=NEW")).toEqual([fresh.id]);
    expect(await ids("flagged=yes")).toEqual([fresh.id]);
    expect(await ids(`answer=${encodeURIComponent("years:>=5")}`)).toEqual([old.id]);
    expect(await ids("answer=visa:no")).toEqual([fresh.id]);
    expect(await ids("answer=shift:late")).toEqual([fresh.id, old.id]);
    expect(await ids("q=oldá")).toEqual([old.id]);
    expect((await call("GET", "/api/applications?stage=phone-screen", by())).status).toBe(422);
    const csv = await (await call("GET", `/api/applications/export?jobId=${job.id}`, by())).text();
    const lines = csv.trim().split("\r\n");
    expect(lines[0]).toContain(FORM[1]?.label);
    expect(lines).toHaveLength(3);
    // A cell that begins like a formula is text.
    expect(csv).toContain("'=1+1");
  });

  it("a candidate sees and withdraws their own only", async () => {
    const made = await applicant(hiring.recruiter, hiring.job);
    const kim = await withPassword(await org.person("candidate", "Kim Own"));
    const own = await json<Application>(
      await call("POST", "/api/applications", {
        ...by(),
        json: { job: hiring.job.id, candidateId: kim.user.candidateId },
      }),
      201,
    );
    await call("PATCH", `/api/applications/${own.id}`, {
      ...by(),
      json: { internalNotes: "secret", rating: 2 },
    });
    const seen = await json(await call("GET", `/api/applications/${own.id}`, { token: kim.token }), 200);
    expect(seen).toMatchObject({ internalNotes: null, rating: null, tags: [], flags: [] });
    const withdraw = (id: string) => call("POST", `/api/applications/${id}/withdraw`, { token: kim.token });
    expect((await withdraw(made.id)).status).toBe(404);
    expect(await json(await withdraw(own.id), 200)).toMatchObject({ stage: "withdrawn" });
    const { data } = await json<Changes>(
      await call("GET", `/api/pipelines/${hiring.job.pipelineId}/changes?since=0`, { token: kim.token }),
      200,
    );
    expect(data.map((event) => event.data.applicationId)).toEqual(data.map(() => own.id));
  });
});

type Zod<T extends { _output: unknown }> = T["_output"] extends { data: infer D } ? D : never;
