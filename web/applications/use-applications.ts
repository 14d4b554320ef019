import { useEffect, useState } from "preact/hooks";
import type { Application } from "../../worker/features/applications/schema";
import type { Page } from "../../worker/http/shapes";
import { errorText, get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { toast } from "../ui";
import type { Filters } from "./filters";

const PAGE = 50;

export interface ApplicationPages {
  first: Loaded<Page<Application>>;
  rows: Application[];
  /** There are more, which `more` fetches. */
  hasMore: boolean;
  busy: boolean;
  more: () => Promise<void>;
  /** Shows from the start what is there now. */
  restart: () => void;
  /** True where something changed that is not shown yet. */
  outdated: boolean;
  /** Says that something changed. */
  noteNews: () => void;
}

/** The applications that match, page by page. */
export function useApplications(filters: Filters): ApplicationPages {
  const [added, setAdded] = useState<{ of: string; rows: Application[]; cursor: string | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const [news, setNews] = useState(false);
  const of = JSON.stringify(filters);
  const query = (cursor?: string) => ({ ...filters, limit: PAGE, cursor });
  const first = useLoad((signal) => get<Page<Application>>("/api/applications", query(), { signal }), [of]);
  const beyond = added?.of === of ? added : null;
  const known = new Set(first.data?.data.map(({ id }) => id));
  const rows = [...(first.data?.data ?? []), ...(beyond?.rows.filter(({ id }) => !known.has(id)) ?? [])];
  const cursor = beyond ? beyond.cursor : (first.data?.nextCursor ?? null);

  const restart = () => {
    setNews(false);
    setAdded(null);
    first.reload();
  };
  // A list that jumps under one's hand is worse than one that is a little old; short ones are cheap to read again.
  useEffect(() => {
    if (!news || beyond) return;
    const timer = setTimeout(restart, 400);
    return () => clearTimeout(timer);
  }, [news, beyond]);

  return {
    first,
    rows,
    hasMore: cursor !== null,
    busy,
    restart,
    outdated: news && beyond !== null,
    noteNews: () => setNews(true),
    more: async () => {
      if (!cursor || busy) return;
      setBusy(true);
      try {
        const next = await get<Page<Application>>("/api/applications", query(cursor));
        setAdded({ of, rows: [...(beyond?.rows ?? []), ...next.data], cursor: next.nextCursor });
      } catch (error) {
        toast({ text: errorText(error), tone: "warn" });
      }
      setBusy(false);
    },
  };
}
