import type { OnboardingStep, Question } from "../../worker/features/onboarding/schema";

/** A question of a quiz while it is written. */
export interface QuizQuestion {
  id: string;
  /** Empty until it is stored. */
  key: string;
  label: string;
  /** Null where the answer is typed. */
  options: string[] | null;
  /** The place of the right option, or the words that are right; null keeps the answer that is stored. */
  right: number | string | null;
  /** The server has its right answer, which it never sends back. */
  kept: boolean;
}

let made = 0;
const newId = () => `z${++made}`;

/** A question that nobody has written yet. */
export function newQuestion(): QuizQuestion {
  return { id: newId(), key: "", label: "", options: ["", ""], right: null, kept: false };
}

/** Stored questions, to be changed. */
export function questionsOf(step: Pick<OnboardingStep, "questions">): QuizQuestion[] {
  return (step.questions ?? []).map(({ key, label, options }) => ({
    id: newId(),
    key,
    label,
    options: options ?? null,
    right: null,
    kept: true,
  }));
}

/** What has to be mended, by the questions' ids. */
export function quizFaults(questions: readonly QuizQuestion[]): Map<string, string> {
  const faults = new Map<string, string>();
  for (const { id, label, options, right, kept } of questions) {
    const written = options?.map((one) => one.trim()).filter(Boolean);
    const chosen = typeof right === "number" ? options?.[right]?.trim() : right?.trim();
    if (label.trim() === "") faults.set(id, "Write the question.");
    else if (written && written.length < 2) faults.set(id, "Write at least two options.");
    else if (written && new Set(written).size < written.length) faults.set(id, "Two options are the same.");
    else if (!chosen && !(kept && right === null))
      faults.set(id, options ? "Mark the option that is right." : "Write the answer that is right.");
  }
  return faults;
}

/** Questions as they are sent; without a new answer the one that is stored stays. */
export function sentQuestions(questions: readonly QuizQuestion[]): Question[] {
  const taken = new Set(questions.map(({ key }) => key));
  let next = 1;
  const fresh = () => {
    while (taken.has(`q${next}`)) next += 1;
    const key = `q${next}`;
    taken.add(key);
    return key;
  };
  return questions.map(({ key, label, options, right }) => {
    const answer = typeof right === "number" ? options?.[right]?.trim() : right?.trim();
    return {
      key: key || fresh(),
      label: label.trim(),
      ...(options ? { options: options.map((one) => one.trim()).filter(Boolean) } : {}),
      ...(answer ? { answer } : {}),
    };
  });
}
