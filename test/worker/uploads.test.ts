import { describe, expect, it } from "vitest";
import { latin1, sampleDocx, sampleJpeg, samplePdf, samplePng, sampleZip, utf8 } from "../fixtures/files";
import { count, eventsOf, rows, written } from "./facts";
import { callWith } from "./faults";
import { call, follow, json, newOrg, type Org, type Person } from "./org";
import { formOf, objectsOf, type StoredDocument, send, sendRaw, uploaded } from "./uploads";

const MB = 1024 * 1024;

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  await follow();
  return { org, recruiter, ada };
}

/** A PDF of exactly so many bytes. */
function pdfOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).fill(0x20);
  const pdf = samplePdf();
  bytes.set(pdf);
  bytes.set(latin1("\n%%EOF\n"), size - 7);
  return bytes;
}

/** A body that comes in pieces and doesn't say how long it is. */
function streamOf(bytes: Uint8Array, size = 64 * 1024): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.byteLength) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe("an upload", () => {
  it("by a form is stored once, with one event and one audit entry", async () => {
    const { org, ada } = await setting();
    const answer = await send(ada);
    const document = await json<StoredDocument>(answer, 201);
    expect(document).toMatchObject({
      type: "w9",
      status: "pending",
      fileName: "w9.pdf",
      contentType: "application/pdf",
      size: samplePdf().byteLength,
      reason: null,
      reviewedBy: null,
      version: 1,
    });
    expect(answer.headers.get("location")).toBe(`/api/documents/${document.id}`);
    const last = (await eventsOf(ada.agent.id)).at(-1);
    expect([last?.type, JSON.parse(last?.data ?? "")]).toEqual([
      "document.uploaded",
      { agentId: ada.agent.id, documentId: document.id, type: "w9", status: "pending" },
    ]);
    expect(await rows("select action_type from audit_entries where entity_id = ?", document.id)).toEqual([
      { action_type: "DOCUMENT_UPLOAD" },
    ]);
    const [key] = await objectsOf(org);
    expect(key).toMatch(new RegExp(`^${org.id}/[0-9a-f-]{36}$`));
    expect(JSON.stringify(document), "nobody learns where the bytes are").not.toContain(
      key?.split("/")[1] ?? "?",
    );
    expect(await count("select count(*) from file_intents where org_id = ?", org.id)).toBe(0);
  });

  it("of the raw file works with its length and without", async () => {
    const { org, ada } = await setting();
    const pdf = samplePdf();
    const known = await sendRaw(ada, pdf, { headers: { "content-length": String(pdf.byteLength) } });
    const unknown = await sendRaw(ada, streamOf(pdf, 50));
    for (const answer of [known, unknown]) {
      expect(await json(answer, 201)).toMatchObject({ fileName: "w9.pdf", size: pdf.byteLength });
    }
    expect(await objectsOf(org)).toHaveLength(2);
  });

  it("of every type that is taken works, to the last byte that is allowed", async () => {
    const { ada } = await setting();
    for (const [bytes, name, as] of [
      [pdfOf(10 * MB), "big.pdf", "application/pdf"],
      [samplePng(), "id.png", "image/png"],
      [sampleJpeg(), "ID.JPG", "image/jpeg"],
      [sampleDocx(), "cv.docx", ""],
      [utf8("Grüße\n"), "note.txt", "text/plain; charset=utf-8"],
    ] as const) {
      const document = await uploaded(ada, { bytes, name, as, type: "other" });
      expect(document).toMatchObject({ fileName: name, size: bytes.byteLength });
    }
  });

  it("is kept under a name that leads nowhere else", async () => {
    const { ada } = await setting();
    const names: [sent: string, kept: string][] = [
      ["../../etc/passwd.pdf", "passwd.pdf"],
      ["C:\\temp\\w9.pdf", "w9.pdf"],
      ["w9\u202Efdp.pdf", "w9fdp.pdf"],
      ["\r\nx: y.pdf", "x: y.pdf"],
      ["Übung.pdf", "Übung.pdf"],
    ];
    for (const [sent, kept] of names) {
      const query = `type=other&fileName=${encodeURIComponent(sent)}`;
      expect(await json(await sendRaw(ada, samplePdf(), { query }), 201)).toMatchObject({ fileName: kept });
    }
  });

  it("with the same key is one document, however often and at once it is sent", async () => {
    const { org, ada } = await setting();
    const headers = { "idempotency-key": "w9-1" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(ada, { headers })));
    const ids = await Promise.all(
      answers.map(async (answer) => (await json<StoredDocument>(answer, 201)).id),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await objectsOf(org)).toHaveLength(1);
    expect(await count("select count(*) from documents where org_id = ?", org.id)).toBe(1);
    await json(await send(ada, { headers, bytes: pdfOf(2000) }), 422);
    const raw = () => sendRaw(ada, samplePdf(), { headers: { "idempotency-key": "w9-2" } });
    const first = await json<StoredDocument>(await raw(), 201);
    expect(await json<StoredDocument>(await raw(), 201)).toEqual(first);
  });

  it("by the team names its owner, and by others is their own", async () => {
    const { org, recruiter, ada } = await setting();
    const [bo, kim] = [await org.agent("Bo Beck"), await org.person("candidate", "Kim Kay")];
    const candidateId = kim.user.candidateId ?? "";
    expect(await uploaded(recruiter, { agentId: ada.agent.id })).toMatchObject({ agentId: ada.agent.id });
    expect(await uploaded(recruiter, { candidateId, type: "cv" })).toMatchObject({ candidateId });
    expect(await uploaded(kim, { type: "cv" })).toMatchObject({ candidateId, agentId: null });
    expect(await uploaded(ada, { agentId: ada.agent.id })).toMatchObject({ agentId: ada.agent.id });
    await follow();
    const before = [await written(org), await objectsOf(org)];
    await json(await send(recruiter), 422);
    await json(await send(recruiter, { agentId: "agt_nobody" }), 404);
    await json(await send(recruiter, { agentId: "agt_nobody", candidateId }), 422);
    await json(await send(recruiter, { agentId: ada.agent.id, candidateId }), 422);
    await json(await send(ada, { agentId: bo.agent.id }), 404);
    await json(await send(ada, { candidateId }), 404);
    await json(await send(kim, { agentId: ada.agent.id }), 404);
    const stranger = await (await newOrg()).person("admin");
    await json(await send(stranger, { agentId: ada.agent.id }), 404);
    expect([await written(org), await objectsOf(org)]).toEqual(before);
  });
});

const html = utf8("<!doctype html><script>alert(1)</script>");
const svg = utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');

/** Asks, and asserts that nothing came of it. */
async function refused(
  status: number,
  ask: (by: Person, org: Org) => Promise<Response>,
): Promise<Record<string, unknown>> {
  const { org, ada } = await setting();
  const before = await written(org);
  const problem = await json(await ask(ada, org), status);
  await follow();
  expect(await written(org)).toEqual(before);
  expect(await objectsOf(org)).toEqual([]);
  expect(problem.detail, "says what to do").toMatch(/\w+ \w+/);
  return problem;
}

describe("a refused upload leaves nothing in R2, no row and no event:", () => {
  const files: [what: string, status: number, Parameters<typeof send>[1]][] = [
    ["HTML named .pdf", 415, { bytes: html }],
    ["HTML named .txt", 415, { bytes: html, name: "a.txt", as: "text/plain" }],
    ["an SVG", 415, { bytes: svg, name: "a.svg", as: "image/svg+xml" }],
    ["an SVG named .png", 415, { bytes: svg, name: "a.png", as: "image/png" }],
    ["a PDF named .png", 415, { name: "a.png", as: "image/png" }],
    ["a PDF sent as text", 415, { as: "text/plain" }],
    ["a PDF without an ending", 415, { name: "w9" }],
    ["a program named .pdf", 415, { bytes: latin1("MZ\x90\x00\x03") }],
    ["a ZIP named .docx", 415, { bytes: sampleZip([{ name: "a.txt" }]), name: "cv.docx", as: "" }],
    ["an empty file", 422, { bytes: new Uint8Array() }],
    ["a truncated PDF", 422, { bytes: samplePdf().slice(0, 100) }],
    ["a truncated PNG", 422, { bytes: samplePng().slice(0, 40), name: "a.png", as: "image/png" }],
    ["a truncated DOCX", 422, { bytes: sampleDocx().slice(0, -30), name: "a.docx", as: "" }],
    ["a byte more than 10 MB", 413, { bytes: pdfOf(10 * MB + 1) }],
    ["a type that doesn't exist", 422, { type: "tattoo" }],
  ];
  it.each(files)("%s", async (_, status, sent) => {
    const problem = await refused(status, (by) => send(by, sent));
    expect(problem.errors).toEqual([{ path: sent?.type ? "type" : "file", message: problem.detail }]);
  });

  it("a form without a file, or with a text in its place", async () => {
    for (const value of [undefined, "w9.pdf"]) {
      const form = new FormData();
      form.set("type", "w9");
      if (value) form.set("file", value);
      await refused(422, (by) => call("POST", "/api/documents/upload", { token: by.token, body: form }));
    }
  });

  it("a form that breaks off", async () => {
    await refused(400, async (by) => {
      const whole = new Uint8Array(await new Response(formOf(by).body).arrayBuffer());
      const boundary = /^--(\S+)/.exec(new TextDecoder().decode(whole.slice(0, 200)))?.[1] ?? "";
      const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
      const body = whole.slice(0, whole.byteLength - 150);
      return await call("POST", "/api/documents/upload", { token: by.token, body, headers });
    });
  });

  it("a raw file that says beforehand that it is too long", async () => {
    await refused(413, (by) =>
      sendRaw(by, pdfOf(10 * MB + 1), { headers: { "content-length": String(10 * MB + 1) } }),
    );
  });

  it("a raw file that is too long and doesn't say so", async () => {
    await refused(413, (by) => sendRaw(by, streamOf(pdfOf(10 * MB + 1))));
  });

  it("a raw file or a form that lies about its length", async () => {
    // The Worker is called directly: a server on the way would cut the body at the length that was said.
    const lie = { "content-length": "5" };
    const path = "/api/documents/upload";
    await refused(413, (by) =>
      callWith({}, "POST", `${path}?type=w9&fileName=w9.pdf`, {
        token: by.token,
        body: streamOf(pdfOf(10 * MB + 1)),
        headers: { ...lie, "content-type": "application/pdf" },
      }),
    );
    await refused(413, async (by) => {
      const form = new Response(formOf(by, { bytes: pdfOf(12 * MB) }).body);
      const headers = { ...lie, "content-type": form.headers.get("content-type") ?? "" };
      const body = new Uint8Array(await form.arrayBuffer());
      return await callWith({}, "POST", path, { token: by.token, body: streamOf(body), headers });
    });
  });

  it("an endless one, which is read no further than its limit", async () => {
    const piece = new Uint8Array(256 * 1024).fill(0x20);
    for (const type of ["application/pdf", "multipart/form-data; boundary=x"]) {
      let read = 0;
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (read === 0)
            controller.enqueue(
              utf8('--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'),
            );
          read += piece.byteLength;
          if (read > 64 * MB) controller.close();
          else controller.enqueue(piece);
        },
      });
      await refused(413, (by) =>
        callWith({}, "POST", "/api/documents/upload?type=w9&fileName=a.pdf", {
          token: by.token,
          body,
          headers: { "content-type": type },
        }),
      );
      expect(read).toBeLessThan(14 * MB);
    }
  });

  it("a raw file without its type or name, or with words that nobody asked for", async () => {
    for (const query of ["", "type=w9", "fileName=w9.pdf", "type=w9&fileName=w9.pdf&status=approved"]) {
      await refused(422, (by) => sendRaw(by, samplePdf(), { query }));
    }
  });

  it("an upload by somebody who is not logged in", async () => {
    await refused(401, (by) => call("POST", "/api/documents/upload", { ...formOf(by), token: undefined }));
  });
});
