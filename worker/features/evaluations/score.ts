import { invalid } from "../../lib/errors";
import type { EvaluationType, NewEvaluation } from "./schema";

export type Scale = Pick<EvaluationType, "name" | "minScore" | "maxScore" | "passScore" | "criteria">;
type Sent = Pick<NewEvaluation, "score" | "maxScore" | "marks">;

export interface Scored {
  /** On the type's scale. */
  score: number;
  /** Null where the type has no score to pass. */
  passed: boolean | null;
  marks: { key: string; label: string; score: number }[];
}

/**
 * What a result is on the scale of its type: as it was sent, brought over from another scale, or the weighted mean of
 * the marks of a scorecard. A pure function.
 * @throws DomainError `invalid`
 */
export function scoreOf(type: Scale, sent: Sent): Scored {
  const marks = sent.marks === undefined ? [] : marksOf(type, sent);
  const score = sent.marks === undefined ? plain(type, sent) : mean(type, marks);
  return { score, passed: passes(type, score), marks };
}

/** Whether a score is enough; null where the type has no score to pass. */
export const passes = ({ passScore }: Pick<Scale, "passScore">, score: number): boolean | null =>
  passScore === null ? null : score >= passScore;

function plain(type: Scale, { score, maxScore }: Sent): number {
  if (score === undefined) throw invalid("score", "Send a score, or the marks of a scorecard.");
  // Of a scale that ends where the type's ends it is the type's own.
  if (maxScore === undefined || maxScore === type.maxScore) {
    onScale(type, score, "score");
    return score;
  }
  if (score < 0 || score > maxScore)
    throw invalid("score", `A score of a scale that ends at ${maxScore} is between 0 and ${maxScore}.`);
  return rounded(type, type.minScore + (score / maxScore) * (type.maxScore - type.minScore));
}

function marksOf(type: Scale, { score, maxScore, marks = {} }: Sent): Scored["marks"] {
  if (score !== undefined || maxScore !== undefined)
    throw invalid("score", "Leave the score out: it follows from the marks.");
  if (type.criteria.length === 0)
    throw invalid("marks", `${type.name} has no scorecard. Send a score instead.`);
  const keys = type.criteria.map(({ key }) => key);
  const unknown = Object.keys(marks).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    throw invalid(`marks.${unknown}`, `The scorecard has no "${unknown}". It has: ${keys.join(", ")}.`);
  return type.criteria.map(({ key, label }) => {
    const mark = Object.hasOwn(marks, key) ? marks[key] : undefined;
    if (mark === undefined) throw invalid(`marks.${key}`, `A mark for "${label}" is missing.`);
    onScale(type, mark, `marks.${key}`);
    return { key, label, score: mark };
  });
}

function mean(type: Scale, marks: Scored["marks"]): number {
  const weights = type.criteria.reduce((sum, { weight }) => sum + weight, 0);
  const sum = type.criteria.reduce((all, { weight }, i) => all + weight * (marks[i]?.score ?? 0), 0);
  return rounded(type, sum / weights);
}

function onScale({ name, minScore, maxScore }: Scale, score: number, path: string): void {
  if (score < minScore || score > maxScore)
    throw invalid(path, `The scale of ${name} goes from ${minScore} to ${maxScore}.`);
}

/** To four places, and never beyond an end of the scale. */
function rounded({ minScore, maxScore }: Scale, score: number): number {
  return Math.min(Math.max(Math.round(score * 10_000) / 10_000, minScore), maxScore);
}
