/** Document 002's words for a portal account that may log in, and one that may not. */
export const PORTAL_STATUSES = ["active", "inactive"] as const;
