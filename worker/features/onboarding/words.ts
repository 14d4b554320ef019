export const STEP_KINDS = ["form", "document", "acknowledgement", "video", "quiz", "external"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** How a step stands for an agent: locked by another one, to be done, with the team, done. */
export const STEP_STATUSES = ["locked", "open", "in_review", "completed", "waived"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export const MOST_STEPS = 60;
export const MOST_QUESTIONS = 50;
/** The longest text that is signed, in characters. */
export const MOST_TEXT = 20_000;
/** The score that a quiz asks for where its step says none, of 100. */
export const PASS_SCORE = 80;

/** The key of the pool's stage from which the last step moves people on. */
export const ONBOARDING_STAGE = "onboarding";
/** Of a form: the longest schema and the longest answer, in characters of JSON, and how deep a schema nests. */
export const MOST_SCHEMA = 20_000;
export const MOST_SCHEMA_DEPTH = 12;
export const MOST_FORM_DATA = 50_000;
export const MOST_SIGNATURE = 200;
