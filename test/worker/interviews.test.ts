import { beforeAll, describe, expect, it } from "vitest";
import type { CandidateDetail } from "../../worker/features/candidates/schema";
import type { Interview, InterviewDetail, InterviewHistory } from "../../worker/features/interviews/schema";
import { calm, count, eventsOf, noticesOf, outboxOf, rows } from "./facts";
import { type Hiring, newHiring } from "./hiring";
import { freeHour, newInterview, slot, step, steps } from "./interviews";
import { call, json, newOrg, type Org } from "./org";

let org: Org;
let hiring: Hiring;
beforeAll(async () => {
  org = await newOrg();
  hiring = await newHiring(org);
});

const read = async <T>(path: string, by = hiring.recruiter) =>
  await json<T>(await call("GET", path, { token: by.token }), 200);

describe("document 002's flow", () => {
  it("goes from a round through booking, invitation and decision to the next round", async () => {
    const { application, interview } = await newInterview(hiring, { roundName: "Technical" });
    expect(interview).toMatchObject({
      interviewStatus: "Awaiting Candidate Confirmation",
      interviewRound: 1,
      roundName: "Technical",
      timeZone: "Asia/Kolkata",
      inviteSent: false,
      interviewerIds: [hiring.recruiter.user.id],
    });
    const booked = await steps(hiring.recruiter, interview.id, "book-slot");
    expect(booked).toMatchObject({ interviewStatus: "Confirmed", selectedSlotId: "a" });
    expect(booked.scheduledStartTime).toBe(interview.proposedSlots[0]?.start);
    const sent = await steps(hiring.recruiter, interview.id, "send-invite");
    expect(sent).toMatchObject({
      interviewStatus: "Scheduled",
      inviteSent: true,
      inviteSentBy: hiring.recruiter.user.id,
    });
    expect(await steps(hiring.recruiter, interview.id, "mark-completed")).toMatchObject({
      interviewStatus: "Completed",
    });
    expect(await steps(hiring.recruiter, interview.id, "move-to-next-round")).toMatchObject({
      interviewStatus: "Passed",
    });
    const person = await read<CandidateDetail>(`/api/candidates/${application.candidateId}`);
    expect(person.status).toBe("IN_PROGRESS");
    const second = await json<Interview>(
      await call("POST", "/api/interviews", {
        token: hiring.recruiter.token,
        json: {
          jobId: hiring.job.id,
          candidateId: application.candidateId,
          interviewRound: 2,
          proposedSlots: [slot("b")],
        },
      }),
      201,
    );
    expect(second.interviewRound).toBe(2);
    const history = await read<InterviewHistory>(
      `/api/candidates/${application.candidateId}/interview-history`,
    );
    expect(history.data.map(({ round, status }) => [round, status])).toEqual([
      [1, "Passed"],
      [2, "Awaiting Candidate Confirmation"],
    ]);
    expect(history.currentRound).toBe(2);
    expect((await eventsOf(interview.id)).map(({ type }) => type)).toEqual([
      "interview.created",
      "interview.booked",
      "interview.scheduled",
      "interview.completed",
      "interview.passed",
    ]);
  });

  it("rejects: the round is failed and the application in the rejected stage", async () => {
    const { application, interview } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot", "send-invite", "mark-completed");
    const answer = await step(hiring.recruiter, interview.id, "reject", { reason: "Too far away" });
    expect(await json<Interview>(answer, 200)).toMatchObject({
      interviewStatus: "Failed",
      decisionReason: "Too far away",
    });
    expect(await read(`/api/applications/${application.id}`)).toMatchObject({
      status: "REJECTED",
      stageKind: "rejected",
      reason: "Too far away",
    });
    const moves = (await eventsOf(application.id)).map(({ type }) => type);
    expect(moves.filter((type) => type === "application.status_changed")).toHaveLength(1);
  });

  it("hires: the round is passed, the application in the hired stage, and hiring begins", async () => {
    const { application, interview } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot", "send-invite", "mark-completed");
    const hired = await steps(hiring.recruiter, interview.id, "initiate-hiring");
    expect(hired).toMatchObject({ interviewStatus: "Passed", hiringInitiated: true });
    expect(await read(`/api/applications/${application.id}`)).toMatchObject({ status: "SELECTED" });
    const person = await read<CandidateDetail>(`/api/candidates/${application.candidateId}`);
    expect(person.status).toBe("SELECTED");
    expect(person.selectedAt).not.toBeNull();
    const found = await rows<{ data: string }>(
      "select data from events where entity_id = ? and type = 'hiring.initiated'",
      application.id,
    );
    expect(found.map(({ data }) => JSON.parse(data))).toEqual([
      {
        applicationId: application.id,
        candidateId: application.candidateId,
        jobId: hiring.job.id,
        interviewId: interview.id,
      },
    ]);
    await calm(org);
    expect(await noticesOf(hiring.admin.user.id)).toContain(`${application.name} is to be hired`);
    expect((await outboxOf(hiring.admin.user.email)).map(({ subject }) => subject)).toContain(
      `${application.name} is to be hired: ${hiring.job.title}`,
    );
    const again = await call("POST", "/api/interviews", {
      token: hiring.recruiter.token,
      json: { applicationId: application.id, proposedSlots: [slot("c")] },
    });
    expect(await json(again, 409)).toHaveProperty("current");
  });

  it("counts who does not come, and lets new times be proposed", async () => {
    const { interview } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "book-slot", "send-invite");
    expect(await steps(hiring.recruiter, interview.id, "mark-no-show")).toMatchObject({
      interviewStatus: "No Show",
      noShowFlag: true,
      noShowCount: 1,
    });
    const again = await call("PUT", `/api/interviews/${interview.id}`, {
      token: hiring.recruiter.token,
      json: { proposedSlots: [slot("b")] },
    });
    expect(await json(again, 200)).toMatchObject({
      interviewStatus: "Awaiting Candidate Confirmation",
      noShowCount: 1,
      selectedSlotId: null,
      scheduledStartTime: null,
    });
  });

  it("keeps a draft from the candidate until it is sent", async () => {
    const { application, interview } = await newInterview(hiring, { draft: true, proposedSlots: [] });
    expect(interview.status).toBe("Draft");
    await calm(org);
    const to = (
      await read<InterviewDetail & { candidate: { email: string } }>(`/api/applications/${application.id}`)
    ).candidate.email;
    const invited = async () =>
      (await outboxOf(to)).filter(({ subject }) => subject.includes("choose a time")).length;
    expect(await invited()).toBe(0);
    const put = (body: object) =>
      call("PUT", `/api/interviews/${interview.id}`, { token: hiring.recruiter.token, json: body });
    expect(await json(await put({ draft: false }), 409)).toHaveProperty("current.status", "Draft");
    expect(await json(await put({ proposedSlots: [slot("a")] }), 200)).toMatchObject({ status: "Draft" });
    expect(await json(await put({ draft: false }), 200)).toMatchObject({
      status: "Awaiting Candidate Confirmation",
    });
    await calm(org);
    expect(await invited()).toBe(1);
  });

  it("refuses a round that can't follow, with what is there", async () => {
    const { application, interview } = await newInterview(hiring);
    const post = (body: object) =>
      call("POST", "/api/interviews", {
        token: hiring.recruiter.token,
        json: { applicationId: application.id, proposedSlots: [slot("z")], ...body },
      });
    expect(await json(await post({}), 409)).toHaveProperty("current.id", interview.id);
    expect(await json(await post({ interviewRound: 2 }), 409)).toHaveProperty("current.id", interview.id);
    await steps(hiring.recruiter, interview.id, "cancel");
    expect(await json(await post({ interviewRound: 2 }), 409)).toHaveProperty("current");
    expect(await json(await post({}), 201)).toMatchObject({ round: 1 });
  });

  it("ten set up at once are one round", async () => {
    const { application, interview } = await newInterview(hiring);
    await steps(hiring.recruiter, interview.id, "cancel");
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        call("POST", "/api/interviews", {
          token: hiring.recruiter.token,
          json: { applicationId: application.id, proposedSlots: [slot("z", freeHour())] },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect(
      await count(
        "select count(*) from interviews where application_id = ? and status <> 'Cancelled'",
        application.id,
      ),
    ).toBe(1);
  });
});
