import { describe, expect, it } from "vitest";
import { sweep } from "../../worker/cron/sweep";
import type { Env } from "../../worker/env";
import { clock } from "../../worker/lib/clock";
import { latin1, samplePdf, samplePng, sampleZip, utf8 } from "../fixtures/files";
import { count } from "./facts";
import { callWith } from "./faults";
import { call, costOf, json, newOrg, type Person, worker } from "./org";
import { objectsOf, uploaded } from "./uploads";

const at = "/api/documents/types/w9/template";
const formOf = (bytes: Uint8Array, name = "form.pdf", type = "application/pdf") => {
  const form = new FormData();
  form.set("file", new File([new Uint8Array(bytes)], name, { type }));
  return form;
};
const give = (by: Person, bytes = samplePdf(), name?: string, type?: string) =>
  call("POST", at, { token: by.token, body: formOf(bytes, name, type) });
const load = (by: Person, key = "w9") =>
  call("GET", `/api/documents/types/${key}/template`, { token: by.token });

async function setting() {
  const org = await newOrg();
  const [recruiter, ada] = [await org.person("recruiter"), await org.agent()];
  return { org, recruiter, ada };
}

describe("the template of a document type", () => {
  it("is loaded by anybody of the organization, as a download that runs nothing", async () => {
    const { org, recruiter, ada } = await setting();
    const type = await json(await give(recruiter, samplePdf(), "W-9 (2026).pdf"), 200);
    expect(type).toMatchObject({ key: "w9", hasTemplate: true, templateName: "W-9 (2026).pdf" });
    expect(JSON.stringify(type)).not.toContain(org.id);
    const people = [ada, recruiter, await org.person("candidate"), await org.person("client_user")];
    for (const person of people) {
      const answer = await load(person);
      expect(answer.status).toBe(200);
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(samplePdf());
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "application/pdf",
        "content-length": String(samplePdf().byteLength),
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
      });
      expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="W-9 \(2026\).pdf"/);
    }
    const own = await call("GET", "/api/me/document-types", { token: ada.token });
    const { data } = await json<{ data: { key: string; hasTemplate: boolean }[] }>(own, 200);
    expect(data.filter(({ hasTemplate }) => hasTemplate).map(({ key }) => key)).toEqual(["w9"]);
  });

  it("is absent for another organization, without one, and for a type that there isn't", async () => {
    const { recruiter } = await setting();
    await json(await give(recruiter), 200);
    const stranger = await (await newOrg()).person("admin");
    for (const answer of [
      await load(stranger),
      await load(recruiter, "nda"),
      await load(recruiter, "none"),
    ]) {
      expect(await json(answer, 404)).toMatchObject({ type: "not-found" });
    }
    expect((await call("GET", at)).status).toBe(401);
  });

  it("is given by the team only", async () => {
    const { org, recruiter, ada } = await setting();
    for (const person of [ada, await org.person("candidate"), await org.person("client_user")]) {
      await json(await give(person), 403);
      await json(await call("DELETE", at, { token: person.token }), 403);
    }
    const none = await call("POST", "/api/documents/types/none/template", {
      token: recruiter.token,
      body: formOf(samplePdf()),
    });
    await json(none, 404);
    expect(await objectsOf(org)).toEqual([]);
  });

  it("is what it says it is, or refused", async () => {
    const { org, recruiter } = await setting();
    const hostile: [Uint8Array, string, string, number][] = [
      [utf8("<script>alert(1)</script>"), "form.pdf", "application/pdf", 415],
      [latin1("MZ\x90\x00\x03"), "form.exe", "application/pdf", 415],
      [samplePng(), "form.pdf", "application/pdf", 415],
      [utf8("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "form.svg", "image/svg+xml", 415],
      [sampleZip([{ name: "evil.txt", data: utf8("x") }]), "form.zip", "application/zip", 415],
      [new Uint8Array(0), "form.pdf", "application/pdf", 422],
    ];
    for (const [bytes, name, type, status] of hostile) {
      const { errors, detail } = await json(await give(recruiter, bytes, name, type), status);
      expect(errors ?? detail, name).toBeTruthy();
    }
    const large = new Uint8Array(11.5 * 1024 * 1024).fill(0x20);
    large.set(samplePdf());
    await json(await give(recruiter, large), 413);
    await json(await call("POST", at, { token: recruiter.token, body: new FormData() }), 422);
    await json(await call("POST", at, { token: recruiter.token, json: { file: "x" } }), 415);
    expect(await objectsOf(org)).toEqual([]);
    expect((await load(recruiter)).status).toBe(404);
  });

  it("takes the place of the one before, which the janitor removes, as it does one taken away", async () => {
    const { org, recruiter, ada } = await setting();
    await json(await give(recruiter), 200);
    await Promise.all([give(recruiter, samplePng(2, 2), "one.png", "image/png"), give(recruiter)]);
    await uploaded(ada);
    expect(await objectsOf(org)).toHaveLength(4);
    clock.advance(61 * 60 * 1000);
    await sweep(worker, (work) => void work.catch(() => undefined));
    expect(await objectsOf(org)).toHaveLength(2);
    // The token of the one before lived shorter than that.
    const again = await org.person("recruiter");
    expect((await load(again)).status).toBe(200);
    for (let i = 0; i < 2; i++) {
      const gone = await call("DELETE", at, { token: again.token });
      expect(gone.status).toBe(204);
    }
    expect((await load(again)).status).toBe(404);
    clock.advance(61 * 60 * 1000);
    await sweep(worker, (work) => void work.catch(() => undefined));
    expect(await objectsOf(org)).toHaveLength(1);
    expect(await count("select count(*) from file_intents where org_id = ?", org.id)).toBe(0);
  });

  it("costs two trips to give and one to load, and says so when the store is out", async () => {
    const { recruiter } = await setting();
    await load(recruiter);
    expect(costOf(await give(recruiter)).trips).toBe(2);
    expect(costOf(await load(recruiter)).trips).toBe(1);
    const broken = { FILES: { get: () => Promise.reject(new Error("out")) } } as unknown as Partial<Env>;
    const answer = await callWith(broken, "GET", at, { token: recruiter.token });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBeTruthy();
  });
});
