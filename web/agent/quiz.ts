import type { OnboardingStep } from "../../worker/features/onboarding/schema";

export type QuizQuestion = NonNullable<OnboardingStep["questions"]>[number];

/** Answers by the key of their question, as they are typed or chosen. */
export type Answers = Record<string, string>;

/** The first question without an answer; the last one where all have one. */
export function firstOpen(questions: readonly QuizQuestion[], answers: Answers): number {
  const at = questions.findIndex(({ key }) => !answers[key]?.trim());
  return at < 0 ? Math.max(0, questions.length - 1) : at;
}

/** What is sent: the answers as they were chosen or typed, without spaces around them. */
export function answersOf(questions: readonly QuizQuestion[], answers: Answers): Answers {
  return Object.fromEntries(questions.map(({ key }) => [key, answers[key]?.trim() ?? ""]));
}

/** How a score is told. */
export function scoreText(score: number, passScore: number): string {
  return `${Math.round(score)} of 100; ${passScore} are needed.`;
}
