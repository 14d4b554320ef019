/** `queued` waits for its time, `sending` is leased, the others are final. */
export const EMAIL_STATUSES = ["queued", "sending", "sent", "failed", "cancelled"] as const;
export type EmailStatus = (typeof EMAIL_STATUSES)[number];
