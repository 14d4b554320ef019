import type { Evaluation } from "../../worker/features/evaluations/schema";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { PASS_SCORE } from "../../worker/features/onboarding/words";
import { worded } from "./json-form";

/** One's results of a type, newest first. */
export interface EvaluationGroup {
  key: string;
  name: string;
  max: number;
  /** What is needed, of a quiz. */
  pass: number | null;
  results: Evaluation[];
  /** What counts: the best one. */
  best: Evaluation | null;
  /** Null where nobody passes or fails, or where there is no result. */
  passed: boolean | null;
  /** The quiz of one's onboarding that gives a result of it. */
  quiz: OnboardingStep | null;
}

/** Results by their type; those with the newest result first, then what one may still get one of. */
export function groupsOf(
  evaluations: readonly Evaluation[],
  steps: readonly OnboardingStep[],
  asked: string | null,
): EvaluationGroup[] {
  const quizzes = steps.filter(({ kind }) => kind === "quiz");
  const quizOf = (key: string) => quizzes.find((step) => (step.evaluationType ?? step.key) === key) ?? null;
  const keys = new Set([
    ...[...evaluations].sort((a, b) => b.completedAt.localeCompare(a.completedAt)).map(({ type }) => type),
    ...quizzes.map((step) => step.evaluationType ?? step.key),
    ...(asked ? [asked] : []),
  ]);
  return [...keys].map((key) => {
    const results = evaluations
      .filter(({ type }) => type === key)
      .sort((a, b) => b.completedAt.localeCompare(a.completedAt));
    const quiz = quizOf(key);
    const name = results[0]?.typeName ?? quiz?.title ?? worded(key);
    const pass = quiz ? (quiz.passScore ?? PASS_SCORE) : null;
    const best = results.reduce<Evaluation | null>(
      (top, one) => (top === null || one.score > top.score ? one : top),
      null,
    );
    const passed = best && pass !== null ? best.score >= pass : (best?.passed ?? null);
    return { key, name, max: best?.maxScore ?? 100, pass, results, best, passed, quiz };
  });
}
