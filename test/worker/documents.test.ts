import { describe, expect, it } from "vitest";
import { samplePdf } from "../fixtures/files";
import { calm, eventsOf, noticesOf, outboxOf, rows, written } from "./facts";
import { call, json, newOrg, type Person } from "./org";
import { objectsOf, remove, review, type StoredDocument, uploaded } from "./uploads";

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter", "Rea Cruz"), await org.agent()];
  const document = await uploaded(ada);
  await calm(org);
  return { org, recruiter, ada, document };
}
const read = (by: Person, id: string) => call("GET", `/api/documents/${id}`, { token: by.token });
const content = (by: Person, id: string, headers: Record<string, string> = {}) =>
  call("GET", `/api/documents/${id}/content`, { token: by.token, headers });

describe("a review", () => {
  it("approves with one event and one audit entry, and the owner is notified once", async () => {
    const { org, recruiter, ada, document } = await setting();
    const answer = await review(recruiter, document.id, "approved");
    const approved = await json<StoredDocument>(answer, 200);
    expect(approved).toMatchObject({
      status: "approved",
      reviewedBy: recruiter.user.id,
      reason: null,
      version: 2,
    });
    expect(approved).toMatchObject({ reviewedByName: "Rea Cruz" });
    expect(answer.headers.get("etag")).toBe('"2"');
    expect(await json(await read(ada, document.id), 200)).toEqual(approved);
    const last = (await eventsOf(ada.agent.id)).at(-1);
    expect([last?.type, JSON.parse(last?.data ?? "")]).toEqual([
      "document.approved",
      { agentId: ada.agent.id, documentId: document.id, reviewedBy: recruiter.user.id },
    ]);
    expect(
      await rows("select action_type from audit_entries where entity_id = ? order by seq", document.id),
    ).toEqual([{ action_type: "DOCUMENT_UPLOAD" }, { action_type: "DOCUMENT_APPROVE" }]);
    await calm(org);
    const notices = await noticesOf(ada.user.id);
    expect(notices.filter((title) => title === "Your W-9 was approved")).toHaveLength(1);
  });

  it("rejects with a reason that the owner is told and mailed once", async () => {
    const { org, recruiter, ada, document } = await setting();
    const reason = "The signature is missing.";
    const rejected = await json<StoredDocument>(
      await review(recruiter, document.id, "rejected", reason),
      200,
    );
    expect(rejected).toMatchObject({ status: "rejected", reason });
    expect(JSON.parse((await eventsOf(ada.agent.id)).at(-1)?.data ?? "")).toMatchObject({ reason });
    await calm(org);
    await calm(org);
    const told = await rows(
      "select message from notifications where user_id = ? and type = 'document_rejected'",
      ada.user.id,
    );
    expect(told).toEqual([{ message: reason }]);
    const mails = (await outboxOf(ada.user.email)).filter((mail) =>
      mail.subject.includes("needs another look"),
    );
    expect(mails).toHaveLength(1);
  });

  it("may be changed: rejected, approved, and rejected for another reason", async () => {
    const { recruiter, org, document } = await setting();
    const admin = await org.person("admin", "Ann Boss");
    for (const [by, status, reason, name] of [
      [recruiter, "rejected", "Too dark.", "Rea Cruz"],
      [admin, "approved", undefined, "Ann Boss"],
      [recruiter, "rejected", "Last year's form.", "Rea Cruz"],
    ] as const) {
      const answer = await json<StoredDocument>(await review(by, document.id, status, reason), 200);
      expect(answer).toMatchObject({ status, reason: reason ?? null, reviewedByName: name });
      expect(await json(await read(by, document.id), 200)).toEqual(answer);
    }
  });

  it("that says the same again changes nothing", async () => {
    const { org, recruiter, document } = await setting();
    await json(await review(recruiter, document.id, "rejected", "Too dark."), 200);
    await calm(org);
    const before = await written(org);
    expect(await json(await review(recruiter, document.id, "rejected", "Too dark."), 200)).toMatchObject({
      version: 2,
    });
    await calm(org);
    expect(await written(org)).toEqual(before);
  });

  it("is refused without a reason, by the owner, from another organization, and with an old version", async () => {
    const { org, recruiter, ada, document } = await setting();
    const stranger = await (await newOrg()).person("admin");
    const before = await written(org);
    const problem = await json(await review(recruiter, document.id, "rejected"), 422);
    expect(problem.errors).toMatchObject([{ path: "reason" }]);
    await json(await review(recruiter, document.id, "rejected", "  "), 422);
    await json(await review(recruiter, document.id, "pending"), 422);
    await json(await review(ada, document.id, "approved"), 403);
    await json(await review(stranger, document.id, "approved"), 404);
    const old = { token: recruiter.token, json: { status: "approved" }, headers: { "if-match": '"7"' } };
    const outdated = await json(await call("PUT", `/api/documents/${document.id}/status`, old), 412);
    expect(outdated.current).toMatchObject({ id: document.id, version: 1 });
    await calm(org);
    expect(await written(org)).toEqual(before);
  });

  it("by ten people at once gives each version one winner and each verdict one event", async () => {
    const { org, recruiter, ada, document } = await setting();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => review(recruiter, document.id, "rejected", `Reason ${i}`)),
    );
    const won = answers.filter((answer) => answer.status === 200).length;
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
    const verdicts = (await eventsOf(ada.agent.id)).filter((event) => event.type === "document.rejected");
    expect(verdicts).toHaveLength(won);
    expect(await json(await read(ada, document.id), 200)).toMatchObject({ version: 1 + won });
    await calm(org);
  });
});

describe("a document", () => {
  it("is taken back by its owner while it is pending, and the object goes too", async () => {
    const { org, ada, document } = await setting();
    expect((await remove(ada, document.id)).status).toBe(204);
    await calm(org);
    expect(await objectsOf(org)).toEqual([]);
    await json(await read(ada, document.id), 404);
    await json(await remove(ada, document.id), 404);
    const last = (await eventsOf(ada.agent.id)).at(-1);
    expect(last?.type).toBe("document.deleted");
    const audit = await rows(
      "select action_type from audit_entries where entity_id = ? order by seq",
      document.id,
    );
    expect(audit.at(-1)).toEqual({ action_type: "DOCUMENT_DELETE" });
  });

  it("that was reviewed stays for its owner, and only an admin removes it", async () => {
    const { org, recruiter, ada, document } = await setting();
    const admin = await org.person("admin");
    await json(await review(recruiter, document.id, "approved"), 200);
    await calm(org);
    const before = await written(org);
    expect(await json(await remove(ada, document.id), 409)).toMatchObject({
      current: { status: "approved" },
    });
    await json(await remove(recruiter, document.id), 403);
    expect(await written(org)).toEqual(before);
    expect(await objectsOf(org)).toHaveLength(1);
    expect((await remove(admin, document.id)).status).toBe(204);
    await calm(org);
    expect(await objectsOf(org)).toEqual([]);
  });

  it("taken back by five at once goes once", async () => {
    const { org, ada, document } = await setting();
    const answers = await Promise.all(Array.from({ length: 5 }, () => remove(ada, document.id)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 404, 404, 404, 404]);
    const gone = (await eventsOf(ada.agent.id)).filter((event) => event.type === "document.deleted");
    expect(gone).toHaveLength(1);
    await calm(org);
    expect(await rows("select r2_key from file_intents where org_id = ?", org.id)).toEqual([]);
  });

  it("taken back and approved at the same moment ends as one of both", async () => {
    for (let round = 0; round < 4; round++) {
      const { org, recruiter, ada, document } = await setting();
      const [gone, seen] = await Promise.all([
        remove(ada, document.id),
        review(recruiter, document.id, "approved"),
      ]);
      expect([`${gone.status} ${seen.status}`]).toEqual([expect.stringMatching(/^(204 404|409 200)$/)]);
      await calm(org);
      expect(await objectsOf(org)).toHaveLength(gone.status === 204 ? 0 : 1);
    }
  });

  it("is absent for everybody else: another agent, a candidate, another organization", async () => {
    const { org, ada, document } = await setting();
    const others = [
      await org.agent("Bo Beck"),
      await org.person("candidate"),
      await org.person("client_user"),
      await (await newOrg()).person("admin"),
    ];
    for (const by of others) {
      await json(await read(by, document.id), 404);
      await json(await content(by, document.id), 404);
      const list = await json<{ data: unknown[] }>(
        await call("GET", "/api/documents", { token: by.token }),
        200,
      );
      expect(list.data).toEqual([]);
      const asked = `/api/documents?agentId=${ada.agent.id}`;
      expect(await json(await call("GET", asked, { token: by.token }), 200)).toMatchObject({ data: [] });
    }
    for (const by of others.slice(0, 2)) await json(await remove(by, document.id), 404);
    expect((await content(ada, document.id)).status).toBe(200);
  });
});

describe("the content of a document", () => {
  const pdf = Buffer.from(samplePdf());

  it("comes whole, as a download that can run nothing", async () => {
    const { ada, document } = await setting();
    const answer = await content(ada, document.id);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="w9.pdf"; filename*=UTF-8''w9.pdf`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-store",
      "accept-ranges": "bytes",
    });
  });

  it("names its file so that no name bends the header", async () => {
    const { ada } = await setting();
    const name = `a";\\é%41'; filename=evil.exe.pdf`;
    const document = await uploaded(ada, { name, type: "other" });
    const header = (await content(ada, document.id)).headers.get("content-disposition") ?? "";
    expect(header).toMatch(
      /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w.%!#$&+^`|~-]*$/,
    );
  });

  it.each([
    ["bytes=0-3", 0, 4],
    ["bytes=10-19", 10, 20],
    ["bytes=100-", 100, pdf.byteLength],
    ["bytes=-5", pdf.byteLength - 5, pdf.byteLength],
    [`bytes=0-${pdf.byteLength + 500}`, 0, pdf.byteLength],
    ["bytes=-99999", 0, pdf.byteLength],
  ] as const)("comes in part for %s", async (range, from, to) => {
    const { ada, document } = await setting();
    const answer = await content(ada, document.id, { range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe(`bytes ${from}-${to - 1}/${pdf.byteLength}`);
    expect(answer.headers.get("content-length")).toBe(String(to - from));
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf.subarray(from, to));
  });

  it("comes whole for a range that is none, and as 416 for one beyond its end", async () => {
    const { ada, document } = await setting();
    for (const range of ["lines=1-2", "bytes=x-y", "bytes=5-2", "bytes=0-1,4-5"]) {
      const answer = await content(ada, document.id, { range });
      expect([range, answer.status]).toEqual([range, 200]);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
    }
    for (const range of [`bytes=${pdf.byteLength}-`, "bytes=99999-100000", "bytes=-0"]) {
      const answer = await content(ada, document.id, { range });
      expect([range, answer.status]).toEqual([range, 416]);
      expect(answer.headers.get("content-range")).toBe(`bytes */${pdf.byteLength}`);
    }
  });
});
