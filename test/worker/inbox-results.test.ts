import { beforeAll, describe, expect, it } from "vitest";
import type { Application } from "../../worker/features/applications/schema";
import { applicant } from "./hiring";
import { type Counter, minutes, newCounter } from "./incoming-counter";
import { freeHour, newInterview, slot } from "./interviews";

let hiring: Counter["hiring"];
let portal: Counter["portal"];
let work: Counter["work"];
let get: Counter["get"];
let emailOf: Counter["emailOf"];
let stageOf: Counter["stageOf"];
let movesOf: Counter["movesOf"];
beforeAll(async () => {
  ({ hiring, portal, work, get, emailOf, stageOf, movesOf } = await newCounter());
});

describe("assessment.completed and screening.completed", () => {
  const results = async (candidateId: string | null) =>
    (await get<{ data: Record<string, unknown>[] }>(`/api/candidates/${candidateId}/results`)).data;

  it("keep the result with the person, and a later one of the same id in its place", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf(one) };
    const assessment = {
      type: "coding",
      score: "81.5",
      maxScore: 100,
      status: "completed",
      externalId: 4711,
      completedAt: "2026-10-01T10:00:00Z",
    };
    expect(await work("assessment.completed", { candidate, assessment }, minutes(-5))).toMatchObject({
      status: "processed",
    });
    await work("screening.completed", {
      candidate,
      screening: { score: 0.4, recommendation: "reject", summary: "Weak", externalId: "s-1" },
    });
    const again = { candidate, assessment: { ...assessment, score: 90 } };
    await work("assessment.completed", again, minutes(-4));
    expect((await work("assessment.completed", { candidate, assessment }, minutes(-6))).status).toBe("stale");
    const shown = await results(one.candidateId);
    expect(shown).toHaveLength(2);
    expect(shown[1]).toMatchObject({
      kind: "assessment",
      assessmentType: "coding",
      score: 90,
      maxScore: 100,
      source: "Talent Portal",
      applicationId: one.id,
      completedAt: "2026-10-01T10:00:00.000Z",
    });
    const told = await get<{ data: { text: string; actor: object }[] }>(
      `/api/candidates/${one.candidateId}/timeline`,
    );
    const actor = { kind: "integration", id: portal.id, name: "Talent Portal" };
    expect(told.data.filter((entry) => entry.text.includes("esult"))).toMatchObject([
      { text: "Result of coding arrived", actor },
      { text: "Screening result arrived", actor },
      { text: "Result of coding arrived", actor },
    ]);
    expect(shown[0]).toMatchObject({
      kind: "screening",
      score: 0.4,
      recommendation: "reject",
      summary: "Weak",
    });
  });

  it("move somebody on where they recommend a stage that is called so, and lies ahead", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf(one) };
    const screened = (recommendation: string) =>
      work("screening.completed", { candidate, screening: { score: 90, recommendation } });
    expect(await screened("Phone Screen")).toMatchObject({ status: "processed", reason: null });
    expect(await stageOf(one.id)).toBe("phone-screen");
    expect((await screened("initial-screening")).status).toBe("processed");
    expect((await screened("call them soon")).status).toBe("processed");
    expect(await stageOf(one.id)).toBe("phone-screen");
    expect(await results(one.candidateId)).toHaveLength(3);
  });

  it.each(["reject", "Rejected", "rejected", "Hired", "withdrawn"])(
    "never decide by themselves: %s moves nobody",
    async (recommendation) => {
      const one = await applicant(hiring.recruiter, hiring.job);
      const data = { candidate: { email: await emailOf(one) }, screening: { score: 1, recommendation } };
      expect((await work("screening.completed", data)).status).toBe("processed");
      expect(await stageOf(one.id)).toBe("application-received");
      expect(await movesOf(one.id)).toEqual([]);
      expect(await results(one.candidateId)).toHaveLength(1);
    },
  );

  it("are kept where something newer has moved the person, who isn't moved again", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const candidate = { email: await emailOf(one) };
    await work("candidate.status_changed", { candidate, status: "initial-screening" }, minutes(-5));
    const late = { candidate, screening: { recommendation: "phone-screen" } };
    expect(await work("screening.completed", late, minutes(-10))).toMatchObject({
      status: "processed",
      reason: expect.stringContaining("newer"),
    });
    expect(await stageOf(one.id)).toBe("initial-screening");
    expect(await results(one.candidateId)).toHaveLength(1);
  });
});

describe("interview.confirmed", () => {
  const confirm = async (application: Application, interview: object) =>
    await work("interview.confirmed", {
      candidate: { email: await emailOf(application) },
      jobId: hiring.job.id,
      interview,
    });
  const roundsOf = async (application: Application) =>
    (
      await get<{ data: Record<string, unknown>[] }>(
        `/api/candidates/${application.candidateId}/interview-history`,
      )
    ).data;

  it("books the proposed time of the round that waits for one", async () => {
    const [first, second] = [freeHour(), freeHour()];
    const { application, interview } = await newInterview(hiring, {
      proposedSlots: [slot("a", first), slot("b", second)],
    });
    const said = { externalId: "i-1", start: second, end: second, timeZone: "Europe/Oslo" };
    const done = await confirm(application, said);
    expect(done).toMatchObject({ status: "processed", ids: { interviewId: interview.id } });
    expect(await roundsOf(application)).toMatchObject([
      { id: interview.id, status: "Confirmed", selectedSlotId: "b" },
    ]);
    expect((await confirm(application, said)).status, "again").toBe("processed");
    const moved = await confirm(application, { ...said, start: first });
    expect(moved).toMatchObject({ status: "quarantined", reason: expect.stringContaining("Confirmed") });
  });

  it("sets the round up where none is under way, at the time that was agreed", async () => {
    const application = await applicant(hiring.recruiter, hiring.job);
    const start = freeHour();
    const end = new Date(Date.parse(start) + 30 * 60_000).toISOString();
    const done = await confirm(application, {
      start,
      end,
      timeZone: "Europe/Oslo",
      meetingLink: "https://meet.example.com/x",
    });
    expect(done).toMatchObject({ status: "processed", reason: null });
    expect(await roundsOf(application)).toMatchObject([
      {
        id: done.ids.interviewId,
        status: "Confirmed",
        scheduledStartTime: start,
        interviewDuration: 30,
        meetingLink: "https://meet.example.com/x",
        interviewMode: "Video",
      },
    ]);
  });

  it("leaves a time to a person that was never proposed, is over or no time", async () => {
    const { application } = await newInterview(hiring);
    const unknown = await confirm(application, { start: freeHour() });
    expect(unknown).toMatchObject({
      status: "quarantined",
      reason: expect.stringContaining("isn't among the times"),
    });
    const other = await applicant(hiring.recruiter, hiring.job);
    for (const start of ["2020-01-01T10:00:00Z", "tomorrow", 17]) {
      expect((await confirm(other, { start })).status).toBe("quarantined");
    }
    expect(await roundsOf(other)).toEqual([]);
  });
});

describe("offer.accepted and offer.declined", () => {
  it.each([
    ["offer.accepted", "hired", "Offer accepted in Talent Portal"],
    ["offer.declined", "withdrawn", "Offer declined in Talent Portal"],
  ])(
    "%s moves to the stage of the kind %s, by the source and for that reason",
    async (type, kind, reason) => {
      const one = await applicant(hiring.recruiter, hiring.job);
      const data = { candidate: { email: await emailOf(one) }, offer: { externalId: "o-1", status: "x" } };
      expect(await work(type, data)).toMatchObject({ status: "processed" });
      expect(await get(`/api/applications/${one.id}`)).toMatchObject({
        stageKind: kind,
        reason: expect.stringContaining(reason),
      });
      expect((await work(type, { ...data, jobId: hiring.job.id })).status, "again").toBe("processed");
      expect(await movesOf(one.id)).toHaveLength(1);
    },
  );

  it("leave an application to a person that was closed otherwise", async () => {
    const one = await applicant(hiring.recruiter, hiring.job);
    const data = { candidate: { email: await emailOf(one) }, jobId: hiring.job.id };
    await work("offer.declined", data);
    expect(await work("offer.accepted", data)).toMatchObject({
      status: "quarantined",
      reason: expect.stringContaining("stands in Withdrawn already"),
    });
  });
});
