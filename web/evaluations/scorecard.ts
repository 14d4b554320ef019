import type { EvaluationType } from "../../worker/features/evaluations/schema";

/** Marks by the keys of their lines. */
export type Marks = Readonly<Record<string, number>>;

/** The weighted mean of the marks that were given, on the type's scale; null while there is none. */
export function scoreOf({ criteria }: Pick<EvaluationType, "criteria">, marks: Marks): number | null {
  let sum = 0;
  let weights = 0;
  for (const { key, weight } of criteria) {
    const mark = marks[key];
    if (mark === undefined) continue;
    sum += mark * weight;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

/** The marks that can be given by one key each; null where the scale is too long or has fractions. */
export function stepsOf({
  minScore,
  maxScore,
}: Pick<EvaluationType, "minScore" | "maxScore">): number[] | null {
  if (!Number.isInteger(minScore) || !Number.isInteger(maxScore) || maxScore - minScore > 10) return null;
  return Array.from({ length: maxScore - minScore + 1 }, (_, at) => minScore + at);
}

/** A score with at most one digit after the point. */
export const scoreWords = (score: number) => String(Math.round(score * 10) / 10);

/** How far a score is on its scale, from 0 to 1. */
export function partOf(
  score: number,
  { minScore, maxScore }: Pick<EvaluationType, "minScore" | "maxScore">,
): number {
  return Math.min(1, Math.max(0, (score - minScore) / (maxScore - minScore)));
}
