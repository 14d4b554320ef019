/** What went wrong, as verbs say it; `http/problems.ts` alone knows the status codes. */
export type ErrorCode =
  | "malformed"
  | "unauthenticated"
  | "denied"
  | "must-change-password"
  | "not-found"
  | "conflict"
  | "outdated"
  | "too-large"
  | "beyond-the-end"
  | "unsupported-type"
  | "invalid"
  | "rate-limited"
  | "unavailable";

export interface FieldError {
  path: string;
  message: string;
}

/** A refusal that its reader can act on. `message` is plain words: what happened, why, what next. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extra: {
      errors?: FieldError[];
      current?: unknown;
      retryAfterSeconds?: number;
      more?: Record<string, unknown>;
    } = {},
  ) {
    super(message);
  }
}

/** Absent, another organization's, or outside what the caller may see: one answer for all three. */
export const notFound = (what: string) =>
  new DomainError("not-found", `There is no ${what} with this id that you can see.`);

/** A rule of the domain is broken by one field. */
export const invalid = (path: string, message: string) =>
  new DomainError("invalid", message, { errors: [{ path, message }] });

export const conflict = (message: string, current?: unknown) =>
  new DomainError("conflict", message, current === undefined ? {} : { current });

/** The caller's `If-Match` names a version that is no longer the newest. */
export const outdated = (current?: unknown) =>
  new DomainError(
    "outdated",
    "Somebody changed this since you loaded it. Load it again and repeat your change.",
    {
      ...(current === undefined ? {} : { current }),
    },
  );

export const unavailable = (message = "A part of the service can't be reached. Try again in a moment.") =>
  new DomainError("unavailable", message, { retryAfterSeconds: 2 });
