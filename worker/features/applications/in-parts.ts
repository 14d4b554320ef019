import { LostRace } from "../../events/commit";

/** What became of one item of a bulk action. */
export interface Outcome {
  id: string;
  ok: boolean;
  name?: string;
  text?: string;
  error?: string;
}

/** Tries of a whole set before it is halved: most races are over at the second look. */
const TRIES = 2;

/**
 * Runs an all-or-nothing change over a set. One that keeps losing races against somebody else is tried in
 * halves, so that in the end only what is really contended fails, each with its own reason.
 * @param run changes the given items or throws `LostRace`; `whole` is false once the set was halved
 */
export async function inParts(
  ids: string[],
  run: (ids: string[], whole: boolean) => Promise<Outcome[]>,
  whole = true,
): Promise<Outcome[]> {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      return await run(ids, whole);
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
    }
  }
  if (ids.length === 1) {
    const error = "Somebody else is changing them at this moment. Try again.";
    return ids.map((id) => ({ id, ok: false, error }));
  }
  const middle = Math.ceil(ids.length / 2);
  return [
    ...(await inParts(ids.slice(0, middle), run, false)),
    ...(await inParts(ids.slice(middle), run, false)),
  ];
}
