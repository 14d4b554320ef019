import { DEADLINE_MS } from "./policy";
import { LATENCY_BOUNDS } from "./words";

/** How long attempts took: one count for each bucket of `LATENCY_BOUNDS`, and one for what took longer. */
export type Histogram = number[];

export const emptyHistogram = (): Histogram => Array<number>(LATENCY_BOUNDS.length + 1).fill(0);

/** Adds the counts of `other` to `histogram`. */
export function addTo(histogram: Histogram, other: Histogram): void {
  for (const [i, count] of other.entries()) histogram[i] = (histogram[i] ?? 0) + count;
}

/**
 * The time, in milliseconds, within which the given share of the attempts was done: as exact as its bucket is
 * narrow, taking those in one bucket as spread evenly over it (as Prometheus does in `histogram_quantile`).
 *
 * @param share above 0, at most 1
 * @returns null where nothing was counted
 */
export function quantile(histogram: Histogram, share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = share * total;
  let before = 0;
  for (const [i, count] of histogram.entries()) {
    if (count > 0 && before + count >= rank) {
      const from = i === 0 ? 0 : (LATENCY_BOUNDS[i - 1] ?? 0);
      const to = LATENCY_BOUNDS[i] ?? DEADLINE_MS;
      return Math.round(from + ((to - from) * (rank - before)) / count);
    }
    before += count;
  }
  return DEADLINE_MS;
}

/** The three latencies that pages show; null where nothing was counted. */
export function latencyOf(histogram: Histogram): { p50: number; p95: number; p99: number } | null {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(histogram, share));
  return p50 == null || p95 == null || p99 == null ? null : { p50, p95, p99 };
}
