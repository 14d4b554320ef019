import { beforeAll, describe, expect, it } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import type { CandidateHome, OwnApplicationDetail, OwnProfile } from "../../worker/features/portal/schema";
import { calm, count, eventsOf, rows } from "./facts";
import { type Hiring, newHiring, newJob } from "./hiring";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";
import { apply } from "./people";
import { pdfForm } from "./world";

const DOOR = "/api/candidate-portal";
let org: Org;
let hiring: Hiring;
let rea: Person;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
  rea = hiring.recruiter;
});

const get = (person: Person, path: string) => call("GET", `${DOOR}${path}`, { token: person.token });
const home = async (person: Person) => await json<CandidateHome>(await get(person, "/home"), 200);
const one = async (person: Person, id: string) =>
  await json<OwnApplicationDetail>(await get(person, `/applications/${id}`), 200);
const move = async (id: string, stage: string, reason?: string) =>
  await json<Application>(
    await call("POST", `/api/applications/${id}/move-stage`, {
      token: rea.token,
      json: { stage, ...(reason ? { reason } : {}) },
    }),
    200,
  );

/** A candidate who stands in a job. */
async function standing(name = "Kim Own") {
  const person = await org.person("candidate", name);
  return { ...person, application: await apply(rea, hiring.job.id, person.user.candidateId ?? "") };
}

describe("a candidate's home", () => {
  it("says where they stand, what is next and what waits on whom", async () => {
    const kim = await standing();
    const begun = await home(kim);
    expect(begun).toMatchObject({
      confirmed: true,
      applications: [{ id: kim.application.id, kind: "open", job: { title: "Support lead" } }],
      next: { kind: "wait" },
      interviews: [],
    });
    expect(begun.waitingOnUs.map(({ title }) => title)).toEqual(["An answer about Support lead"]);
    const [shown] = begun.applications;
    expect(shown?.job.href).toMatch(new RegExp(`^/careers/${org.slug}/`));
    expect(shown?.stages.find(({ state }) => state === "current")?.name).toBe(shown?.stage);

    const asked = {
      candidateId: kim.user.candidateId,
      type: "id",
      message: "Both sides.",
      dueDate: "2096-01-05",
    };
    await json(await call("POST", "/api/documents/requests", { token: rea.token, json: asked }), 201);
    expect((await home(kim)).next).toMatchObject({ kind: "upload", documentType: "id" });
    const sent = await call("POST", "/api/documents/upload", {
      token: kim.token,
      body: pdfForm({ type: "id" }, "id.pdf"),
    });
    const { id } = await json<{ id: string }>(sent, 201);
    expect((await home(kim)).waitingOnUs[0]?.title).toMatch(/^Review of your /);
    const review = { status: "rejected", reason: "Too dark." };
    await json(await call("PUT", `/api/documents/${id}/status`, { token: rea.token, json: review }), 200);
    const after = await home(kim);
    expect(after.next).toMatchObject({ kind: "fix", detail: "Too dark.", documentType: "id" });
    expect(after.seq).toBeGreaterThan(begun.seq);
  });

  it("changes with a move, in public words alone, and tells what became of a closed application", async () => {
    const kim = await standing();
    await move(kim.application.id, "phone-screen");
    const moved = await one(kim, kim.application.id);
    expect(moved.history.length).toBeGreaterThan(0);
    expect(JSON.stringify(moved)).not.toMatch(/phone.screen/i);
    await move(kim.application.id, "rejected", "Too loud on the phone.");
    const closed = await home(kim);
    expect(closed.applications[0]).toMatchObject({ kind: "rejected", promise: null });
    expect(closed.applications[0]?.stages.at(-1)).toMatchObject({ state: "current", kind: "rejected" });
    expect(closed.next.kind).toBe("closed");
    expect(JSON.stringify([closed, await one(kim, kim.application.id)])).not.toContain("Too loud");
  });

  it("of somebody who has not proved the address asks for that and shows nothing", async () => {
    const person = await org.person("candidate", "No Proof");
    await rows("update users set candidate_id = null where id = ?", person.user.id);
    await rows("update candidates set user_id = null where id = ?", person.user.candidateId);
    await apply(rea, hiring.job.id, person.user.candidateId ?? "");
    expect(await home(person)).toMatchObject({
      confirmed: false,
      applications: [],
      interviews: [],
      waitingOnUs: [],
      next: { kind: "confirm" },
    });
    expect(await json(await get(person, "/applications"), 200)).toEqual({ data: [], nextCursor: null });
    await json(await get(person, "/profile"), 404);
    const change = { token: person.token, json: { phone: "+1 555 0188" } };
    await json(await call("PATCH", `${DOOR}/profile`, change), 404);
  });

  it("and their other screens are one round trip each, with rows by what is theirs", async () => {
    const kim = await standing("Cost Kim");
    const job = await newJob(rea, hiring.clientId, { title: "Second job" });
    await apply(rea, job.id, kim.user.candidateId ?? "");
    await get(kim, "/me");
    for (const path of ["/home", "/applications", `/applications/${kim.application.id}`, "/profile"]) {
      const answer = await get(kim, path);
      expect(answer.status, path).toBe(200);
      const { trips, read } = costOf(answer);
      expect(trips, path).toBe(1);
      expect(read, path).toBeLessThanOrEqual(150);
    }
    const change = { token: kim.token, json: { city: "Oslo" } };
    expect(costOf(await call("PATCH", `${DOOR}/profile`, change)).trips).toBe(2);
  });
});

describe("a candidate's own profile", () => {
  it("is theirs to change, and everybody sees the change", async () => {
    const kim = await standing("Pro File");
    const answer = await get(kim, "/profile");
    const profile = await json<OwnProfile>(answer, 200);
    expect(Object.keys(profile)).not.toEqual(expect.arrayContaining(["tags"]));
    const change = {
      firstName: "Prue",
      phone: "+1 555 0144",
      linkedinUrl: "example.com/prue",
      skills: ["Support", "French"],
      experience: [{ title: "Agent", company: "Nordwind", start: "2024-05" }],
      education: [{ school: "Oslo", degree: "BA" }],
    };
    const sent = await call("PATCH", `${DOOR}/profile`, {
      token: kim.token,
      json: change,
      headers: { "if-match": answer.headers.get("etag") ?? "" },
    });
    expect(await json(sent, 200)).toMatchObject({
      name: "Prue File",
      linkedinUrl: "https://example.com/prue",
      skills: ["Support", "French"],
      version: profile.version + 1,
    });
    const { candidateId } = kim.user;
    const seen = await call("GET", `/api/candidates/${candidateId}`, { token: rea.token });
    expect(await json(seen, 200)).toMatchObject({ name: "Prue File", phone: "+1 555 0144" });
    const me = await call("GET", "/api/auth/me", { token: kim.token });
    expect(await json(me, 200)).toMatchObject({ name: "Prue File", phone: "+1 555 0144" });
  });

  it("lets a stale screen change nothing, and shows what stands there without what the team keeps", async () => {
    const kim = await standing("Two Tabs");
    const { version } = await json<OwnProfile>(await get(kim, "/profile"), 200);
    const tags = { token: rea.token, json: { tags: ["secret-tag"], city: "Bergen" } };
    await json(await call("PATCH", `/api/candidates/${kim.user.candidateId}`, tags), 200);
    const stale = await call("PATCH", `${DOOR}/profile`, {
      token: kim.token,
      json: { city: "Oslo" },
      headers: { "if-match": `"${version}"` },
    });
    const problem = await json<{ current: OwnProfile }>(stale, 412);
    expect(problem.current).toMatchObject({ city: "Bergen", version: version + 1 });
    expect(JSON.stringify(problem)).not.toContain("secret-tag");
    expect(problem.current).not.toHaveProperty("applications");
  });

  it.each([
    ["tags", { tags: ["star"] }],
    ["the source", { source: "friend" }],
    ["the address", { email: "else@example.com" }],
    ["nothing", {}],
    ["a number that is none", { phone: "call me" }],
    ["experience without a title", { experience: [{ company: "X" }] }],
  ])("refuses %s", async (_, change) => {
    const kim = await standing("No Way");
    await json(await call("PATCH", `${DOOR}/profile`, { token: kim.token, json: change }), 422);
  });
});

describe("a candidate who withdraws", () => {
  it("does so once, with a reason that the team reads", async () => {
    const kim = await standing("With Draw");
    const { id } = kim.application;
    const ask = () =>
      call("POST", `/api/applications/${id}/withdraw`, {
        token: kim.token,
        json: { reason: "Found another job." },
      });
    const answer = await json<Record<string, unknown>>(await ask(), 200);
    expect(answer).toMatchObject({ stageKind: "withdrawn", reason: null, tags: [], internalNotes: null });
    await json(await ask(), 200);
    expect((await eventsOf(id)).filter(({ type }) => type === "application.status_changed")).toHaveLength(1);
    const seen = await call("GET", `/api/applications/${id}`, { token: rea.token });
    expect(await json(seen, 200)).toMatchObject({ stageKind: "withdrawn", reason: "Found another job." });
    expect((await home(kim)).applications[0]).toMatchObject({ kind: "withdrawn" });
  });

  it("can't withdraw what has ended, or what is somebody else's", async () => {
    const kim = await standing("Too Late");
    await move(kim.application.id, "rejected");
    await json(
      await call("POST", `/api/applications/${kim.application.id}/withdraw`, { token: kim.token }),
      409,
    );
    const other = await standing("Some Body");
    const events = await count("select count(*) from events where entity_id = ?", other.application.id);
    await json(
      await call("POST", `/api/applications/${other.application.id}/withdraw`, { token: kim.token }),
      404,
    );
    await calm(org);
    expect(await count("select count(*) from events where entity_id = ?", other.application.id)).toBe(events);
  });
});
