import { describe, expect, it } from "vitest";
import { type Known, type Paper, progressOf } from "./progress";
import type { DoneRow, StepRow } from "./table";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 26);

const step = (id: string, more: Partial<StepRow> = {}): StepRow => ({
  id,
  orgId: "org_1",
  key: id,
  title: id.toUpperCase(),
  kind: "video",
  description: null,
  schema: null,
  documentType: null,
  text: null,
  url: null,
  questions: null,
  passScore: null,
  evaluationType: null,
  dependsOn: [],
  dueDays: null,
  appliesTo: null,
  position: 0,
  removedAt: null,
  version: 1,
  changeId: null,
  createdAt: NOW,
  updatedAt: NOW,
  ...more,
});
const done = (stepId: string, status: DoneRow["status"], more: Partial<DoneRow> = {}): DoneRow => ({
  id: `done_${stepId}`,
  orgId: "org_1",
  agentId: "agt_1",
  stepId,
  status,
  data: {},
  score: null,
  attempts: 0,
  documentId: null,
  copy: null,
  seal: null,
  reason: null,
  completedAt: status === "completed" || status === "waived" ? NOW : null,
  changeId: null,
  createdAt: NOW,
  updatedAt: NOW,
  ...more,
});
const paper = (type: string, status: Paper["status"], more: Partial<Paper> = {}): Paper => ({
  id: `doc_${type}`,
  type,
  status,
  reason: null,
  reviewedAt: status === "pending" ? null : NOW,
  createdAt: NOW,
  expiresAt: null,
  ...more,
});
const ask = (known: Partial<Known>) =>
  progressOf({ steps: [], done: [], papers: [], since: null, now: NOW, ...known });
const words = (known: Partial<Known>) =>
  ask(known)
    .standings.map(({ step: { id }, status }) => `${id}:${status}`)
    .join(" ");

const chain = [step("a"), step("b", { dependsOn: ["a"] }), step("c", { dependsOn: ["a", "b"] })];
const w9 = step("w9", { kind: "document", documentType: "w9" });

describe("the standing of steps", () => {
  it.each<[string, Partial<Known>, string, string | null, boolean]>([
    ["nothing applies", {}, "", null, true],
    ["nothing was done", { steps: chain }, "a:open b:locked c:locked", "a", false],
    [
      "the first is done",
      { steps: chain, done: [done("a", "completed")] },
      "a:completed b:open c:locked",
      "b",
      false,
    ],
    [
      "a waiver unlocks",
      { steps: chain, done: [done("a", "waived")] },
      "a:waived b:open c:locked",
      "b",
      false,
    ],
    ["a try doesn't", { steps: chain, done: [done("a", "tried")] }, "a:open b:locked c:locked", "a", false],
    [
      "all are done",
      { steps: chain, done: [done("a", "completed"), done("b", "waived"), done("c", "completed")] },
      "a:completed b:waived c:completed",
      null,
      true,
    ],
    ["what was taken away locks nothing", { steps: chain.slice(1) }, "b:open c:locked", "b", false],
    ["a document is missing", { steps: [w9] }, "w9:open", "w9", false],
    ["it waits for review", { steps: [w9], papers: [paper("w9", "pending")] }, "w9:in_review", null, false],
    ["it is approved", { steps: [w9], papers: [paper("w9", "approved")] }, "w9:completed", null, true],
    ["another one is", { steps: [w9], papers: [paper("nda", "approved")] }, "w9:open", "w9", false],
    [
      "it has expired, though it was noted as done",
      { steps: [w9], done: [done("w9", "completed")], papers: [paper("w9", "approved", { expiresAt: NOW })] },
      "w9:open",
      "w9",
      false,
    ],
    [
      "another approved one stands",
      { steps: [w9], papers: [paper("w9", "rejected"), paper("w9", "approved", { expiresAt: NOW + 1 })] },
      "w9:completed",
      null,
      true,
    ],
  ])("%s", (_, known, expected, next, complete) => {
    expect(words(known)).toBe(expected);
    expect(ask(known).next?.step.id ?? null).toBe(next);
    expect(ask(known).complete).toBe(complete);
  });

  it("names what locks a step, and why one is open again", () => {
    expect(ask({ steps: chain }).standings[2]?.waitsFor).toEqual(["A", "B"]);
    const rejected = paper("w9", "rejected", { reason: "Too dark." });
    expect(ask({ steps: [w9], papers: [rejected] }).standings[0]?.reason).toBe("Too dark.");
    const reopened = done("a", "tried", { reason: "Please sign again." });
    expect(ask({ steps: chain, done: [reopened] }).standings[0]?.reason).toBe("Please sign again.");
  });

  it("is due so many days after the onboarding began, and never while it hasn't", () => {
    const steps = [step("a", { dueDays: 3 })];
    expect(ask({ steps, since: NOW }).standings[0]?.dueAt).toBe(NOW + 3 * DAY);
    expect(ask({ steps }).standings[0]?.dueAt).toBeNull();
  });
});
