/** What a bulk action does to each of the chosen applications. */
export const BULK_ACTIONS = ["move", "reject", "tag", "email", "archive"] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Applications that one bulk action takes. */
export const BULK_MOST = 500;

/** Seconds a bulk action can be taken back, and its mails wait. */
export const BULK_UNDO_SECONDS = 600;
