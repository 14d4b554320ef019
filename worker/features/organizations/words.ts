/** The largest logo taken, in bytes. */
export const MAX_LOGO_BYTES = 512 * 1024;

/** What a logo may be: what pages, mails and previews of links all show. */
export const LOGO_TYPES = ["image/png", "image/jpeg"] as const;
