import { useEffect, useRef, useState } from "preact/hooks";
import type { Application } from "../../worker/features/applications/schema";
import { BULK_MOST } from "../../worker/features/applications/words";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { me } from "../lib/session";

const PAGE = 200;

export type Verdict = "advanced" | "rejected" | "later";

export interface TriageQueue {
  loaded: Loaded<Application[]>;
  list: readonly Application[];
  /** The one that is looked at, by its place; the length once all are read. */
  at: number;
  verdicts: ReadonlyMap<string, Verdict>;
  /** Notes what was decided about the present one, and goes on. */
  decide: (verdict: Verdict) => void;
  /** Back to somebody about whom it is to be decided again. */
  back: (id: string) => void;
  /** Begins again with those left for later. */
  again: () => void;
  /** Follows what others do in the same pipeline. */
  hear: (event: LiveEvent) => void;
}

/** Those in a stage, whoever waits longest first. */
async function readQueue(jobId: string, stage: string, signal: AbortSignal): Promise<Application[]> {
  const all: Application[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Application> = await get(
      "/api/applications",
      { jobId, stage, limit: PAGE, cursor },
      { signal },
    );
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor && all.length < BULK_MOST);
  return all.reverse();
}

/** New applications of a job, to be read one after the other. */
export function useTriageQueue(jobId: string, stage: string): TriageQueue {
  const loaded = useLoad((signal) => readQueue(jobId, stage, signal), [jobId, stage]);
  const [list, setList] = useState<readonly Application[]>([]);
  const [at, setAt] = useState(0);
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, Verdict>>(new Map());
  const place = useRef(at);
  place.current = at;

  // What is loaded again brings newcomers; those who are there keep their order under one's hand.
  useEffect(() => {
    const found = loaded.data;
    if (!found) return;
    setList((before) => {
      const known = new Set(before.map(({ id }) => id));
      return [...before, ...found.filter(({ id }) => !known.has(id))];
    });
  }, [loaded.data]);

  return {
    loaded,
    list,
    at,
    verdicts,
    decide: (verdict) => {
      const here = list[at];
      if (!here) return;
      setVerdicts((before) => new Map(before).set(here.id, verdict));
      setAt(at + 1);
    },
    back: (id) => {
      const to = list.findIndex((one) => one.id === id);
      if (to < 0) return;
      setVerdicts((before) => {
        const next = new Map(before);
        next.delete(id);
        return next;
      });
      setAt(to);
    },
    again: () => {
      setList((before) => before.filter(({ id }) => verdicts.get(id) === "later"));
      setVerdicts(new Map());
      setAt(0);
    },
    hear: ({ type, data, actor }) => {
      if (type === "application.received") return loaded.reload();
      if (type !== "application.status_changed" || actor.id === me.value?.id) return;
      // Whoever somebody else took in hand further down need not be read here too.
      setList((before) =>
        before.filter(({ id }, index) => index <= place.current || id !== data.applicationId),
      );
    },
  };
}
