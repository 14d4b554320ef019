import type { Cause } from "./words";

const WORDS: Record<Exclude<Cause, "status">, string> = {
  refused: "The receiver refused the connection",
  dns: "The host name was not found",
  tls: "The certificate of the receiver is not good",
  timeout: "No answer within 15 seconds",
  reset: "The receiver broke off the connection",
  redirect: "The receiver answered with a redirect, which is not followed",
  too_large: "The answer was too large",
  blocked: "The address is not allowed",
  unreachable: "The receiver can't be reached",
  outcome_unknown: "The attempt was cut off before its outcome was known",
};

/** Why an attempt failed, for people; null where none did. */
export function failureWords(cause: Cause | null, statusCode: number | null): string | null {
  if (cause === null) return null;
  return cause === "status" ? `The receiver answered ${statusCode ?? "with an error"}` : WORDS[cause];
}
