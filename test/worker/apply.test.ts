import { beforeAll, describe, expect, it } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import type { ApplicationDetail, PublicApplication } from "../../worker/features/applications/schema";
import { submitApplication } from "../../worker/features/apply/apply";
import { loadApplyForm } from "../../worker/features/apply/form";
import { readApplyForm } from "../../worker/features/apply/read-form";
import { clock } from "../../worker/lib/clock";
import { samplePdf, utf8 } from "../fixtures/files";
import { ANSWERS, type Attached, formOf, objectsOf, sendForm, somebody } from "./applying";
import { calm, count, eventsOf, outboxOf, rows } from "./facts";
import { ctxWith, isCommit, watchedDb } from "./faults";
import { FORM, type Hiring, newHiring, newJob, wrongCounts } from "./hiring";
import { call, costOf, follow, json, newOrg, type Org, worker } from "./org";

let org: Org;
let hiring: Hiring;
const FILES_FORM = [
  ...FORM,
  { key: "letter", label: "Your letter", type: "file", required: true },
  { key: "agree", label: "Data", type: "consent", required: true, consentText: "We may keep it for a year." },
];

beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
});

const read = async (id: string) =>
  await json<ApplicationDetail>(
    await call("GET", `/api/applications/${id}`, { token: hiring.recruiter.token }),
    200,
  );
const withFiles = () => newJob(hiring.recruiter, hiring.clientId, { title: "Cook" });
async function filesJob() {
  const job = await withFiles();
  await json(
    await call("PUT", `/api/jobs/${job.id}/form`, {
      token: hiring.recruiter.token,
      json: { fields: FILES_FORM },
    }),
    200,
  );
  return { ...job, formVersion: 2 };
}
const visitor = { device: "Test", address: null };
/** The same form sent straight to the verb, as the page does. */
async function submit(job: { id: string }, form: FormData) {
  const { input } = await readApplyForm(form, "page", job.id);
  return await submitApplication(org.ctx, input, visitor);
}

describe("applying with a form and files", () => {
  it("makes application, person, documents and events in two round trips", async () => {
    const job = await filesJob();
    const who = somebody();
    const answer = await sendForm(
      org,
      { job },
      { ...who, ...ANSWERS, shift: ["early", "night"], agree: "on", source: "newsletter" },
      [{ field: "cv", name: "Mein Lebenslauf.pdf" }, { field: "letter" }],
    );
    const made = await json<PublicApplication>(answer, 201);
    expect(Object.keys(made).toSorted()).toEqual(["appliedAt", "id", "job", "stage"]);
    expect(costOf(answer).trips).toBe(2);
    const detail = await read(made.id);
    const documents = await rows<{
      id: string;
      type: string;
      file_name: string;
      status: string;
      r2_key: string;
    }>("select * from documents where owner_id = ? order by type", detail.candidateId);
    expect(documents.map(({ type, file_name, status }) => [type, file_name, status])).toEqual([
      ["cv", "Mein Lebenslauf.pdf", "pending"],
      ["other", "letter.pdf", "pending"],
    ]);
    expect(detail).toMatchObject({
      source: "newsletter",
      formVersion: 2,
      candidate: { email: who.email, cvDocumentId: documents[0]?.id, source: "newsletter" },
      formAnswers: {
        why: "The people",
        visa: true,
        shift: ["early", "night"],
        agree: true,
        letter: documents[1]?.id,
      },
    });
    for (const { r2_key } of documents) expect(await worker.FILES.head(r2_key)).not.toBeNull();
    expect(await count("select count(*) from file_intents where org_id = ?", org.id)).toBe(0);
    const types = (await eventsOf(detail.candidateId ?? "")).map(({ type }) => type);
    expect(types).toEqual(["candidate.created", "document.uploaded", "document.uploaded"]);
    const audit = await rows<{ action_type: string }>(
      "select action_type from audit_entries where change_id = (select change_id from applications where id = ?) order by seq",
      made.id,
    );
    expect(audit.map(({ action_type }) => action_type)).toEqual([
      "CANDIDATE_CREATE",
      "APPLICATION_CREATE",
      "DOCUMENT_UPLOAD",
      "DOCUMENT_UPLOAD",
    ]);
    await calm(org);
    expect((await outboxOf(who.email)).length).toBe(1);
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("reads answers by the version that was seen, and both stay readable", async () => {
    const job = await withFiles();
    const fields = [{ key: "motive", label: "New question", type: "text", required: true }];
    const seen = { ...somebody(), ...ANSWERS, "form-version": "1" };
    await json(
      await call("PUT", `/api/jobs/${job.id}/form`, { token: hiring.recruiter.token, json: { fields } }),
      200,
    );
    const old = await read((await json<PublicApplication>(await sendForm(org, { job }, seen), 201)).id);
    expect(old).toMatchObject({ formVersion: 1, formAnswers: { why: "The people", visa: true } });
    const now = { ...somebody(), motive: "Bread", why: "said unasked" };
    const young = await read((await json<PublicApplication>(await sendForm(org, { job }, now), 201)).id);
    expect(young).toMatchObject({
      formVersion: 2,
      formAnswers: { motive: "Bread" },
      extraAnswers: { why: "said unasked" },
    });
    const missing = await json<{ errors: { path: string }[] }>(
      await sendForm(org, { job }, { ...somebody(), "form-version": "9" }),
      422,
    );
    expect(missing.errors.map(({ path }) => path)).toEqual(["formVersion"]);
  });

  it("says everything that must be mended at once, and stores nothing", async () => {
    const job = await filesJob();
    const before = [await objectsOf(org), await count("select count(*) from candidates")];
    const answer = await sendForm(
      org,
      { job },
      { firstName: " ", email: "no address", years: "many", letter: "doc_somebody_elses" },
      [{ field: "cv", bytes: utf8("<html><script>alert(1)</script></html>"), name: "cv.pdf" }],
    );
    const problem = await json<{ errors: { path: string; message: string }[] }>(answer, 422);
    expect(problem.errors.map(({ path }) => path).toSorted()).toEqual([
      "candidateData.email",
      "candidateData.firstName",
      "cv",
      "formAnswers.agree",
      "formAnswers.letter",
      "formAnswers.visa",
      "formAnswers.why",
      "formAnswers.years",
    ]);
    expect([await objectsOf(org), await count("select count(*) from candidates")]).toEqual(before);
  });

  it("tells of a single wrong file by its status, and takes no eleventh", async () => {
    const job = await withFiles();
    const send = (files: Attached[]) => sendForm(org, { job }, { ...somebody(), ...ANSWERS }, files);
    const big = new Uint8Array(11 * 1024 * 1024);
    big.set(samplePdf());
    expect((await send([{ field: "cv", bytes: big }])).status).toBe(413);
    expect((await send([{ field: "cv", bytes: utf8("<html></html>"), name: "cv.pdf" }])).status).toBe(415);
    expect((await send([{ field: "cv", bytes: utf8("MZ"), name: "cv.exe" }])).status).toBe(415);
    expect((await send([{ field: "cv", bytes: samplePdf().slice(0, 40) }])).status).toBe(422);
    expect((await send([{ field: "cv" }, { field: "cv" }])).status).toBe(422);
    const many = (n: number) => Array.from({ length: n }, (_, i) => ({ field: i === 0 ? "cv" : `file${i}` }));
    expect((await send(many(11))).status).toBe(422);
    const ten = await read((await json<PublicApplication>(await send(many(10)), 201)).id);
    expect(Object.keys(ten.extraAnswers)).toHaveLength(9);
    expect(await count("select count(*) from documents where owner_id = ?", ten.candidateId)).toBe(10);
    const wide = new Uint8Array(31 * 1024 * 1024);
    expect((await send([{ field: "cv", bytes: wide }])).status).toBe(413);
  });

  it("takes names of every script and direction, and keeps hostile words as words", async () => {
    const job = await withFiles();
    const names = [
      "محمد",
      "שרה",
      "李小龍",
      "Zoë Ñandú",
      "🦊 Фёдор",
      "Robert'); DROP TABLE candidates;--",
      "<b>Bo</b>",
      "a\u202eb",
    ];
    for (const firstName of names) {
      const made = await sendForm(org, { job }, { ...somebody({ firstName }), ...ANSWERS }, [
        { field: "cv", name: `${firstName}/../../evil\u202efdp.pdf` },
      ]);
      const detail = await read((await json<PublicApplication>(made, 201)).id);
      expect(detail.candidate?.firstName).toBe(firstName);
    }
    expect(
      (await sendForm(org, { job }, { ...somebody({ firstName: "a\u0000b" }), ...ANSWERS })).status,
    ).toBe(422);
  });

  it("takes wrong types, foreign jobs and floods of answers for what they are", async () => {
    const json_ = (sent: unknown) => call("POST", "/api/applications", { json: sent });
    const whole = { org: org.slug, job: hiring.job.id, candidateData: somebody(), formAnswers: ANSWERS };
    for (const bad of [
      { formVersion: "1" },
      { formVersion: -1 },
      { draft: 5 },
      { draft: "unknown-draft-secret-0000" },
      { equalOpportunity: { gender: 1 } },
      { formAnswers: [] },
      { formAnswers: { why: { deep: 1 }, visa: "yes" } },
      {
        formAnswers: {
          ...ANSWERS,
          ...Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`k${i}`, 1])),
        },
      },
    ]) {
      expect((await json_({ ...whole, ...bad })).status, JSON.stringify(bad).slice(0, 80)).toBe(422);
    }
    const other = await newOrg();
    expect((await json_({ ...whole, org: other.slug })).status).toBe(404);
    const broken = await call("POST", "/api/applications", {
      body: "--x\r\nbroken",
      headers: { "content-type": "multipart/form-data; boundary=x" },
    });
    expect(broken.status).toBe(400);
    expect((await sendForm(org, hiring, { candidateData: "[1]" })).status).toBe(422);
    const keys = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, "1"]));
    expect((await sendForm(org, hiring, { ...somebody(), ...ANSWERS, ...keys })).status).toBe(422);
    const structured = await sendForm(org, hiring, {
      candidateData: JSON.stringify(somebody()),
      formAnswers: JSON.stringify(ANSWERS),
    });
    expect(structured.status).toBe(201);
  });
});

describe("a second application", () => {
  it("is told kindly, without internals, and offers the status link", async () => {
    const who = { ...somebody(), ...ANSWERS };
    await json(await sendForm(org, hiring, who), 201);
    const again = await json(await sendForm(org, hiring, who, [{ field: "cv" }]), 409);
    expect(again).not.toHaveProperty("current");
    expect(again).toMatchObject({ cause: "applied-already", resend: "/api/applications/status/resend" });
    expect(
      await count(
        "select count(*) from documents d join candidates c on c.id = d.owner_id where c.email = ?",
        who.email,
      ),
    ).toBe(0);
  });

  it("of the same page, twenty times at once, is one application that all of them are told of", async () => {
    const form = await loadApplyForm(org.ctx, hiring.job.id);
    const fields = { ...somebody(), ...ANSWERS, "form-stamp": form.stamp };
    const sent = await Promise.all(
      Array.from({ length: 20 }, () => submit(hiring.job, formOf(fields, [{ field: "cv" }]))),
    );
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(sent.every(({ outcome }) => outcome === "sent")).toBe(true);
    expect(await count("select count(*) from candidates where email = ?", fields.email)).toBe(1);
    expect(await count("select count(*) from applications where id = ?", sent[0]?.id)).toBe(1);
    // Later too, and not for somebody else who used the same page.
    expect((await submit(hiring.job, formOf(fields))).id).toBe(sent[0]?.id);
    const other = await submit(hiring.job, formOf({ ...fields, ...somebody() }));
    expect(other.id).not.toBe(sent[0]?.id);
    expect(await wrongCounts(org.id)).toEqual([]);
  });

  it("of the API, twenty times at once, is one application; with a key all are answered alike", async () => {
    const fields = { ...somebody(), ...ANSWERS };
    const bare = await Promise.all(
      Array.from({ length: 20 }, () => sendForm(org, hiring, fields, [{ field: "cv" }])),
    );
    expect(bare.map(({ status }) => status).toSorted()).toEqual([201, ...Array(19).fill(409)]);
    const keyed = { ...somebody(), ...ANSWERS };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        sendForm(org, hiring, keyed, [{ field: "cv" }], { "idempotency-key": "send-1" }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect(
      await count(
        "select count(*) from documents d join candidates c on c.id = d.owner_id where c.email = ?",
        keyed.email,
      ),
    ).toBe(1);
  });
});

describe("equal-opportunity answers", () => {
  it("stand in their own table and nowhere else", async () => {
    const fields = { ...somebody(), ...ANSWERS, "equal-gender": "non_binary", "equal-age": "" };
    const unasked = await json<PublicApplication>(await sendForm(org, hiring, fields), 201);
    expect(
      await count("select count(*) from equal_opportunity_answers where application_id = ?", unasked.id),
    ).toBe(0);
    await worker.DB.prepare("update organizations set asks_equal_opportunity = 1 where id = ?")
      .bind(org.id)
      .run();
    expect((await sendForm(org, hiring, { ...somebody(), ...ANSWERS, "equal-gender": "?" })).status).toBe(
      422,
    );
    const asked = await json<PublicApplication>(
      await sendForm(org, hiring, { ...fields, ...somebody() }),
      201,
    );
    expect(
      await rows("select answers from equal_opportunity_answers where application_id = ?", asked.id),
    ).toEqual([{ answers: '{"gender":"non_binary"}' }]);
    await follow();
    for (const table of [
      "applications",
      "candidates",
      "events",
      "audit_entries",
      "notifications",
      "emails",
      "idempotency_keys",
    ]) {
      const found = await rows(`select * from ${table}`);
      expect(JSON.stringify(found), table).not.toContain("non_binary");
    }
    const csv = await call("GET", `/api/applications/export?jobId=${hiring.job.id}`, {
      token: hiring.recruiter.token,
    });
    expect(await csv.text()).not.toContain("non_binary");
    await call("DELETE", `/api/applications/${asked.id}`, { token: hiring.recruiter.token });
    expect(
      await count("select count(*) from equal_opportunity_answers where application_id = ?", asked.id),
    ).toBe(0);
  });
});

describe("trouble on the way", () => {
  it("a job that closed meanwhile is said kindly, and nothing is kept", async () => {
    const job = await withFiles();
    await json(
      await call("PATCH", `/api/jobs/${job.id}`, {
        token: hiring.recruiter.token,
        json: { status: "closed" },
      }),
      200,
    );
    const before = await objectsOf(org);
    const who = { ...somebody(), ...ANSWERS };
    const answer = await json(await sendForm(org, { job }, who, [{ field: "cv" }]), 409);
    expect(answer).toMatchObject({ cause: "closed" });
    expect(await count("select count(*) from candidates where email = ?", who.email)).toBe(0);
    expect(await objectsOf(org)).toEqual(before);
  });

  it("a Worker that dies between the file and the batch leaves nothing behind", async () => {
    const before = await objectsOf(org);
    const killed = ctxWith(org.ctx, {
      DB: watchedDb({
        before: (sql) => {
          if (isCommit(sql)) throw new Error("killed");
        },
      }),
    });
    const who = somebody();
    const { input } = await readApplyForm(
      formOf({ ...who, ...ANSWERS }, [{ field: "cv" }]),
      "page",
      hiring.job.id,
    );
    await expect(submitApplication(killed, input, visitor)).rejects.toThrow();
    const left = (await objectsOf(org)).filter((key) => !before.includes(key));
    expect(left).toHaveLength(1);
    expect(await count("select count(*) from candidates where email = ?", who.email)).toBe(0);
    clock.advance(2 * 60 * 60 * 1000);
    await sweep(worker, () => undefined);
    expect(await worker.FILES.head(left[0] ?? "")).toBeNull();
    expect(await count("select count(*) from file_intents where org_id = ?", org.id)).toBe(0);
    const kept = await rows<{ r2_key: string }>("select r2_key from documents where org_id = ?", org.id);
    expect(await objectsOf(org)).toEqual(kept.map(({ r2_key }) => r2_key).toSorted());
  });
});
