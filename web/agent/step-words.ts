import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import type { StepKind } from "../../worker/features/onboarding/words";
import type { IconName, Tone } from "../ui";
import { dueText, localDay } from "./days";

/** What each kind of step asks of one, in a few words, and what begins it. */
export const STEP_KINDS: Record<StepKind, { icon: IconName; what: string; begin: string }> = {
  form: { icon: "pencil", what: "A form", begin: "Fill it in" },
  document: { icon: "upload", what: "A document", begin: "Send it" },
  acknowledgement: { icon: "file-check", what: "To read and sign", begin: "Read and sign" },
  video: { icon: "eye", what: "To watch or read", begin: "Open it" },
  quiz: { icon: "list-todo", what: "A few questions", begin: "Begin" },
  external: { icon: "external-link", what: "On another site", begin: "Open it" },
};

/** How a step stands, in a word. */
export function stepState(step: Pick<OnboardingStep, "status" | "reason">): {
  tone: Tone;
  icon?: IconName;
  word: string;
} {
  switch (step.status) {
    case "completed":
      return { tone: "good", word: "Done" };
    case "waived":
      return { tone: "plain", icon: "circle-check", word: "Not needed" };
    case "in_review":
      return { tone: "warn", word: "With the team" };
    case "locked":
      return { tone: "plain", icon: "lock", word: "Later" };
    default:
      return step.reason ? { tone: "bad", word: "Needs another look" } : { tone: "info", word: "To do" };
  }
}

export const isOver = ({ status }: Pick<OnboardingStep, "status">) =>
  status === "completed" || status === "waived";

/** What stands under a step's title: what it is, what it waits for, until when. */
export function stepDetail(
  step: Pick<OnboardingStep, "kind" | "status" | "waitsFor" | "dueAt" | "score">,
  today?: string,
): { text: string; late: boolean } {
  const what = STEP_KINDS[step.kind].what;
  if (isOver(step)) {
    const score = step.kind === "quiz" && step.score !== null ? ` · ${Math.round(step.score)} of 100` : "";
    return { text: what + score, late: false };
  }
  if (step.status === "locked" && step.waitsFor?.length) {
    return { text: `After ${step.waitsFor.join(" and ")}`, late: false };
  }
  if (!step.dueAt || step.status === "in_review") return { text: what, late: false };
  const due = dueText(localDay(Date.parse(step.dueAt)), today);
  return { text: `${what} · ${due.text}`, late: due.late };
}

/** How far one is, as a sentence. */
export function progressText(steps: readonly Pick<OnboardingStep, "status">[]): string {
  const done = steps.filter(isOver).length;
  const review = steps.filter(({ status }) => status === "in_review").length;
  if (done === steps.length) return "All done. Thank you.";
  const rest = review > 0 ? `, ${review} with the team` : "";
  return `${done} of ${steps.length} done${rest}.`;
}
