import { expect, test } from "vitest";
import type { EvaluationType } from "../../worker/features/evaluations/schema";
import { scoreOf, scoreWords, stepsOf } from "./scorecard";
import { draftOf, faultsOf, keyFrom, NEW_TYPE, newCriterion, numberOf, toChange, toNew } from "./type-fields";

const type: EvaluationType = {
  key: "trial_day",
  name: "Trial day",
  description: null,
  minScore: 1,
  maxScore: 5,
  passScore: 3.5,
  criteria: [
    { key: "craft", label: "Craft", weight: 2 },
    { key: "manner", label: "Manner", weight: 1 },
  ],
  visibility: "team",
  archived: false,
  version: 1,
};

test("the score is the weighted mean of the marks so far", () => {
  expect(scoreOf(type, {})).toBeNull();
  expect(scoreOf(type, { manner: 2 })).toBe(2);
  expect(scoreOf(type, { manner: 2, craft: 5 })).toBe(4);
  expect(scoreWords(10 / 3)).toBe("3.3");
});

test("a short scale of whole numbers has a key a mark", () => {
  expect(stepsOf(type)).toEqual([1, 2, 3, 4, 5]);
  expect(stepsOf({ minScore: 0, maxScore: 100 })).toBeNull();
  expect(stepsOf({ minScore: 0, maxScore: 2.5 })).toBeNull();
});

test("a type that nobody touched changes nothing; a renamed line keeps its key", () => {
  const before = draftOf(type);
  expect(faultsOf(before)).toEqual({});
  expect(toChange(draftOf(type), before)).toEqual({});
  const criteria = [
    ...before.criteria.map((one) => (one.key === "craft" ? { ...one, label: "Skill" } : one)),
    { ...newCriterion(), label: "Craft", weight: "0,5" },
  ];
  expect(toChange({ ...before, criteria }, before)).toEqual({
    criteria: [
      { key: "craft", label: "Skill", weight: 2 },
      { key: "manner", label: "Manner", weight: 1 },
      { key: "craft_2", label: "Craft", weight: 0.5 },
    ],
  });
});

test("a scale, a pass score and lines that can't be are named", () => {
  expect(faultsOf({ ...NEW_TYPE, name: "T" })).toEqual({});
  expect(Object.keys(faultsOf({ ...NEW_TYPE, minScore: "5", maxScore: "5" }))).toEqual(["name", "maxScore"]);
  expect(faultsOf({ ...NEW_TYPE, name: "T", passScore: "101" }).passScore).toBe(
    "Write a number from 0 to 100.",
  );
  expect(faultsOf({ ...NEW_TYPE, name: "T", criteria: [newCriterion()] }).criteria).toMatch(
    /Name every line/,
  );
  expect(numberOf("3,5")).toBe(3.5);
  expect(numberOf("3x")).toBeNull();
});

test("a new type gets a key from its name", () => {
  expect(toNew({ ...NEW_TYPE, name: " Trial day 2 " })).toMatchObject({
    key: "trial_day_2",
    name: "Trial day 2",
  });
  expect(keyFrom("Über", ["uber"])).toBe("uber_2");
});
