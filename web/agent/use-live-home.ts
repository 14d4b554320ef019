import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Me } from "../../worker/features/users/schema";
import { get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents, ownStart, ownState } from "../shell/own-channel";

export interface LiveHome<T> extends Loaded<T> {
  /** What others just did. */
  news: readonly LiveEvent[];
  onNewsRead: () => void;
}

/** One's own first screen, read again whenever somebody does something that concerns it. */
export function useLiveHome<T extends { seq: number }>(path: string, person: Me): LiveHome<T> {
  const askedLive = useRef(false);
  const home = useLoad(
    (signal) => {
      askedLive.current = ownState.peek() === "live";
      return get<T>(path, undefined, { signal });
    },
    [path, person.id],
  );
  const [news, setNews] = useState<readonly LiveEvent[]>([]);
  const { reload, data } = home;

  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length > 0 && events.every((event) => event.type.startsWith("notification."))) return;
        const others = events.filter((event) => event.actor.id !== person.id);
        if (others.length > 0) setNews(others);
        reload();
      }),
    [reload, person.id],
  );

  // What happened between the answer and the socket's first word came by neither of them.
  const start = ownState.value === "live" ? ownStart.value : undefined;
  const behind = start !== undefined && data !== undefined && data.seq < start && !askedLive.current;
  useEffect(() => {
    if (behind) reload();
  }, [behind, reload]);

  useBackOnline(reload);
  return { ...home, news, onNewsRead: () => setNews([]) };
}
