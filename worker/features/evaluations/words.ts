/** Who made an evaluation: somebody of the team, a quiz of the onboarding, or a system outside. */
export const EVALUATION_SOURCES = ["person", "quiz", "external"] as const;
export type EvaluationSource = (typeof EVALUATION_SOURCES)[number];

/** Who sees the results of a type besides the team. */
export const EVALUATION_VISIBILITY = ["team", "person"] as const;
export type EvaluationVisibility = (typeof EVALUATION_VISIBILITY)[number];

/** Marks that one person can be given by in a scorecard, at most. */
export const MOST_CRITERIA = 30;
