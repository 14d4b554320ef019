import { DomainError } from "../../lib/errors";

/** A second application: the public only hears of the first one, and how to find it. */
export const known = () =>
  new DomainError(
    "conflict",
    "You applied for this job already, and we have everything. If you lost your status link, we send you a new one.",
    { more: { cause: "applied-already", resend: "/api/applications/status/resend" } },
  );

/** A job that ended while somebody filled in its form. Nothing of theirs is kept. */
export const closed = () =>
  new DomainError(
    "conflict",
    "We are sorry: this job takes no applications any more. We kept nothing of what you wrote. Look at what else is open.",
    { more: { cause: "closed" } },
  );
