export const ROLES = ["admin", "recruiter", "client_user", "candidate", "agent"] as const;
export type Role = (typeof ROLES)[number];

/** Roles that work in the ATS; the others use the portal. */
export const INTERNAL_ROLES = ["admin", "recruiter", "client_user"] as const;

/** Length limits of a password, in characters. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;
