import { beforeAll, describe, expect, it } from "vitest";
import { samplePdf } from "../fixtures/files";
import { count, rows } from "./facts";
import { applicant } from "./hiring";
import { workOff } from "./incoming";
import { type Counter, effects, newCounter } from "./incoming-counter";
import { call, json, worker } from "./org";
import { newHook } from "./receiver";

let org: Counter["org"];
let hiring: Counter["hiring"];
let portal: Counter["portal"];
let work: Counter["work"];
let get: Counter["get"];
let emailOf: Counter["emailOf"];
beforeAll(async () => {
  ({ org, hiring, portal, work, get, emailOf } = await newCounter());
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
      const { DB } = worker;
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
