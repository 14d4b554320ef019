import type {
  FormSchema,
  NewOnboardingStep,
  OnboardingStep,
  OnboardingStepChange,
} from "../../worker/features/onboarding/schema";
import { PASS_SCORE, type StepKind } from "../../worker/features/onboarding/words";
import { type Audience, audienceFaults, audienceOf, EVERYBODY, requirementOf } from "./applies-to";
import { type FormField, fieldFaults, fieldsOf, schemaOf } from "./form-fields";
import { type QuizQuestion, questionsOf, quizFaults, sentQuestions } from "./quiz";

/** A step while it is written. */
export interface StepDraft {
  kind: StepKind;
  title: string;
  description: string;
  dueDays: string;
  dependsOn: string[];
  /** Null where it says more than conditions can: it stays as it is. */
  audience: Audience | null;
  fields: FormField[];
  /** The schema as JSON, where fields can't show it. */
  json: string | null;
  documentType: string;
  text: string;
  url: string;
  questions: QuizQuestion[];
  passScore: string;
}

/** A step that nobody has written yet. */
export function newDraft(kind: StepKind): StepDraft {
  return {
    kind,
    title: "",
    description: "",
    dueDays: "",
    dependsOn: [],
    audience: EVERYBODY,
    fields: [],
    json: null,
    documentType: "",
    text: "",
    url: "",
    questions: [],
    passScore: String(PASS_SCORE),
  };
}

/** A stored step, to be changed. */
export function draftOf(step: OnboardingStep): StepDraft {
  const fields = fieldsOf(step.schema);
  return {
    kind: step.kind,
    title: step.title,
    description: step.description ?? "",
    dueDays: step.dueDays === null ? "" : String(step.dueDays),
    dependsOn: step.dependsOn,
    audience: audienceOf(step.appliesTo),
    fields: fields ?? [],
    json: fields ? null : JSON.stringify(step.schema, null, 2),
    documentType: step.documentType ?? "",
    text: step.text ?? "",
    url: step.url ?? "",
    questions: questionsOf(step),
    passScore: String(step.passScore ?? PASS_SCORE),
  };
}

/** Parts of a step that can be wrong, in the order in which they stand on the screen. */
export type Part =
  | "title"
  | "fields"
  | "json"
  | "documentType"
  | "text"
  | "url"
  | "questions"
  | "passScore"
  | "dueDays"
  | "audience";
export type Faults = Partial<Record<Part, string>>;

/** A schema written by hand; null where it is none. */
export function readJson(text: string): FormSchema | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as FormSchema)
      : null;
  } catch {
    return null;
  }
}

/** The days of a text; null for none, and what is no whole number within bounds is NaN. */
export function daysOf(text: string, most: number): number | null {
  const word = text.trim();
  if (word === "") return null;
  const number = /^\d+$/.test(word) ? Number(word) : Number.NaN;
  return number >= 1 && number <= most ? number : Number.NaN;
}

/** What has to be mended before a step can be saved. */
export function faultsOf(draft: StepDraft): Faults {
  const faults: Faults = {};
  if (draft.title.trim() === "") faults.title = "Write a title.";
  if (draft.kind === "form") {
    if (draft.json !== null) {
      if (!readJson(draft.json)) faults.json = "This is no JSON object: a quote or a comma may be missing.";
    } else if (draft.fields.length === 0) faults.fields = "Add at least one field.";
    else if (fieldFaults(draft.fields).size > 0) faults.fields = "Some fields are not finished.";
  }
  if (draft.kind === "document" && draft.documentType === "") faults.documentType = "Choose the document.";
  if (draft.kind === "acknowledgement" && draft.text.trim() === "")
    faults.text = "Write the text that is signed.";
  if (
    (draft.kind === "video" || draft.kind === "external") &&
    !/^https?:\/\/\S+\.\S+$/i.test(draft.url.trim())
  )
    faults.url = "Write a whole address, like https://example.com/safety.";
  if (draft.kind === "quiz") {
    if (draft.questions.length === 0) faults.questions = "Add at least one question.";
    else if (quizFaults(draft.questions).size > 0) faults.questions = "Some questions are not finished.";
    const score = draft.passScore.trim();
    if (!/^\d+(\.\d+)?$/.test(score) || Number(score) > 100)
      faults.passScore = "Write a number from 0 to 100.";
  }
  if (Number.isNaN(daysOf(draft.dueDays, 365)))
    faults.dueDays = "Write a whole number of days from 1 to 365, or nothing.";
  if (draft.audience && audienceFaults(draft.audience).size > 0)
    faults.audience = "Some conditions are not finished.";
  return faults;
}

/** What a kind of step has of its own. */
function ownOf(draft: StepDraft): OnboardingStepChange {
  switch (draft.kind) {
    case "form":
      return { schema: draft.json === null ? schemaOf(draft.fields) : readJson(draft.json) };
    case "document":
      return { documentType: draft.documentType };
    case "acknowledgement":
      return { text: draft.text.trim() };
    case "quiz":
      return { questions: sentQuestions(draft.questions), passScore: Number(draft.passScore) };
    default:
      return { url: draft.url.trim() };
  }
}

/** A new step as it is sent; the draft has no faults. */
export function toNew(draft: StepDraft): NewOnboardingStep {
  return {
    title: draft.title.trim(),
    kind: draft.kind,
    description: draft.description.trim() || null,
    dueDays: daysOf(draft.dueDays, 365),
    dependsOn: draft.dependsOn,
    ...(draft.audience ? { appliesTo: requirementOf(draft.audience) } : {}),
    ...ownOf(draft),
  };
}

/** Only what differs, so that nothing is said about what nobody touched. */
export function toChange(draft: StepDraft, before: StepDraft): OnboardingStepChange {
  const { kind: _kind, ...now } = toNew(draft);
  const { kind: _was, ...then } = toNew(before);
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name as keyof typeof then]),
  );
  return Object.fromEntries(changed);
}
