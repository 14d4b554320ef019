import { beforeAll, describe, expect, it } from "vitest";
import { eventsOf, rows } from "./facts";
import { applicant, newJob, wrongCounts } from "./hiring";
import { workOff } from "./incoming";
import { type Counter, effects, minutes, newCounter } from "./incoming-counter";
import { call, json } from "./org";

let org: Counter["org"];
let hiring: Counter["hiring"];
let portal: Counter["portal"];
let work: Counter["work"];
let get: Counter["get"];
let emailOf: Counter["emailOf"];
let stageOf: Counter["stageOf"];
let movesOf: Counter["movesOf"];
let somebody: Counter["somebody"];
beforeAll(async () => {
  ({ org, hiring, portal, work, get, emailOf, stageOf, movesOf, somebody } = await newCounter());
});

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
