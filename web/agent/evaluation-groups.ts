import type { Evaluation, EvaluationType } from "../../worker/features/evaluations/schema";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";

/** One's results of a type, newest first. */
export interface EvaluationGroup {
  key: string;
  name: string;
  description: string | null;
  min: number;
  max: number;
  pass: number | null;
  results: Evaluation[];
  /** What counts: the best one. */
  best: Evaluation | null;
  /** The quiz of one's onboarding that gives a result of it. */
  quiz: OnboardingStep | null;
}

/** Results by their type; those with the newest result first, then what one may still get one of. */
export function groupsOf(
  evaluations: readonly Evaluation[],
  types: readonly EvaluationType[],
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
  return [...keys].flatMap((key) => {
    const results = evaluations
      .filter(({ type }) => type === key)
      .sort((a, b) => b.completedAt.localeCompare(a.completedAt));
    const type = types.find((one) => one.key === key);
    const quiz = quizOf(key);
    const name = type?.name ?? results[0]?.typeName ?? quiz?.title;
    if (!name) return [];
    const best = results.reduce<Evaluation | null>(
      (top, one) => (top === null || one.score > top.score ? one : top),
      null,
    );
    return [
      {
        key,
        name,
        description: type?.description ?? null,
        min: type?.minScore ?? 0,
        max: type?.maxScore ?? results[0]?.maxScore ?? 100,
        pass: type?.passScore ?? quiz?.passScore ?? null,
        results,
        best,
        quiz,
      },
    ];
  });
}
