import { useEffect, useState } from "preact/hooks";
import type { Page } from "../../worker/http/shapes";
import { toast } from "../ui";
import { errorText, get, type Query } from "./client";
import { type Loaded, useLoad } from "./load";

const PAGE = 50;

export interface Pages<T> {
  first: Loaded<Page<T>>;
  rows: T[];
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

/**
 * What a list of the API answers with these filters, page by page.
 * @param keyOf what a row is known by, where that is not its `id`
 */
export function usePages<T>(
  path: string,
  filters: Query,
  keyOf: (row: T) => string = (row) => (row as { id: string }).id,
): Pages<T> {
  const [added, setAdded] = useState<{ of: string; rows: T[]; cursor: string | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const [news, setNews] = useState(false);
  const of = JSON.stringify(filters);
  const query = (cursor?: string) => ({ ...filters, limit: PAGE, cursor });
  const first = useLoad((signal) => get<Page<T>>(path, query(), { signal }), [of]);
  const beyond = added?.of === of ? added : null;
  const known = new Set(first.data?.data.map(keyOf));
  const rows = [...(first.data?.data ?? []), ...(beyond?.rows.filter((row) => !known.has(keyOf(row))) ?? [])];
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
        const next = await get<Page<T>>(path, query(cursor));
        setAdded({ of, rows: [...(beyond?.rows ?? []), ...next.data], cursor: next.nextCursor });
      } catch (error) {
        toast({ text: errorText(error), tone: "warn" });
      }
      setBusy(false);
    },
  };
}
