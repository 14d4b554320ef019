import { useEffect, useState } from "preact/hooks";
import type { Preview } from "../../worker/features/campaigns/schema";
import type { Requirement } from "../../worker/features/eligibility/schema";
import { post } from "../lib/client";

const PAUSE_MS = 350;

export interface PreviewState {
  /** The newest answer; kept while the next one is awaited. */
  data: Preview | null;
  error: unknown;
  /** What is shown answers other requirements than those that stand there. */
  waiting: boolean;
  retry: () => void;
}

/** Who of today's agents would qualify, asked again a moment after each change. */
export function usePreview(requirements: Requirement): PreviewState {
  const text = JSON.stringify(requirements);
  const [answer, setAnswer] = useState<{ of: string; data: Preview | null; error: unknown }>({
    of: "",
    data: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      async () => {
        const body = { requirements: JSON.parse(text) as Requirement };
        try {
          const data = await post<Preview>("/api/campaigns/preview", body, {
            signal: stop.signal,
            key: false,
          });
          setAnswer({ of: text, data, error: null });
        } catch (error) {
          if (!stop.signal.aborted) setAnswer((before) => ({ of: text, data: before.data, error }));
        }
      },
      turn === 0 && answer.of === "" ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, turn]);
  return {
    data: answer.data,
    error: answer.error,
    waiting: answer.of !== text,
    retry: () => setTurn((count) => count + 1),
  };
}
