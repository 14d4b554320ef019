/**
 * Time and randomness are read here and nowhere else, so that a local run can move the clock.
 * All handlers of a local run share one isolate, so a module variable serves them all.
 */
let offset = 0;

export const clock = {
  /** Milliseconds since 1970 as the product sees them. */
  now(): number {
    return Date.now() + offset;
  },
  /** Moves the product's clock by `milliseconds`; only local mode calls it. */
  advance(milliseconds: number): void {
    offset += milliseconds;
  },
};

/** `count` bytes from the platform's secure source. */
export function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** ISO 8601 in UTC, as times leave the API. */
export function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** As `iso`, for a time that may be missing. */
export function isoOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : iso(milliseconds);
}
