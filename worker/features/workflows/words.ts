/** Where a meeting of a stage action takes place. */
export const MEETING_MODES = ["Video", "Phone", "Onsite"] as const;
export type MeetingMode = (typeof MEETING_MODES)[number];

/** Whom a stage's mail or notification goes to. */
export const ACTION_RECIPIENTS = ["person", "team", "hiring_manager"] as const;
export type ActionRecipient = (typeof ACTION_RECIPIENTS)[number];

/** Whom a stage's task goes to, besides a named user. */
export const ASSIGNEES = ["recruiter", "hiring_manager", "mover"] as const;
