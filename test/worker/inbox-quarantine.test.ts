import { beforeAll, describe, expect, it } from "vitest";
import { rows } from "./facts";
import { applicant, type Hiring, newHiring, newJob } from "./hiring";
import { inboxRow, portalEvent, send, workOff } from "./incoming";
import { type Counter, effects, newCounter } from "./incoming-counter";
import { call, json, newOrg } from "./org";

let org: Counter["org"];
let hiring: Counter["hiring"];
let portal: Counter["portal"];
let work: Counter["work"];
let emailOf: Counter["emailOf"];
let somebody: Counter["somebody"];
beforeAll(async () => {
  ({ org, hiring, portal, work, emailOf, somebody } = await newCounter());
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
