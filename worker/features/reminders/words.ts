/** What people are reminded of: a document that ends, an onboarding step that is due, a document asked for. */
export const REMINDER_KINDS = ["document_expiry", "onboarding_due", "request_due"] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** Days before a document expires at which its owner hears of it; at 0 it has expired. */
export const EXPIRY_DAYS = [30, 7, 1, 0] as const;
