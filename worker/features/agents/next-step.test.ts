import { describe, expect, it } from "vitest";
import { nextStep } from "./next-step";

const types = [
  { key: "w9", name: "W-9", required: true },
  { key: "nda", name: "NDA", required: true },
  { key: "id", name: "Identity document", required: false },
];
const base = {
  kind: "open" as const,
  stageName: "Screening",
  since: "2026-11-01T00:00:00.000Z",
  now: 1000,
  types,
  requests: [],
  onboarding: { next: null, done: 0, of: 0 },
  onboards: true,
};
const doc = (type: string, status: "pending" | "approved" | "rejected", reason: string | null = null) => ({
  type,
  status,
  reason,
  expiresAt: null as number | null,
  createdAt: 0,
});

describe("nextStep", () => {
  it("asks for the first required document that is missing", () => {
    expect(nextStep({ ...base, docs: [] }).next).toMatchObject({ kind: "upload", documentType: "w9" });
    expect(nextStep({ ...base, docs: [doc("w9", "pending")] }).next).toMatchObject({ documentType: "nda" });
  });

  it("shows why a document has to be sent again", () => {
    const { next } = nextStep({ ...base, docs: [doc("w9", "rejected", "Unsigned.")] });
    expect(next).toMatchObject({ kind: "fix", documentType: "w9", detail: "Unsigned." });
  });

  it("asks for what the team requested, with its day", () => {
    const request = { type: "id", message: "Both sides.", dueDate: "2026-12-01" };
    const docs = [doc("w9", "approved"), doc("nda", "approved")];
    const { next } = nextStep({ ...base, docs, requests: [request] });
    expect(next).toMatchObject({ kind: "upload", documentType: "id" });
    expect(next.detail).toContain("2026-12-01");
  });

  it("asks for a new one of what has expired, noted or not", () => {
    const nda = doc("nda", "approved");
    const ended = { ...doc("w9", "approved"), expiresAt: 1000 };
    const { next } = nextStep({ ...base, docs: [ended, nda] });
    expect(next).toMatchObject({ kind: "upload", documentType: "w9", title: "Upload a new W-9" });
    expect(nextStep({ ...base, docs: [{ ...ended, expiresAt: 1001 }, nda] }).next.kind).toBe("wait");
    expect(nextStep({ ...base, docs: [doc("w9", "pending"), ended, nda] }).next.kind).toBe("wait");
  });

  it("says what waits on the team when the person has nothing to do", () => {
    const waiting = nextStep({ ...base, docs: [doc("w9", "pending"), doc("nda", "approved")] });
    expect(waiting.next.kind).toBe("wait");
    expect(waiting.waitingOnUs.map((item) => item.title)).toEqual(["Review of your W-9"]);

    const decided = nextStep({ ...base, docs: [doc("w9", "approved"), doc("nda", "approved")] });
    expect(decided.waitingOnUs).toEqual([
      { title: "The team decides what follows Screening", since: base.since },
    ]);
  });

  it("asks nothing of people who are active or out", () => {
    const docs = [doc("w9", "approved"), doc("nda", "approved")];
    expect(nextStep({ ...base, kind: "hired", docs }).next.kind).toBe("done");
    expect(nextStep({ ...base, kind: "rejected", docs: [] }).next.kind).toBe("closed");
    expect(nextStep({ ...base, kind: "withdrawn", docs: [] }).next.kind).toBe("closed");
  });

  it("leads to the next step of the onboarding before what is missing, and after what is to be mended", () => {
    const next = { id: "step_1", title: "Sign the NDA", reason: null, dueAt: Date.UTC(2026, 11, 1) };
    const onboarding = { next, done: 1, of: 3 };
    expect(nextStep({ ...base, docs: [], onboarding }).next).toEqual({
      kind: "onboarding",
      title: "Sign the NDA",
      detail: "Your onboarding: 1 of 3 steps are done. Please do it by 2026-12-01.",
      documentType: null,
      stepId: "step_1",
      path: "/onboarding/step_1",
    });
    const mend = nextStep({ ...base, docs: [doc("nda", "rejected", "Unsigned.")], onboarding }).next;
    expect(mend).toMatchObject({ kind: "fix", documentType: "nda", path: "/documents?type=nda" });
    const docs = [doc("w9", "approved"), doc("nda", "approved")];
    expect(nextStep({ ...base, kind: "hired", docs, onboarding }).next.kind).toBe("onboarding");
    expect(nextStep({ ...base, kind: "rejected", docs, onboarding }).next.kind).toBe("closed");
    // Before that stage papers come first: the team asks for them now.
    expect(nextStep({ ...base, onboards: false, docs: [], onboarding }).next.kind).toBe("upload");
    expect(nextStep({ ...base, onboards: false, docs, onboarding }).next.kind).toBe("onboarding");
  });
});
