import { expect, test } from "vitest";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { newField } from "./form-fields";
import { newQuestion, quizFaults, sentQuestions } from "./quiz";
import { draftOf, faultsOf, newDraft, toChange, toNew } from "./step-draft";

const stored: OnboardingStep = {
  id: "step_1",
  key: "safety",
  title: "Safety",
  kind: "quiz",
  description: null,
  schema: null,
  documentType: null,
  text: null,
  url: null,
  questions: [
    { key: "q1", label: "Where is the exit?", options: ["Left", "Right"] },
    { key: "q3", label: "The number to call?" },
  ],
  passScore: 90,
  evaluationType: "safety",
  dependsOn: ["step_0"],
  dueDays: 7,
  appliesTo: { none: [{ kind: "tag", name: "left" }] },
  order: 1,
  version: 3,
  status: null,
  dueAt: null,
  completedAt: null,
  score: null,
  attempts: null,
  waitsFor: null,
  reason: null,
  hasCopy: null,
  hasTemplate: false,
};

test("a stored quiz that nobody touched has no faults and changes nothing", () => {
  const before = draftOf(stored);
  expect(faultsOf(before)).toEqual({});
  expect(toChange(draftOf(stored), before)).toEqual({});
});

test("answers that are kept are not sent, a new one is, and new questions get keys that are free", () => {
  const draft = draftOf(stored);
  const questions = [
    ...draft.questions.map((one) => (one.key === "q1" ? { ...one, right: 1 } : one)),
    { ...newQuestion(), label: "Who leads?", options: null, right: "The foreman" },
  ];
  expect(toChange({ ...draft, questions }, draft)).toEqual({
    questions: [
      { key: "q1", label: "Where is the exit?", options: ["Left", "Right"], answer: "Right" },
      { key: "q3", label: "The number to call?" },
      { key: "q2", label: "Who leads?", answer: "The foreman" },
    ],
  });
});

test("a question asks for words, two options that differ, and the right one", () => {
  const bare = newQuestion();
  const worded = { ...newQuestion(), label: "Why?" };
  const twins = { ...worded, id: "t", options: ["A", "A"] };
  const unmarked = { ...worded, id: "u", options: ["A", "B"] };
  const gone = { ...worded, id: "g", options: ["A", "B", " "], right: 2 };
  const faults = quizFaults([bare, worded, twins, unmarked, gone]);
  expect([...faults.values()]).toEqual([
    "Write the question.",
    "Write at least two options.",
    "Two options are the same.",
    "Mark the option that is right.",
    "Mark the option that is right.",
  ]);
  expect(sentQuestions([{ ...unmarked, options: ["A", "", "B"], right: 2 }])[0]).toEqual({
    key: "q1",
    label: "Why?",
    options: ["A", "B"],
    answer: "B",
  });
});

test("each kind asks for its own part, and for nothing of the others", () => {
  expect(Object.keys(faultsOf(newDraft("form")))).toEqual(["title", "fields"]);
  expect(Object.keys(faultsOf(newDraft("document")))).toEqual(["title", "documentType"]);
  expect(Object.keys(faultsOf(newDraft("acknowledgement")))).toEqual(["title", "text"]);
  expect(Object.keys(faultsOf(newDraft("video")))).toEqual(["title", "url"]);
  expect(Object.keys(faultsOf(newDraft("quiz")))).toEqual(["title", "questions"]);
  expect(faultsOf({ ...newDraft("external"), title: "Drug test", url: "https://lab.example/go" })).toEqual(
    {},
  );
  expect(faultsOf({ ...newDraft("form"), title: "T", json: "{", dueDays: "1.5" })).toMatchObject({
    json: expect.any(String),
    dueDays: expect.any(String),
  });
});

test("a new form is sent with its schema, for everybody", () => {
  const draft = {
    ...newDraft("form"),
    title: " Pay ",
    fields: [{ ...newField("text"), label: "Bank" }],
    dueDays: "3",
  };
  expect(toNew(draft)).toMatchObject({
    title: "Pay",
    kind: "form",
    description: null,
    dueDays: 3,
    dependsOn: [],
    appliesTo: null,
    schema: { properties: { bank: { title: "Bank" } }, required: ["bank"] },
  });
});
