import { expect, test } from "vitest";
import type { RequirementWords } from "../../worker/features/campaigns/schema";
import { leafWords, linesOf } from "./requirement-words";

const WORDS: RequirementWords = {
  stages: [{ key: "active", name: "Active", kind: "hired" }],
  documentTypes: [{ key: "w9", name: "W-9" }],
  evaluationTypes: [{ key: "typing", name: "Typing test", minScore: 0, maxScore: 100 }],
  steps: [{ id: "step_1", key: "nda", title: "Sign the NDA" }],
  skills: [],
  tags: [],
};

test.each([
  [{ kind: "stage", min: "active" }, "stands in Active or later"],
  [{ kind: "document", type: "w9" }, "has an approved W-9"],
  [{ kind: "document", type: "w9", maxAgeDays: 365 }, "has an approved W-9, at most 365 days old"],
  [{ kind: "document", type: "gone" }, "has an approved gone"],
  [
    { kind: "evaluation", type: "typing", minScore: 80, maxAgeDays: 1 },
    "has 80 or more in Typing test, at most 1 day old",
  ],
  [{ kind: "onboarding" }, "has finished the onboarding"],
  [{ kind: "onboarding", step: "nda" }, "has completed the step Sign the NDA"],
  [{ kind: "onboarding", step: "step_1" }, "has completed the step Sign the NDA"],
  [{ kind: "language", code: "en" }, "speaks English"],
  [{ kind: "language", code: "de", level: "B2" }, "speaks German at B2 or better"],
  [{ kind: "language", code: "de", level: "native" }, "speaks German as a first language"],
  [{ kind: "location", country: "US" }, "lives in United States"],
  [{ kind: "skill", name: "chat" }, "has the skill chat"],
  [{ kind: "tag", name: "night" }, "is tagged night"],
] as const)("%o reads: %s", (leaf, words) => {
  expect(leafWords(leaf, WORDS)).toBe(words);
});

test("groups stand over what they hold, the outermost one only where it is another than all", () => {
  const tag = (name: string) => ({ kind: "tag" as const, name });
  expect(linesOf({ all: [] }, WORDS)).toEqual([]);
  expect(linesOf({ all: [tag("a"), { any: [tag("b")] }] }, WORDS)).toEqual([
    { text: "is tagged a", depth: 0, head: false, barred: false },
    { text: "meets any of these:", depth: 0, head: true, barred: false },
    { text: "is tagged b", depth: 1, head: false, barred: false },
  ]);
  expect(linesOf({ none: [tag("a")] }, WORDS)).toEqual([
    { text: "meets none of these:", depth: 0, head: true, barred: false },
    { text: "is tagged a", depth: 1, head: false, barred: true },
  ]);
});
