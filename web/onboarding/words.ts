import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import type { StepKind, StepStatus } from "../../worker/features/onboarding/words";
import type { IconName, Tone } from "../ui";
import { type Audience, audienceOf, type Condition } from "./applies-to";
import type { FieldKind } from "./form-fields";

export const STEPS = "/api/onboarding/steps";

export const KIND_WORDS: Record<StepKind, { icon: IconName; word: string; long: string }> = {
  form: { icon: "list", word: "Form", long: "Asks for facts, in fields that you build" },
  document: { icon: "file-text", word: "Document", long: "Asks for a file, which the team reviews" },
  acknowledgement: { icon: "pencil", word: "Acknowledgement", long: "A text that is signed by typed name" },
  video: {
    icon: "monitor",
    word: "Video or reading",
    long: "Something to watch or read, then marked as done",
  },
  quiz: { icon: "list-todo", word: "Quiz", long: "Questions with right answers and a score to reach" },
  external: {
    icon: "external-link",
    word: "External step",
    long: "Happens at somebody else’s, who confirms it by webhook",
  },
};

export const FIELD_WORDS: Record<FieldKind, string> = {
  text: "Text",
  long_text: "Long text",
  number: "Number",
  date: "Date",
  yes_no: "Yes or no",
  one_of: "One of several",
  several_of: "Several of a list",
  email: "E-mail address",
  link: "Link",
};

export const STATUS_WORDS: Record<StepStatus, { tone: Tone; word: string; icon?: IconName }> = {
  locked: { tone: "plain", word: "Locked", icon: "lock" },
  open: { tone: "info", word: "To do" },
  in_review: { tone: "warn", word: "To review" },
  completed: { tone: "good", word: "Done" },
  waived: { tone: "plain", word: "Waived", icon: "check" },
};

export const days = (count: number) => (count === 1 ? "1 day" : `${count} days`);
const many = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

/** How long a document of some type is good, as a part of a sentence. */
export const goodFor = (validDays: number | null) =>
  validDays === null ? "good for ever once approved" : `good for ${days(validDays)} once approved`;

function nameOf(kind: "region" | "language", code: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: kind }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A condition as a part of a sentence that begins "for agents who". */
export function conditionWords({ kind, value }: Condition): string {
  if (kind === "location") return `live in ${nameOf("region", value.toUpperCase())}`;
  if (kind === "language") return `speak ${nameOf("language", value.toLowerCase())}`;
  return kind === "skill" ? `know ${value}` : `are tagged ${value}`;
}

/** Whom a step is for, in words; nothing where it is for everybody. */
export function audienceWords(step: Pick<OnboardingStep, "appliesTo">): string | null {
  const audience: Audience | null = audienceOf(step.appliesTo);
  if (!audience) return "for agents who meet its own conditions";
  if (audience.conditions.length === 0) return null;
  const parts = audience.conditions.map(conditionWords);
  return `for agents who ${parts.join(audience.mode === "all" ? " and " : " or ")}`;
}

/** What a step asks for, in a few words. */
export function askedOf(step: OnboardingStep, typeName: (key: string) => string): string {
  switch (step.kind) {
    case "form":
      return many(Object.keys((step.schema?.properties as object | undefined) ?? {}).length, "field");
    case "document":
      return step.documentType ? typeName(step.documentType) : "No document type";
    case "quiz":
      return `${many(step.questions?.length ?? 0, "question")}, ${step.passScore ?? 80} of 100 to pass`;
    case "acknowledgement":
      return many((step.text ?? "").split(/\s+/).filter(Boolean).length, "word");
    default:
      return step.url ? hostOf(step.url) : "No address";
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
