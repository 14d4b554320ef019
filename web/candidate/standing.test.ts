import { describe, expect, it } from "vitest";
import type { CandidateHome, OwnApplication } from "../../worker/features/portal/schema";
import { promiseText, sentence, standing } from "./standing";

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
const home = (applications: OwnApplication[], confirmed = true): CandidateHome => ({
  confirmed,
  seq: 0,
  applications,
  next: { kind: "wait", title: "", detail: "", documentType: null, interviewId: null, by: null },
  interviews: [],
  waitingOnUs: [],
});

describe("where a candidate stands", () => {
  it("says nothing of applications before the address is proved", () => {
    const { heading, lead } = standing(home([application()], false), "Kim", "Acme");
    expect(heading).toBe("Hello Kim");
    expect(lead).not.toContain("Support lead");
  });

  it("names the one application that is open, or counts them", () => {
    const closed = application({ kind: "rejected" });
    expect(standing(home([closed, application()]), "Kim", "Acme").heading).toBe(
      "Your application for Support lead: Being read",
    );
    const two = standing(
      home([application(), application({ since: "2026-03-05T00:00:00.000Z" })]),
      "Kim",
      "Acme",
    );
    expect(two.heading).toBe("2 of your applications are under way");
    expect(standing(home([closed]), "Kim", "Acme").heading).toBe(
      "Acme won’t go on with your application for Support lead",
    );
    expect(standing(home([]), "Kim", "Acme").heading).toBe("Hello Kim");
  });

  it("tells a promise, and truthfully that it is late", () => {
    expect(promiseText(application(), "Acme")).toBeNull();
    const by = "2026-03-10T12:00:00.000Z";
    expect(promiseText({ promise: { by, late: false } }, "Acme")).toMatch(/^You get an answer by /);
    expect(promiseText({ promise: { by, late: true } }, "Acme")).toMatch(/is late/);
    expect(sentence(application({ kind: "hired" }), "Acme")).toBe("The job Support lead is yours");
  });
});
