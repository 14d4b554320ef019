import { expect, it } from "vitest";
import type { Evaluation } from "../../worker/features/evaluations/schema";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { groupsOf } from "./evaluation-groups";

const result = (type: string, score: number, day: number) =>
  ({
    id: `${type}${day}`,
    type,
    typeName: type,
    score,
    maxScore: 100,
    completedAt: `2026-01-0${day}`,
  }) as Evaluation;
const quiz = {
  id: "step_1",
  key: "basics",
  title: "Basics",
  kind: "quiz",
  evaluationType: null,
  passScore: 80,
};

it("groups results by type, the newest first, with what counts and the way to get one", () => {
  const groups = groupsOf(
    [result("basics", 60, 1), result("basics", 90, 2), { ...result("call", 3, 3), passed: false }],
    [quiz as OnboardingStep],
    null,
  );
  expect(groups.map(({ key, best, passed, quiz: step }) => [key, best?.score, passed, step?.id])).toEqual([
    ["call", 3, false, undefined],
    ["basics", 90, true, "step_1"],
  ]);
  expect(groups[1]?.results.map(({ score }) => score)).toEqual([90, 60]);
});

it("shows what was asked about though there is no result yet", () => {
  expect(groupsOf([], [], "test_call")).toMatchObject([{ key: "test_call", name: "Test call", best: null }]);
  expect(groupsOf([], [quiz as OnboardingStep], "basics")).toMatchObject([{ name: "Basics", pass: 80 }]);
});
