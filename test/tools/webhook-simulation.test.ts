import { expect, it } from "vitest";
import { simulate } from "./simulation/run";

/** `SEED=n` plays one seed again, `SEEDS=n` so many of them. */
const SEEDS = Number(process.env.SEEDS ?? 10_000);
const one = process.env.SEED;

it(`holds its invariants over ${one === undefined ? `${SEEDS} seeds` : `seed ${one}`}`, () => {
  const seeds = one === undefined ? Array.from({ length: SEEDS }, (_, i) => i + 1) : [Number(one)];
  const failed: string[] = [];
  for (const seed of seeds) {
    const wrong = simulate(seed);
    if (wrong.length > 0) failed.push(`SEED=${seed}: ${wrong.slice(0, 3).join("; ")}`);
    if (failed.length === 5) break;
  }
  expect(failed).toEqual([]);
}, 120_000);
