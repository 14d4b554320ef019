import { expect, it } from "vitest";
import { progressText, stepDetail, stepState } from "./step-words";

const STEP = { kind: "quiz", status: "open", waitsFor: [], dueAt: null, score: null } as const;

it("says what a step is, what it waits for and until when", () => {
  expect(stepDetail({ ...STEP, waitsFor: [] }).text).toBe("A few questions");
  expect(stepDetail({ ...STEP, status: "locked", waitsFor: ["Your details", "NDA"] }).text).toBe(
    "After Your details and NDA",
  );
  const due = { ...STEP, waitsFor: [], dueAt: "2026-12-11T12:00:00.000Z" };
  expect(stepDetail(due, "2026-12-10")).toEqual({ text: "A few questions · due tomorrow", late: false });
  expect(stepDetail(due, "2026-12-15").late).toBe(true);
  expect(stepDetail({ ...due, status: "completed", score: 85.4 }).text).toBe("A few questions · 85 of 100");
});

it("says how a step stands, and how far one is", () => {
  expect(stepState({ status: "open", reason: null }).word).toBe("To do");
  expect(stepState({ status: "open", reason: "Blurred." }).word).toBe("Needs another look");
  expect(stepState({ status: "in_review", reason: null }).word).toBe("With the team");
  const steps = (...list: ("completed" | "waived" | "in_review" | "open")[]) =>
    list.map((status) => ({ status }));
  expect(progressText(steps("completed", "in_review", "open"))).toBe("1 of 3 done, 1 with the team.");
  expect(progressText(steps("completed", "waived"))).toBe("All done. Thank you.");
});
