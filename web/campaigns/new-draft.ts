import type { RequirementWords } from "../../worker/features/campaigns/schema";
import type { RequirementKind } from "../../worker/features/eligibility/schema";
import { type Draft, draft } from "./requirement-draft";

/** The score that a new requirement begins with: four fifths of the scale. */
export function usualScore({ minScore, maxScore }: { minScore: number; maxScore: number }): string {
  const point = minScore + (maxScore - minScore) * 0.8;
  return String(maxScore - minScore >= 10 ? Math.round(point) : Number(point.toFixed(1)));
}

/** What a new row of this kind asks for until somebody changes it. */
export function newDraft(kind: RequirementKind, words: RequirementWords): Draft {
  switch (kind) {
    case "stage": {
      const working = words.stages.find((stage) => stage.kind === "hired") ?? words.stages[0];
      return draft(kind, working?.key);
    }
    case "document":
      return draft(kind, words.documentTypes[0]?.key);
    case "evaluation": {
      const [first] = words.evaluationTypes;
      return draft(kind, first?.key, first ? { score: usualScore(first) } : {});
    }
    case "language":
      return draft(kind, "en");
    case "location":
      return draft(kind, "US");
    default:
      return draft(kind);
  }
}
