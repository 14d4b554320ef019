import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Colleagues } from "../../worker/features/users/schema";
import { get } from "./client";

export type Colleague = Colleagues["data"][number];

const known = signal<readonly Colleague[]>([]);

/**
 * Whom work can be given to; empty until they are there, and fresh with each screen that asks.
 * @param may false for a client user, who isn't told
 */
export function useTeam(may = true): readonly Colleague[] {
  useEffect(() => {
    if (!may) return;
    const stop = new AbortController();
    get<Colleagues>("/api/me/team", {}, { signal: stop.signal }).then(
      ({ data }) => {
        known.value = data;
      },
      // A choice of people is then shorter; what one does with it says what is wrong.
      () => {},
    );
    return () => stop.abort();
  }, [may]);
  return known.value;
}
