import { beforeAll, describe, expect, it } from "vitest";
import { addNote } from "../../worker/features/candidates/notes";
import type { Note } from "../../worker/features/candidates/schema";
import { count, eventsOf, noticesOf, rows } from "./facts";
import { ctxWith, lostQueue } from "./faults";
import { call, follow, json, newOrg, type Org, type Person } from "./org";
import { apply, newCandidate, newJob } from "./people";

let org: Org;
let rea: Person;
let bo: Person;
let ann: Person;
beforeAll(async () => {
  org = await newOrg();
  rea = await org.person("recruiter", "Rea Cruz");
  bo = await org.person("recruiter", "Bo Ek");
  ann = await org.person("admin", "Ann Holm");
});

let people = 0;
const somebody = async () =>
  (await newCandidate(rea, { email: `noted.${++people}@notes.test`, name: "Kim Park" })).id;
const write = (by: Person, candidateId: string, note: object) =>
  call("POST", `/api/candidates/${candidateId}/notes`, { token: by.token, json: note });
const written = async (by: Person, candidateId: string, text: string, more: object = {}) =>
  await json<Note>(await write(by, candidateId, { text, ...more }), 201);
const change = (by: Person, note: Note, text: string, headers: Record<string, string> = {}) =>
  call("PATCH", `/api/candidates/${note.candidateId}/notes/${note.id}`, {
    token: by.token,
    json: { text },
    headers,
  });
const remove = (by: Person, note: Note) =>
  call("DELETE", `/api/candidates/${note.candidateId}/notes/${note.id}`, { token: by.token });
const notesOf = async (candidateId: string, query = "") =>
  await json<{ data: Note[]; nextCursor: string | null }>(
    await call("GET", `/api/candidates/${candidateId}/notes?${query}`, { token: rea.token }),
    200,
  );

describe("a note", () => {
  it("is kept with its author, is news by ids alone, and is listed newest first in pages", async () => {
    const id = await somebody();
    const note = await written(rea, id, "Calm under pressure");
    expect(note).toMatchObject({
      candidateId: id,
      applicationId: null,
      internal: true,
      authorId: rea.user.id,
      authorName: "Rea Cruz",
      mentions: [],
      version: 1,
    });
    const news = (await eventsOf(id)).filter(({ type }) => type === "note.added");
    expect(news.map(({ data }) => JSON.parse(data))).toEqual([{ noteId: note.id, candidateId: id }]);
    const audit = await rows("select * from audit_entries where entity_id = ?", note.id);
    expect(JSON.stringify(audit)).not.toContain("pressure");
    for (let i = 0; i < 4; i++) {
      await new Promise((done) => setTimeout(done, 2));
      await written(rea, id, `More ${i}`);
    }
    const first = await notesOf(id, "limit=3");
    const second = await notesOf(id, `limit=3&cursor=${first.nextCursor}`);
    expect([...first.data, ...second.data].map(({ text }) => text)).toEqual([
      "More 3",
      "More 2",
      "More 1",
      "More 0",
      "Calm under pressure",
    ]);
  });

  it("about an application is news on its board, and can be listed alone", async () => {
    const id = await somebody();
    const job = await newJob(rea);
    const application = await apply(rea, job.id, id);
    await written(rea, id, "About the person");
    const note = await written(rea, id, "About the job", { applicationId: application.id });
    const [news] = await rows(
      "select pipeline_id, data from events where type = 'note.added' and data like ?",
      `%${note.id}%`,
    );
    expect(news?.pipeline_id).toBe(job.pipelineId);
    expect((await notesOf(id, `applicationId=${application.id}`)).data.map((one) => one.id)).toEqual([
      note.id,
    ]);
    const foreign = await write(rea, await somebody(), { text: "No", applicationId: application.id });
    expect(await json(foreign, 404)).toMatchObject({ type: "not-found" });
  });

  it("is its author's and the admins' to change and to take back", async () => {
    const note = await written(rea, await somebody(), "First words");
    const before = await count("select count(*) from events where org_id = ?", org.id);
    expect(await json(await change(bo, note, "Not mine"), 403)).toMatchObject({ type: "denied" });
    expect(await json(await remove(bo, note), 403)).toMatchObject({ type: "denied" });
    expect(await count("select count(*) from events where org_id = ?", org.id)).toBe(before);
    expect(await json(await change(rea, note, "Second words"), 200)).toMatchObject({
      text: "Second words",
      version: 2,
      authorName: "Rea Cruz",
    });
    expect(await json(await change(rea, note, "Late words", { "if-match": '"1"' }), 412)).toMatchObject({
      current: { text: "Second words" },
    });
    expect(await json(await change(ann, note, "An admin's words"), 200)).toMatchObject({ version: 3 });
    expect((await remove(ann, note)).status).toBe(204);
    expect((await notesOf(note.candidateId ?? "")).data).toEqual([]);
    expect((await remove(rea, note)).status).toBe(404);
  });

  it("of nothing, or about nobody, is refused", async () => {
    await json(await write(rea, await somebody(), { text: "  " }), 422);
    await json(await write(rea, "cand_nobody", { text: "Hello" }), 404);
    await json(await call("GET", "/api/candidates/cand_nobody/notes", { token: rea.token }), 404);
  });
});

describe("a mention", () => {
  it("tells whom it names, once, and never the author", async () => {
    const id = await somebody();
    const note = await written(rea, id, "@bo ek and @Rea Cruz: call them. @Bo Ek!");
    expect(note.mentions).toEqual([bo.user.id, rea.user.id]);
    await follow();
    await follow();
    const [notice, more] = await rows(
      "select * from notifications where user_id = ? and type = 'mention'",
      bo.user.id,
    );
    expect(more).toBeUndefined();
    expect(notice).toMatchObject({
      type: "mention",
      title: "Rea Cruz mentioned you in a note about Kim Park",
      message: "@bo ek and @Rea Cruz: call them. @Bo Ek!",
      entity_type: "candidate",
      entity_id: id,
    });
    expect((await noticesOf(rea.user.id)).filter((title) => title.includes("mentioned"))).toEqual([]);
  });

  it("that comes with an edit tells only whom it newly names", async () => {
    const note = await written(rea, await somebody(), "@Bo Ek, look");
    await follow();
    const before = (await noticesOf(bo.user.id)).length;
    await json(await change(rea, note, "@Bo Ek and @Ann Holm, look"), 200);
    await follow();
    expect((await noticesOf(bo.user.id)).length).toBe(before);
    const told = (await noticesOf(ann.user.id)).filter((title) => title.includes("mentioned"));
    expect(told).toEqual(["Rea Cruz mentioned you in a note about Kim Park"]);
  });

  it("of people who are no longer, or not, of the team tells nobody", async () => {
    const agent = await org.agent("Ada Lund");
    const gone = await org.person("recruiter", "Gone Person");
    expect((await call("DELETE", `/api/users/${gone.user.id}`, { token: ann.token })).status).toBe(204);
    const note = await written(rea, await somebody(), "@Ada Lund @Gone Person");
    expect(note.mentions).toEqual([]);
    await follow();
    expect((await noticesOf(agent.user.id)).filter((title) => title.includes("mentioned"))).toEqual([]);
  });

  it("in a note that was taken back before it was told tells nobody", async () => {
    const before = (await noticesOf(bo.user.id)).length;
    const id = await somebody();
    const note = await addNote(ctxWith(rea.ctx, { EVENTS_QUEUE: lostQueue }), id, {
      text: "@Bo Ek, hm",
      internal: true,
    });
    await remove(rea, note);
    await follow();
    expect((await noticesOf(bo.user.id)).length).toBe(before);
  });
});
