import { useEffect, useRef } from "preact/hooks";

/** While an answer is awaited that may be there within a moment. */
export const FAST_MS = 1000;
/** While something is about to happen. */
export const QUICK_MS = 3000;
/** While something waits for longer than one would look at it. */
export const CALM_MS = 15_000;

/**
 * Reads a screen again and again for as long as it is looked at, and at once when one comes back to it.
 * @param everyMs the pause in milliseconds; null for not at all
 */
export function usePulse(everyMs: number | null, reload: () => void): void {
  const run = useRef(reload);
  run.current = reload;
  useEffect(() => {
    if (everyMs === null) return;
    const beat = () => document.visibilityState === "visible" && run.current();
    const timer = setInterval(beat, everyMs);
    document.addEventListener("visibilitychange", beat);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", beat);
    };
  }, [everyMs]);
}
