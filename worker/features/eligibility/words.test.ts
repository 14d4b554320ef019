import { expect, test } from "vitest";
import type { Missing } from "./schema";
import { lackWords } from "./words";

const NAMES = {
  stages: [{ key: "active", name: "Active" }],
  documentTypes: [{ key: "w9", name: "W-9" }],
  evaluationTypes: [{ key: "typing", name: "Typing test" }],
  steps: [{ id: "step_1", key: "nda", title: "Sign the NDA" }],
};
const lack = (about: Partial<Missing> & Pick<Missing, "kind">): Missing => ({
  state: "missing",
  text: "To the agent.",
  resolve: null,
  ...about,
});
const typing = lack({ kind: "evaluation", type: "typing", minScore: 80 });

test.each([
  [lack({ kind: "stage", min: "active" }), "The stage Active or a later one"],
  [lack({ kind: "stage", state: "excluded" }), "A place in the pool: their stage takes no part in campaigns"],
  [lack({ kind: "document", type: "w9" }), "An approved W-9"],
  [lack({ kind: "document", type: "w9", state: "pending" }), "An approved W-9 (it waits for review)"],
  [lack({ kind: "document", type: "w9", state: "rejected" }), "An approved W-9 (theirs was rejected)"],
  [lack({ kind: "document", type: "w9", state: "expired" }), "An approved W-9 (theirs is too old)"],
  [
    lack({ kind: "document", type: "gone", state: "unmeetable" }),
    "An approved gone, which no longer exists here",
  ],
  [typing, "80 or more in Typing test"],
  [{ ...typing, state: "low", score: 64 }, "80 or more in Typing test (has 64)"],
  [{ ...typing, state: "expired", score: 91 }, "80 or more in Typing test (has 91, too long ago)"],
  [lack({ kind: "onboarding" }), "The whole onboarding"],
  [lack({ kind: "onboarding", step: "nda" }), "The step Sign the NDA"],
  [lack({ kind: "onboarding", step: "step_1" }), "The step Sign the NDA"],
  [lack({ kind: "skill", name: "Chat" }), "The skill Chat"],
  [lack({ kind: "language", code: "fr" }), "French"],
  [lack({ kind: "language", code: "fr", level: "B2" }), "French at B2 or better"],
  [lack({ kind: "language", code: "fr", level: "native" }), "French as a first language"],
  [lack({ kind: "location", country: "CA" }), "Living in Canada"],
  [lack({ kind: "tag", name: "night" }), "The tag night"],
  [lack({ kind: "none", state: "excluded" }), "Something holds that keeps them out"],
] as const)("%o reads: %s", (missing, words) => {
  expect(lackWords(missing, NAMES)).toBe(words);
});

test("of several ways each is said, and of everybody nothing that is one person's", () => {
  const chat = lack({ kind: "skill", name: "Chat" });
  const low: Missing = { ...typing, state: "low", score: 64 };
  const ways = lack({ kind: "any", options: [[chat], [low, lack({ kind: "tag", name: "night" })]] });
  expect(lackWords(ways, NAMES)).toBe(
    "One of: the skill Chat; or 80 or more in Typing test (has 64) and the tag night",
  );
  expect(lackWords(ways, NAMES, false)).toBe(
    "One of: the skill Chat; or 80 or more in Typing test and the tag night",
  );
});
