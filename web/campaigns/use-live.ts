import { useEffect, useRef, useState } from "preact/hooks";
import type { Changes } from "../../worker/features/pipelines/schema";
import { get } from "../lib/client";
import { type LiveState, openChannel } from "../lib/live";

const PAUSE_MS = 300;

/**
 * Follows a campaign's pipeline: `onNews` is called a moment after something happened there, however much it was.
 * @param on false for whoever may not follow it
 */
export function useLivePipeline(pipelineId: string | undefined, on: boolean, onNews: () => void): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const fresh = useRef(onNews);
  fresh.current = onNews;
  useEffect(() => {
    if (!pipelineId || !on) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const channel = openChannel({
      path: `/api/pipelines/${pipelineId}/live`,
      poll: (since) => get<Changes>(`/api/pipelines/${pipelineId}/changes`, { since }),
      onEvents: () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          fresh.current();
        }, PAUSE_MS);
      },
      onState: setState,
    });
    return () => {
      clearTimeout(timer);
      channel.close();
    };
  }, [pipelineId, on]);
  return state;
}
