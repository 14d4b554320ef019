import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { online } from "../lib/online";

/** Runs when the network is back after it was gone, so that nobody has to press "Try again" for it. */
export function useBackOnline(run: () => void): void {
  const newest = useRef(run);
  newest.current = run;
  useEffect(() => {
    let before = online.peek();
    return effect(() => {
      const now = online.value;
      if (now && !before) newest.current();
      before = now;
    });
  }, []);
}
