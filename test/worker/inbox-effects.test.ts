import { beforeAll, describe, expect, it } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { SourceWithSecret } from "../../worker/features/inbox/schema";
import { samplePdf } from "../fixtures/files";
import { count, eventsOf, rows } from "./facts";
import { applicant, type Hiring, newHiring, newJob, wrongCounts } from "./hiring";
import { inboxRow, newSource, portalEvent, send, sent, workOff } from "./incoming";
import { freeHour, newInterview, slot } from "./interviews";
import { call, json, newOrg, type Org } from "./org";
import { newHook } from "./receiver";

let org: Org;
let hiring: Hiring;
let portal: SourceWithSecret;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  portal = await newSource(hiring.admin, { name: "Talent Portal" });
});

const work = (type: string, data: object, more = {}) => sent(org, portal, type, data, more);
const get = async <T = Record<string, unknown>>(path: string) =>
  await json<T>(await call("GET", path, { token: hiring.recruiter.token }), 200);
const minutes = (n: number) => ({ occurredAt: new Date(Date.now() + n * 60_000).toISOString() });
const emailOf = async ({ candidateId }: Pick<Application, "candidateId">) =>
  (await get<{ email: string }>(`/api/candidates/${candidateId}`)).email;
const stageOf = async (id: string) => (await get<{ stage: string }>(`/api/applications/${id}`)).stage;
/** What an application has come through, without what its entry did. */
const movesOf = async (id: string) =>
  (await eventsOf(id)).filter(({ type }) => type === "application.status_changed");
/** One effect each, and the mark in its batch. */
const effects = (id: string) => count("select count(*) from inbox_effects where inbox_id = ?", id);
let people = 0;
const somebody = () => ({ email: `per.son.${++people}@portal.test`, externalId: `p-${people}` });

describe("candidate.created and candidate.updated", () => {
  it("take somebody in with what was sent, by the source as actor", async () => {
    const { email, externalId } = somebody();
    const candidate = {
      email: email.toUpperCase(),
      external_id: externalId,
      first_name: "Ida",
      lastName: "Berg",
      phone: "+47 555 01 77",
      skills: ["Sales"],
      currentRole: null,
      favourite_colour: "blue",
    };
    const done = await work("candidate.created", { candidate });
    expect(done).toMatchObject({ status: "processed", reason: null });
    const shown = await get(`/api/candidates/${done.ids.candidateId}`);
    expect(shown).toMatchObject({ email, name: "Ida Berg", phone: "+47 555 01 77", skills: ["Sales"] });
    expect(shown).toMatchObject({ source: "Talent Portal", currentRole: null });
    const [made] = await rows("select * from events where entity_id = ?", done.ids.candidateId);
    expect(made).toMatchObject({ type: "candidate.created", actor_kind: "integration", actor_id: portal.id });
    expect(await effects(done.id)).toBe(1);
    expect(await rows("select kind, local_id from external_ids where external_id = ?", externalId)).toEqual([
      { kind: "candidate", local_id: done.ids.candidateId },
    ]);
  });

  it("change whoever has the external id, else whoever has the address, and only what was sent", async () => {
    const { email, externalId } = somebody();
    const made = await work("candidate.created", {
      candidate: { email, externalId, name: "Bo Beck", city: "Oslo" },
    });
    const moved = await work("candidate.updated", {
      candidate: { externalId, email: `new.${email}`, city: null, phone: "5550177" },
    });
    expect(moved.ids).toEqual(made.ids);
    expect(await get(`/api/candidates/${made.ids.candidateId}`)).toMatchObject({
      email: `new.${email}`,
      city: "Oslo",
      phone: "5550177",
    });
    const byAddress = await work("candidate.updated", {
      candidate: { email: `new.${email}`, firstName: "Bob" },
    });
    expect(byAddress.ids).toEqual(made.ids);
    const same = await work("candidate.updated", { candidate: { email: `new.${email}`, firstName: "Bob" } });
    expect(same).toMatchObject({ status: "processed" });
    expect(await effects(same.id)).toBe(1);
    const types = (await eventsOf(made.ids.candidateId ?? "")).map(({ type }) => type);
    expect(types).toEqual(["candidate.created", "candidate.updated", "candidate.updated"]);
  });

  it("put somebody into the job that they name, new or known, once", async () => {
    const { email, externalId } = somebody();
    const data = {
      candidate: { email, externalId, name: "Jo Inn" },
      jobId: hiring.job.id,
      externalJobId: "J-1",
    };
    const done = await work("candidate.created", data);
    expect(done.ids).toMatchObject({ jobId: hiring.job.id });
    const applied = () =>
      rows("select job_id, stage_key from applications where candidate_id = ?", done.ids.candidateId);
    expect(await applied()).toEqual([{ job_id: hiring.job.id, stage_key: "application-received" }]);
    const again = await work("candidate.updated", {
      ...data,
      jobId: undefined,
      candidate: { ...data.candidate, city: "Rome" },
    });
    expect(again.status).toBe("processed");
    expect(await applied()).toHaveLength(1);
    const other = await newJob(hiring.recruiter, hiring.clientId);
    const more = {
      ...data,
      jobId: other.id,
      externalJobId: "J-2",
      candidate: { ...data.candidate, city: "Bonn" },
    };
    expect((await work("candidate.updated", more)).status).toBe("processed");
    expect(await applied()).toHaveLength(2);
    expect(await get(`/api/candidates/${done.ids.candidateId}`)).toMatchObject({ city: "Bonn" });
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("leave the address of somebody who logs in with it", async () => {
    const person = await org.person("candidate");
    const { candidateId, email } = person.user;
    const first = await work("candidate.updated", {
      candidate: { email, externalId: "login-1", city: "Bern" },
    });
    expect(first.ids.candidateId).toBe(candidateId);
    const taken = await work("candidate.updated", {
      candidate: { externalId: "login-1", email: "thief@evil.test", city: "Basel" },
    });
    expect(taken).toMatchObject({ status: "processed", reason: expect.stringContaining("left as it is") });
    expect(await get(`/api/candidates/${candidateId}`)).toMatchObject({ email, city: "Basel" });
    expect(await rows("select email from users where id = ?", person.user.id)).toEqual([{ email }]);
  });

  it("let what came before its person run by itself", async () => {
    const { email, externalId } = somebody();
    const result = {
      candidate: { externalId },
      assessment: { type: "logic", score: 7, externalId: `a-${externalId}` },
    };
    const early = await work("assessment.completed", result);
    expect(early).toMatchObject({ status: "quarantined", reason: expect.stringContaining("nobody here") });
    const { ids } = await work("candidate.created", { candidate: { email, externalId, name: "La Ter" } });
    expect(await workOff(org, early.id)).toMatchObject({ status: "processed", ids });
  });
});

describe("candidate.status_changed", () => {
  it.each([
    ["a key", "phone-screen", "phone-screen"],
    ["a name", "Technical Interview", "technical-interview"],
    ["a name in other letters", "final_interview", "final-interview"],
    ["a status word", "IN_REVIEW", "initial-screening"],
    ["a status word of many stages", "in_progress", "phone-screen"],
    ["the end", "hired", "hired"],
    ["a refusal that people decided on there", "REJECTED", "rejected"],
  ])("moves the application by %s", async (_, status, stage) => {
    const { id, candidateId } = await applicant(hiring.recruiter, hiring.job);
    const data = { candidate: { email: await emailOf({ candidateId }) }, jobId: hiring.job.id, status };
    const done = await work("candidate.status_changed", data);
    expect(done).toMatchObject({ status: "processed", ids: { candidateId, applicationId: id } });
    expect(await stageOf(id)).toBe(stage);
    const [move] = await movesOf(id);
    expect(JSON.parse(move?.data ?? "{}")).toMatchObject({
      changedBy: portal.id,
      reason: `Talent Portal: ${status}`,
    });
    const again = await work("candidate.status_changed", data);
    expect(again.status).toBe("processed");
    expect(await movesOf(id)).toHaveLength(1);
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("needs no job where one application is open, and asks for it where several are", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const email = await emailOf(one);
    const data = { candidate: { email }, status: "phone-screen" };
    expect((await work("candidate.status_changed", data)).ids.applicationId).toBe(one.id);
    const other = await newJob(hiring.recruiter, hiring.clientId, { title: "Second job" });
    const body = { job: other.id, candidateId: one.candidateId };
    await json(await call("POST", "/api/applications", { token: hiring.recruiter.token, json: body }), 201);
    const unclear = await work("candidate.status_changed", { ...data, status: "final-interview" });
    expect(unclear).toMatchObject({
      status: "quarantined",
      reason: expect.stringContaining("several open applications"),
    });
    expect(await stageOf(one.id)).toBe("phone-screen");
  });

  it("that happened before what is known already changes nothing", async () => {
    const { id, candidateId } = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf({ candidateId }) };
    const at = (status: string, when: number) =>
      work("candidate.status_changed", { candidate, status }, minutes(when));
    expect((await at("technical-interview", -10)).status).toBe("processed");
    const late = await at("phone-screen", -20);
    expect(late).toMatchObject({ status: "stale", reason: expect.stringContaining("newer") });
    expect(await effects(late.id)).toBe(0);
    expect(await stageOf(id)).toBe("technical-interview");
    expect((await at("reference-check", -10)).status, "at the same moment").toBe("processed");
    // A clock that runs ahead doesn't shut out everything until it is right.
    expect((await at("final-interview", 60 * 24)).status).toBe("processed");
    expect((await at("offer-made", 0)).status).toBe("processed");
    expect(await stageOf(id)).toBe("offer-made");
  });
});

describe("assessment.completed and screening.completed", () => {
  const results = async (candidateId: string | null) =>
    (await get<{ data: Record<string, unknown>[] }>(`/api/candidates/${candidateId}/results`)).data;

  it("keep the result with the person, and a later one of the same id in its place", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf(one) };
    const assessment = {
      type: "coding",
      score: "81.5",
      maxScore: 100,
      status: "completed",
      externalId: 4711,
      completedAt: "2026-10-01T10:00:00Z",
    };
    expect(await work("assessment.completed", { candidate, assessment }, minutes(-5))).toMatchObject({
      status: "processed",
    });
    await work("screening.completed", {
      candidate,
      screening: { score: 0.4, recommendation: "reject", summary: "Weak", externalId: "s-1" },
    });
    const again = { candidate, assessment: { ...assessment, score: 90 } };
    await work("assessment.completed", again, minutes(-4));
    expect((await work("assessment.completed", { candidate, assessment }, minutes(-6))).status).toBe("stale");
    const shown = await results(one.candidateId);
    expect(shown).toHaveLength(2);
    expect(shown[1]).toMatchObject({
      kind: "assessment",
      assessmentType: "coding",
      score: 90,
      maxScore: 100,
      source: "Talent Portal",
      applicationId: one.id,
      completedAt: "2026-10-01T10:00:00.000Z",
    });
    const told = await get<{ data: { text: string; actor: object }[] }>(
      `/api/candidates/${one.candidateId}/timeline`,
    );
    const actor = { kind: "integration", id: portal.id, name: "Talent Portal" };
    expect(told.data.filter((entry) => entry.text.includes("esult"))).toMatchObject([
      { text: "Result of coding arrived", actor },
      { text: "Screening result arrived", actor },
      { text: "Result of coding arrived", actor },
    ]);
    expect(shown[0]).toMatchObject({
      kind: "screening",
      score: 0.4,
      recommendation: "reject",
      summary: "Weak",
    });
  });

  it("move somebody on where they recommend a stage that is called so, and lies ahead", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf(one) };
    const screened = (recommendation: string) =>
      work("screening.completed", { candidate, screening: { score: 90, recommendation } });
    expect(await screened("Phone Screen")).toMatchObject({ status: "processed", reason: null });
    expect(await stageOf(one.id)).toBe("phone-screen");
    expect((await screened("initial-screening")).status).toBe("processed");
    expect((await screened("call them soon")).status).toBe("processed");
    expect(await stageOf(one.id)).toBe("phone-screen");
    expect(await results(one.candidateId)).toHaveLength(3);
  });

  it.each(["reject", "Rejected", "rejected", "Hired", "withdrawn"])(
    "never decide by themselves: %s moves nobody",
    async (recommendation) => {
      const one = await applicant(hiring.recruiter, hiring.job);
      const data = { candidate: { email: await emailOf(one) }, screening: { score: 1, recommendation } };
      expect((await work("screening.completed", data)).status).toBe("processed");
      expect(await stageOf(one.id)).toBe("application-received");
      expect(await movesOf(one.id)).toEqual([]);
      expect(await results(one.candidateId)).toHaveLength(1);
    },
  );

  it("are kept where something newer has moved the person, who isn't moved again", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf(one) };
    await work("candidate.status_changed", { candidate, status: "initial-screening" }, minutes(-5));
    const late = { candidate, screening: { recommendation: "phone-screen" } };
    expect(await work("screening.completed", late, minutes(-10))).toMatchObject({
      status: "processed",
      reason: expect.stringContaining("newer"),
    });
    expect(await stageOf(one.id)).toBe("initial-screening");
    expect(await results(one.candidateId)).toHaveLength(1);
  });
});

describe("interview.confirmed", () => {
  const confirm = async (application: Application, interview: object) =>
    await work("interview.confirmed", {
      candidate: { email: await emailOf(application) },
      jobId: hiring.job.id,
      interview,
    });
  const roundsOf = async (application: Application) =>
    (
      await get<{ data: Record<string, unknown>[] }>(
        `/api/candidates/${application.candidateId}/interview-history`,
      )
    ).data;

  it("books the proposed time of the round that waits for one", async () => {
    const [first, second] = [freeHour(), freeHour()];
    const { application, interview } = await newInterview(hiring, {
      proposedSlots: [slot("a", first), slot("b", second)],
    });
    const said = { externalId: "i-1", start: second, end: second, timeZone: "Europe/Oslo" };
    const done = await confirm(application, said);
    expect(done).toMatchObject({ status: "processed", ids: { interviewId: interview.id } });
    expect(await roundsOf(application)).toMatchObject([
      { id: interview.id, status: "Confirmed", selectedSlotId: "b" },
    ]);
    expect((await confirm(application, said)).status, "again").toBe("processed");
    const moved = await confirm(application, { ...said, start: first });
    expect(moved).toMatchObject({ status: "quarantined", reason: expect.stringContaining("Confirmed") });
  });

  it("sets the round up where none is under way, at the time that was agreed", async () => {
    const application = await applicant(hiring.recruiter, hiring.job);
    const start = freeHour();
    const end = new Date(Date.parse(start) + 30 * 60_000).toISOString();
    const done = await confirm(application, {
      start,
      end,
      timeZone: "Europe/Oslo",
      meetingLink: "https://meet.example.com/x",
    });
    expect(done).toMatchObject({ status: "processed", reason: null });
    expect(await roundsOf(application)).toMatchObject([
      {
        id: done.ids.interviewId,
        status: "Confirmed",
        scheduledStartTime: start,
        interviewDuration: 30,
        meetingLink: "https://meet.example.com/x",
        interviewMode: "Video",
      },
    ]);
  });

  it("leaves a time to a person that was never proposed, is over or no time", async () => {
    const { application } = await newInterview(hiring);
    const unknown = await confirm(application, { start: freeHour() });
    expect(unknown).toMatchObject({
      status: "quarantined",
      reason: expect.stringContaining("isn't among the times"),
    });
    const other = await applicant(hiring.recruiter, hiring.job);
    for (const start of ["2020-01-01T10:00:00Z", "tomorrow", 17]) {
      expect((await confirm(other, { start })).status).toBe("quarantined");
    }
    expect(await roundsOf(other)).toEqual([]);
  });
});

describe("document.uploaded", () => {
  const pdf = Buffer.from(samplePdf()).toString("latin1");
  const upload = async (document: Record<string, unknown>) => {
    const application = await applicant(hiring.recruiter, hiring.job);
    const data = { candidate: { email: await emailOf(application) }, document };
    return { candidateId: application.candidateId, ...(await work("document.uploaded", data)), data };
  };
  const documentsOf = (candidateId: string | null) =>
    rows(
      "select type, status, file_name, content_type, uploaded_by from documents where owner_id = ?",
      candidateId,
    );

  it("fetches the file and keeps it as the person's, looked at like any other, once", async () => {
    const hook = newHook();
    await hook.answer(["status", 200, { body: pdf, headers: { "content-type": "application/pdf" } }]);
    const done = await upload({ type: "Resume", fileName: "cv.pdf", url: hook.url });
    expect(done).toMatchObject({ status: "processed", reason: null });
    const kept = {
      type: "cv",
      status: "pending",
      file_name: "cv.pdf",
      content_type: "application/pdf",
      uploaded_by: portal.id,
    };
    expect(await documentsOf(done.candidateId)).toEqual([kept]);
    expect(await effects(done.id)).toBe(1);
    const shown = await get<{ cvDocumentId: string }>(`/api/candidates/${done.candidateId}`);
    expect(shown.cvDocumentId).toBe(done.ids.documentId);
    const again = await work("document.uploaded", done.data);
    expect(again).toMatchObject({
      status: "processed",
      reason: expect.stringContaining("already"),
      ids: done.ids,
    });
    expect(await documentsOf(done.candidateId)).toHaveLength(1);
    expect(await count("select count(*) from file_intents where org_id = ?", org.id)).toBe(0);
  });

  it("tries an address again that doesn't answer, and leaves it to a person in the end", async () => {
    const hook = newHook();
    await hook.answer(["status", 503]);
    const put = await upload({ type: "cv", fileName: "cv.pdf", url: hook.url });
    expect(put).toMatchObject({ status: "received", reason: expect.stringContaining("503"), attempts: 1 });
    expect(put.next_at).toBeGreaterThan(Date.now());
    const due = async () => {
      const { DB } = (await import("./org")).worker;
      await DB.prepare("update inbox_events set next_at = 0, reason = null where id = ?").bind(put.id).run();
      return await workOff(org, put.id);
    };
    for (let tries = 2; tries < 12; tries++)
      expect(await due()).toMatchObject({ status: "received", attempts: tries });
    expect(await due()).toMatchObject({ status: "quarantined", reason: expect.stringContaining("12 times") });
    await hook.answer(["status", 200, { body: pdf }]);
    const again = { token: hiring.admin.token };
    await json(await call("POST", `/api/webhooks/inbox/${put.id}/retry`, again), 202);
    expect((await workOff(org, put.id)).status).toBe("processed");
    expect(await documentsOf(put.candidateId)).toHaveLength(1);
  });

  it("follows nobody elsewhere, and looks at nothing that isn't on the public internet", async () => {
    const [hook, inside] = [newHook(), newHook()];
    await hook.answer(["redirect", inside.url]);
    const led = await upload({ type: "cv", fileName: "cv.pdf", url: hook.url });
    expect(led).toMatchObject({ status: "received", reason: expect.stringContaining("302") });
    expect(await inside.got()).toEqual([]);
    for (const url of [
      "http://10.0.0.1/x",
      "https://169.254.169.254/latest",
      "https://db.internal/",
      "file:///etc/passwd",
      "https://user:pass@example.com/",
    ]) {
      const done = await upload({ type: "cv", fileName: "cv.pdf", url });
      expect(done, url).toMatchObject({
        status: "quarantined",
        reason: expect.stringContaining("address can't be used"),
      });
    }
  });

  it("refuses what is too large, no such type, or another thing than it says", async () => {
    const hook = newHook();
    await hook.answer(["huge"]);
    expect((await upload({ type: "cv", fileName: "cv.pdf", url: hook.url })).reason).toContain("10 MB");
    await hook.answer(["status", 200, { body: "MZ this is a program" }]);
    expect(await upload({ type: "cv", fileName: "cv.pdf", url: hook.url })).toMatchObject({
      status: "quarantined",
    });
    await hook.answer(["status", 200, { body: pdf }]);
    expect((await upload({ type: "horoscope", fileName: "cv.pdf", url: hook.url })).reason).toContain(
      "Unknown document type",
    );
  });
});

describe("offer.accepted and offer.declined", () => {
  it.each([
    ["offer.accepted", "hired", "Offer accepted in Talent Portal"],
    ["offer.declined", "withdrawn", "Offer declined in Talent Portal"],
  ])(
    "%s moves to the stage of the kind %s, by the source and for that reason",
    async (type, kind, reason) => {
      const one = await applicant(hiring.recruiter, hiring.job);
      const data = { candidate: { email: await emailOf(one) }, offer: { externalId: "o-1", status: "x" } };
      expect(await work(type, data)).toMatchObject({ status: "processed" });
      expect(await get(`/api/applications/${one.id}`)).toMatchObject({
        stageKind: kind,
        reason: expect.stringContaining(reason),
      });
      expect((await work(type, { ...data, jobId: hiring.job.id })).status, "again").toBe("processed");
      expect(await movesOf(one.id)).toHaveLength(1);
    },
  );

  it("leave an application to a person that was closed otherwise", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const data = { candidate: { email: await emailOf(one) }, jobId: hiring.job.id };
    await work("offer.declined", data);
    expect(await work("offer.accepted", data)).toMatchObject({
      status: "quarantined",
      reason: expect.stringContaining("stands in Withdrawn already"),
    });
  });
});

describe("what can't be understood", () => {
  const stranger = { candidate: { email: "nobody@portal.test" } };
  it.each([
    ["an unknown type", "planet.exploded", {}, "no type of event"],
    ["no data", "candidate.created", undefined, "data.candidate"],
    [
      "a person without a name for them",
      "candidate.status_changed",
      { candidate: { firstName: "X" }, status: "hired" },
      "email or externalId",
    ],
    [
      "a broken address",
      "candidate.created",
      { candidate: { email: "no address", name: "X" } },
      "data.candidate.email",
    ],
    [
      "a broken phone",
      "candidate.created",
      { candidate: { email: "a@b.test", name: "X", phone: "call me" } },
      "data.candidate.phone",
    ],
    ["somebody new without a name", "candidate.created", stranger, "firstName"],
    ["nobody", "candidate.status_changed", { ...stranger, status: "hired" }, "nobody here"],
    [
      "no such job",
      "candidate.created",
      { candidate: { email: "a@b.test", name: "X" }, jobId: "job_none" },
      "no job",
    ],
    [
      "no such job of theirs",
      "candidate.created",
      { candidate: { email: "a@b.test", name: "X" }, externalJobId: "J-none" },
      "external id",
    ],
    [
      "a score that is none",
      "assessment.completed",
      { ...stranger, assessment: { type: "x", score: "good" } },
      "data.assessment.score",
    ],
    [
      "a time that is none",
      "interview.confirmed",
      { ...stranger, interview: { start: "soon" } },
      "data.interview.start",
    ],
  ])("%s is quarantined with the reason in words", async (_, type, data, reason) => {
    const done = await work(type, data as object);
    expect(done).toMatchObject({ status: "quarantined", reason: expect.stringContaining(reason) });
    expect(done.reason).not.toMatch(/zod|sql|undefined|\[object/i);
    expect(await effects(done.id)).toBe(0);
  });

  it("no such stage, and no application, too", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf(one) };
    expect((await work("candidate.status_changed", { candidate, status: "on the moon" })).reason).toContain(
      "phone-screen",
    );
    const other = await newJob(hiring.recruiter, hiring.clientId, { title: "Other job" });
    expect(
      (await work("candidate.status_changed", { candidate, jobId: other.id, status: "hired" })).reason,
    ).toContain("hasn't applied");
    const { ids } = await work("candidate.created", { candidate: { ...somebody(), name: "No Job" } });
    const [row] = await rows<{ email: string }>("select email from candidates where id = ?", ids.candidateId);
    expect((await work("offer.accepted", { candidate: { email: row?.email } })).reason).toContain(
      "no application",
    );
  });

  it("two people for one event", async () => {
    const [a, b] = [somebody(), somebody()];
    await work("candidate.created", { candidate: { ...a, name: "A" } });
    await work("candidate.created", { candidate: { ...b, name: "B" } });
    const mixed = { candidate: { externalId: a.externalId, email: b.email }, assessment: { type: "x" } };
    expect((await work("assessment.completed", mixed)).reason).toContain("Two people fit");
  });

  it("another organization's ids, which are nobody's and nothing here", async () => {
    const far = await newHiring(await newOrg());
    const theirs = await applicant(far.recruiter, far.job);
    const email = "kim.far@example.com";
    await json(
      await call("PATCH", `/api/candidates/${theirs.candidateId}`, {
        token: far.recruiter.token,
        json: { email },
      }),
      200,
    );
    const before = await stageOfFar(far, theirs.id);
    for (const [type, data] of [
      ["candidate.status_changed", { candidate: { email }, jobId: far.job.id, status: "hired" }],
      ["candidate.created", { candidate: { email: "a@b.test", name: "X" }, jobId: far.job.id }],
      ["offer.accepted", { candidate: { externalId: theirs.candidateId } }],
    ] as const)
      expect((await work(type, data)).status, type).toBe("quarantined");
    expect(await stageOfFar(far, theirs.id)).toBe(before);
  });
  const stageOfFar = async (far: Hiring, id: string) =>
    (
      await json<{ stage: string }>(
        await call("GET", `/api/applications/${id}`, { token: far.recruiter.token }),
        200,
      )
    ).stage;

  it("is understood once it is mended, by running it again", async () => {
    const { email } = somebody();
    const id = await send(
      portal,
      portalEvent("assessment.completed", { candidate: { email }, assessment: { type: "x" } }),
    );
    expect((await workOff(org, id)).status).toBe("quarantined");
    const body = { email, name: "Now Here" };
    const made = await call("POST", "/api/candidates", { token: hiring.recruiter.token, json: body });
    const { id: candidateId } = await json<{ id: string }>(made, 201);
    const retried = await call("POST", `/api/webhooks/inbox/${id}/retry`, { token: hiring.admin.token });
    expect(await json(retried, 202)).toMatchObject({ id, status: "received", reason: null });
    expect(await workOff(org, id)).toMatchObject({ status: "processed", ids: { candidateId } });
    expect((await inboxRow(id)).attempts).toBe(1);
  });
});
