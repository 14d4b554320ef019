type Fields = Record<string, string | number | boolean | null | undefined>;

/** Secrets and personal data never belong in a log line; a field so named is a mistake and is masked. */
const PRIVATE = /pass|secret|token|cookie|authorization|email|phone|name$|subject|body/i;

/** One JSON line a fact, so that logs can be searched by field. */
export function log(level: "info" | "warn" | "error", event: string, fields: Fields = {}): void {
  const safe: Fields = { level, event };
  for (const [key, value] of Object.entries(fields)) safe[key] = PRIVATE.test(key) ? "[masked]" : value;
  console[level](JSON.stringify(safe));
}

/** The words of an unknown error for the log, without what a database message may quote. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.name}: ${error.message}${cause}`.slice(0, 300);
}
