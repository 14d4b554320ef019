import { expect, it } from "vitest";
import type { Evaluation, EvaluationType } from "../../worker/features/evaluations/schema";
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
const type = {
  key: "call",
  name: "Test call",
  description: "A call.",
  minScore: 1,
  maxScore: 5,
  passScore: 4,
};

it("groups results by type, the newest first, with what counts and the way to get one", () => {
  const groups = groupsOf(
    [result("basics", 60, 1), result("basics", 90, 2), result("call", 3, 3)],
    [type as EvaluationType],
    [quiz as OnboardingStep],
    null,
  );
  expect(groups.map(({ key, best, quiz: step }) => [key, best?.score, step?.id])).toEqual([
    ["call", 3, undefined],
    ["basics", 90, "step_1"],
  ]);
  expect(groups[0]).toMatchObject({ name: "Test call", min: 1, max: 5, pass: 4 });
  expect(groups[1]?.results.map(({ score }) => score)).toEqual([90, 60]);
});

it("shows what was asked about though there is no result yet, unless nobody knows it", () => {
  expect(groupsOf([], [type as EvaluationType], [], "call")).toMatchObject([{ key: "call", best: null }]);
  expect(groupsOf([], [], [], "gone")).toEqual([]);
});
