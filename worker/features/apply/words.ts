/** The parts of the public form, in their order; `viewed` and `sent` stand for the page itself. */
export const APPLY_STEPS = ["viewed", "started", "cv", "about", "questions", "review", "sent"] as const;
export type ApplyStep = (typeof APPLY_STEPS)[number];

/** Days that a draft is kept after its last change. */
export const DRAFT_DAYS = 14;
/** Files that one application may bring, the CV included. */
export const APPLY_FILES_MOST = 10;

export const HELD_STATUSES = ["waiting", "accepted", "discarded"] as const;
export type HeldStatus = (typeof HELD_STATUSES)[number];
