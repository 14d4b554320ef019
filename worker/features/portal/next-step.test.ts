import { describe, expect, it } from "vitest";
import { type Facts, nextStep } from "./next-step";
import type { OwnApplication, OwnInterview } from "./schema";

const application = (more: Partial<OwnApplication> = {}): OwnApplication => ({
  id: "app_1",
  job: { id: "job_1", title: "Support lead", href: null },
  kind: "open",
  stage: "Being read",
  since: "2026-03-02T00:00:00.000Z",
  appliedAt: "2026-03-01T00:00:00.000Z",
  next: null,
  promise: null,
  stages: [],
  version: 1,
  ...more,
});
const round = (more: Partial<OwnInterview> = {}): OwnInterview => ({
  id: "int_1",
  round: 1,
  roundName: null,
  state: "choose",
  mode: "Video",
  durationMinutes: 45,
  timeZone: "UTC",
  slots: [{ id: "slot_1", start: "2026-03-09T09:00:00.000Z", end: "2026-03-09T09:45:00.000Z" }],
  start: null,
  end: null,
  location: null,
  meetingLink: null,
  instructions: null,
  interviewers: [],
  applicationId: "app_1",
  jobTitle: "Support lead",
  ...more,
});
const facts = (more: Partial<Facts> = {}): Facts => ({
  confirmed: true,
  email: "kim@example.com",
  organization: "Acme",
  applications: [application()],
  interviews: [],
  docs: [],
  types: [{ key: "id", name: "Proof of identity" }],
  requests: [],
  ...more,
});
const step = (more: Partial<Facts>) => nextStep(facts(more)).next;

describe("a candidate's next step", () => {
  it("is to prove the address before anything else", () => {
    expect(
      step({ confirmed: false, requests: [{ type: "id", message: null, dueDate: null }] }),
    ).toMatchObject({
      kind: "confirm",
      detail: expect.stringContaining("kim@example.com"),
    });
  });

  it("is what must be mended, then what is asked for soonest, then a time to choose", () => {
    const requests = [
      { type: "cv", message: null, dueDate: null },
      { type: "id", message: "Both sides.", dueDate: "2026-03-12" },
    ];
    const rejected = { type: "id", status: "rejected", reason: "Too dark.", createdAt: 1 } as const;
    expect(step({ docs: [rejected], requests })).toMatchObject({
      kind: "fix",
      title: "Upload your Proof of identity again",
      detail: "Too dark.",
    });
    const better = { type: "id", status: "pending", reason: null, createdAt: 2 } as const;
    expect(step({ docs: [better, rejected], requests, interviews: [round()] })).toMatchObject({
      kind: "upload",
      documentType: "id",
      detail: "Please send it by 2026-03-12. Both sides.",
    });
    expect(step({ interviews: [round()] })).toMatchObject({ kind: "interview", interviewId: "int_1" });
    expect(step({ interviews: [round({ slots: [] })] })).toMatchObject({ kind: "wait" });
  });

  it("is to wait for what the organization promised", () => {
    const promise = { by: "2026-03-10T00:00:00.000Z", late: false };
    expect(step({ applications: [application({ next: "Two people read it.", promise })] })).toMatchObject({
      kind: "wait",
      detail: "Two people read it.",
      by: promise.by,
    });
  });

  it("says that nothing is open, that the job is theirs, or that there is nothing yet", () => {
    expect(step({ applications: [application({ kind: "rejected" })] }).kind).toBe("closed");
    expect(
      step({ applications: [application({ kind: "withdrawn" }), application({ kind: "hired" })] }),
    ).toMatchObject({
      kind: "hired",
      title: "The job Support lead is yours",
    });
    expect(step({ applications: [] }).kind).toBe("none");
  });
});

it("what waits on the organization is named, and nothing of it before the address is proved", () => {
  const docs = [{ type: "id", status: "pending", reason: null, createdAt: 0 } as const];
  expect(nextStep(facts({ docs })).waitingOnUs.map(({ title }) => title)).toEqual([
    "Review of your Proof of identity",
    "An answer about Support lead",
  ]);
  expect(nextStep(facts({ docs, confirmed: false })).waitingOnUs).toEqual([]);
});
