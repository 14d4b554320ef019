import type { Things } from "../world";
import { accounts } from "./accounts";
import { agents } from "./agents";
import { applications } from "./applications";
import { integrations } from "./integrations";
import type { Sample, Samples } from "./sample";
import { work } from "./work";
import { workflows } from "./workflows";

export { FRESH, type Sample } from "./sample";

/**
 * How each route is called well, with ids of `things`. The shared tests call every route through this
 * table, in the caller's own organization and in others', so a new route needs its line here.
 */
export const SAMPLES: Samples = {
  ...accounts,
  ...work,
  ...applications,
  ...workflows,
  ...agents,
  ...integrations,
};

/** The route's address with its parameters filled in. */
export function addressOf(path: string, sample: Pick<Sample, "params" | "query">): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = sample.params?.[name];
    if (value === undefined) throw new Error(`The sample of ${path} doesn't say what :${name} is.`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(sample.query).toString();
  return query ? `${filled}?${query}` : filled;
}

/** The sample of a route; a route without one is a hole in the shared tests. */
export function sampleOf(operation: { method: string; path: string }, things: Things): Sample {
  const made = SAMPLES[`${operation.method} ${operation.path}`];
  if (!made)
    throw new Error(`Say in test/worker/samples how ${operation.method} ${operation.path} is called.`);
  return made(things);
}
