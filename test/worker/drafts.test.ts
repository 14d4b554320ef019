import { beforeAll, describe, expect, it } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import { mailDraft } from "../../worker/features/apply/drafts";
import type { AddedDraftFile, CreatedDraft, Draft } from "../../worker/features/apply/schema";
import { clock } from "../../worker/lib/clock";
import { samplePdf, samplePng, utf8 } from "../fixtures/files";
import { ANSWERS, objectsOf, sendForm, somebody } from "./applying";
import { calm, count, rows } from "./facts";
import { envWith } from "./faults";
import { type Hiring, newHiring } from "./hiring";
import { call, costOf, json, newOrg, type Org, worker } from "./org";

let org: Org;
let hiring: Hiring;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
});

const begin = async (more: Record<string, unknown> = {}) =>
  await json<CreatedDraft>(
    await call("POST", "/api/applications/drafts", {
      json: { org: org.slug, job: hiring.job.slug, ...more },
    }),
    201,
  );
const at = (token: string, rest = "") => `/api/applications/drafts/${token}${rest}`;
const get = async (token: string) => await json<Draft>(await call("GET", at(token)), 200);
const put = (
  token: string,
  field: string,
  bytes = samplePdf(),
  name = `${field}.pdf`,
  as = "application/pdf",
) =>
  call("PUT", at(token, `/files/${field}?fileName=${encodeURIComponent(name)}`), {
    body: new Uint8Array(bytes),
    headers: { "content-type": as },
  });

describe("a draft", () => {
  it("keeps what was filled in, and is found by its secret alone", async () => {
    const data = { candidateData: { firstName: "Pia", email: "unfinished@" }, formAnswers: { why: "be" } };
    const made = await begin({ data, email: "Pia@Example.com" });
    expect(made).toMatchObject({
      jobId: hiring.job.id,
      formVersion: 1,
      email: "pia@example.com",
      data,
      files: [],
    });
    expect(Date.parse(made.expiresAt) - Date.parse(made.updatedAt)).toBe(14 * 86_400_000);
    const { token, ...draft } = made;
    expect(await get(token)).toEqual(draft);
    expect(JSON.stringify(await rows("select * from application_drafts"))).not.toContain(token);
    const answer = await call("PUT", at(token), {
      json: { data: { candidateData: {}, formAnswers: { why: "bread" } } },
    });
    expect(costOf(answer).trips).toBe(1);
    expect(await json<Draft>(answer, 200)).toMatchObject({
      email: "pia@example.com",
      data: { formAnswers: { why: "bread" } },
    });
    for (const wrong of ["x".repeat(43), `${token}x`, token.toLowerCase()]) {
      await json(await call("GET", at(wrong)), 404);
      await json(await call("PUT", at(wrong), { json: { data } }), 404);
      await json(await put(wrong, "cv"), 404);
      await json(await call("DELETE", at(wrong, "/files/cv")), 404);
      await json(await call("POST", at(wrong, "/mail"), { json: { email: "a@example.com" } }), 404);
    }
  });

  it("refuses what it can't keep", async () => {
    const { token } = await begin();
    for (const bad of [{}, { data: [] }, { data: { more: 1 } }, { formVersion: "1" }, { email: "x" }]) {
      await json(await call("PUT", at(token), { json: bad }), 422);
    }
    await json(await call("POST", "/api/applications/drafts", { json: { org: org.slug, job: "none" } }), 404);
    await json(await put(token, "cv", utf8("<html>"), "cv.pdf"), 415);
    await json(await put(token, "cv", utf8("MZ"), "cv.exe"), 415);
    await json(await put(token, "no%20key"), 422);
    await json(await put(token, "cv", new Uint8Array(11 * 1024 * 1024)), 413);
    await json(await call("PUT", at(token, "/files/cv"), { body: "x" }), 422);
    expect(await count("select count(*) from file_intents where org_id = ?", org.id)).toBe(0);
    expect(await objectsOf(org)).toEqual([]);
  });

  it("keeps ten files, of which several may come at once, and one of a field takes the place of the other", async () => {
    const { token } = await begin();
    const added = await json<AddedDraftFile>(await put(token, "cv"), 200);
    expect(added).toMatchObject({ field: "cv", fileName: "cv.pdf", contentType: "application/pdf" });
    expect(added).toHaveProperty("read");
    const form = new FormData();
    form.set("file", new File([new Uint8Array(samplePng())], "مرحبا.png", { type: "image/png" }));
    await json(await call("PUT", at(token, "/files/photo"), { body: form }), 200);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => put(token, `file${i}`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      ...Array(8).fill(200),
      ...Array(4).fill(409),
    ]);
    await json(await put(token, "photo"), 200);
    const { files } = await get(token);
    expect(files).toHaveLength(10);
    expect(files.filter(({ field }) => field === "photo")).toMatchObject([{ fileName: "photo.pdf" }]);
    expect((await call("DELETE", at(token, "/files/photo"))).status).toBe(204);
    expect((await call("DELETE", at(token, "/files/photo"))).status).toBe(204);
    await sweep(worker, () => undefined);
    // What was replaced, refused or taken out is gone from the store too.
    expect(await objectsOf(org)).toHaveLength(9);
  });

  it("is sent with its files, which are not stored again", async () => {
    const { token } = await begin();
    await json(await put(token, "cv"), 200);
    await json(await put(token, "letter"), 200);
    const before = await objectsOf(org);
    const who = somebody();
    const answer = await sendForm(org, hiring, { ...who, ...ANSWERS, "form-draft": token }, [
      { field: "letter", name: "better.pdf" },
    ]);
    expect(costOf(answer).trips).toBe(2);
    const made = await json<{ id: string }>(answer, 201);
    const [person] = await rows<{ id: string }>("select id from candidates where email = ?", who.email);
    const documents = await rows<{ type: string; file_name: string; r2_key: string }>(
      "select * from documents where owner_id = ? order by type",
      person?.id,
    );
    expect(documents.map(({ type, file_name }) => [type, file_name])).toEqual([
      ["cv", "cv.pdf"],
      ["other", "better.pdf"],
    ]);
    expect(before).toContain(documents[0]?.r2_key);
    await json(await call("GET", at(token)), 404);
    // The same once more is the same; with another address it can't be sent.
    const again = await sendForm(org, hiring, { ...who, ...ANSWERS, "form-draft": token });
    expect((await json<{ id: string }>(again, 201)).id).toBe(made.id);
    await json(await sendForm(org, hiring, { ...somebody(), ...ANSWERS, "form-draft": token }), 422);
    await sweep(worker, () => undefined);
    expect(await worker.FILES.head(documents[0]?.r2_key ?? "")).not.toBeNull();
    expect(await worker.FILES.head(documents[1]?.r2_key ?? "")).not.toBeNull();
    const left = await rows("select r2_key from file_intents where org_id = ?", org.id);
    expect(left).toEqual([]);
  });

  it("sent by two at once becomes one application", async () => {
    const { token } = await begin();
    await json(await put(token, "cv"), 200);
    const [one, two] = [somebody(), somebody()];
    const answers = await Promise.all(
      [one, two].map((who) => sendForm(org, hiring, { ...who, ...ANSWERS, "form-draft": token })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect(await count("select count(*) from candidates where email in (?, ?)", one.email, two.email)).toBe(
      1,
    );
  });

  it("is mailed where one asks for it, three times a day and not more to one address", async () => {
    const { token } = await begin();
    await json(await call("POST", at(token, "/mail"), { json: {} }), 422);
    const to = somebody().email;
    expect((await call("POST", at(token, "/mail"), { json: { email: to } })).status).toBe(204);
    await calm(org);
    const [mail] = await rows<{ text: string }>("select * from outbox where to_address = ?", to);
    expect(JSON.stringify(mail)).toContain(`/careers/${org.slug}/${hiring.job.slug}/apply?draft=${token}`);
    const deployed = { env: envWith({ MODE: "production" }), requestId: null, after: () => undefined };
    const visitor = { device: "Test", address: "203.0.113.9" };
    const victim = somebody().email;
    for (let i = 0; i < 3; i++) await mailDraft(deployed, token, victim, visitor);
    await expect(mailDraft(deployed, token, victim, visitor)).rejects.toMatchObject({ code: "rate-limited" });
    expect(await count("select count(*) from emails where to_address = ?", victim)).toBe(3);
  });

  it("ends two weeks after its last change, with its files", async () => {
    const { token } = await begin();
    await json(await put(token, "cv"), 200);
    const [row] = await rows<{ key: string }>(
      "select json_extract(files, '$[0].r2Key') as key from application_drafts order by created_at desc limit 1",
    );
    clock.advance(13 * 86_400_000);
    await json(await call("PUT", at(token), { json: { email: "later@example.com" } }), 200);
    clock.advance(13 * 86_400_000);
    expect((await get(token)).email).toBe("later@example.com");
    clock.advance(86_400_000 + 1000);
    await json(await call("GET", at(token)), 404);
    await sweep(worker, () => undefined);
    expect(await count("select count(*) from application_drafts where org_id = ?", org.id)).toBe(0);
    expect(await worker.FILES.head(row?.key ?? "")).toBeNull();
  });
});
