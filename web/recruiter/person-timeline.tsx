import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import {
  Button,
  Card,
  EmptyState,
  type IconName,
  Loading,
  type Option,
  Select,
  Skeleton,
  Timeline,
  type Tone,
} from "../ui";
import { LoadTrouble } from "./trouble";

/** One thing that happened, as the timelines of people answer it. */
export interface PersonEntry {
  id: string;
  seq: number;
  type: string;
  at: string;
  actor: { id: string | null; name: string };
  text: string;
  reason: string | null;
  data: Record<string, unknown>;
}

/** How entries look whose type begins so; the first that fits. */
export type Look = readonly [prefix: string, icon: IconName, tone: Tone];

export interface PersonTimelineProps {
  path: string;
  /** Changes when there is something new. */
  turn: number;
  /** What it can be narrowed to; the empty value is all. */
  kinds: readonly Option[];
  looks: readonly Look[];
  /** What will appear here, where nothing has yet. */
  empty: string;
  /** Draws the text of some entries; undefined leaves it as it came. */
  text?: (entry: PersonEntry) => ComponentChildren;
  /** Stands over the stream. */
  children?: ComponentChildren;
}

/** Everything that happened with a person, newest first, in one stream. */
export function PersonTimeline(props: PersonTimelineProps) {
  const { path, turn, kinds, looks, empty, text, children } = props;
  const [kind, setKind] = useState("");
  const [more, setMore] = useState<{ entries: PersonEntry[]; cursor: string | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const { data, error, reload } = useLoad<Page<PersonEntry>>(
    (signal) => get(path, { limit: 30, kind: kind || undefined }, { signal }),
    [path, kind],
  );
  useReloadOn(turn, reload);
  // What is newer than the first that was shown came in while one looked.
  const [since, setSince] = useState<number | null>(null);
  if (data && since === null) setSince(data.data[0]?.seq ?? 0);
  const entries = merge(data?.data ?? [], more?.entries ?? []);
  const cursor = more ? more.cursor : (data?.nextCursor ?? null);

  const choose = (next: string) => {
    setMore(null);
    setKind(next);
  };

  const loadMore = async () => {
    setBusy(true);
    try {
      const page = await get<Page<PersonEntry>>(path, { limit: 50, cursor, kind: kind || undefined });
      setMore({ entries: [...(more?.entries ?? []), ...page.data], cursor: page.nextCursor });
    } catch {
      // The button stays and can be pressed again.
    }
    setBusy(false);
  };

  return (
    <Card
      title="Timeline"
      actions={<Select label="Show" hideLabel value={kind} options={kinds} onValue={choose} />}
    >
      {children}
      {!data && error ? (
        <LoadTrouble what="The timeline" error={error} onRetry={reload} />
      ) : !data ? (
        <Loading label="Loading the timeline">
          <Skeleton lines={6} />
        </Loading>
      ) : entries.length === 0 ? (
        <EmptyState icon="history" title={kind ? "Nothing of this kind happened" : "Nothing happened yet"}>
          {empty}
        </EmptyState>
      ) : (
        <Timeline
          label="Timeline"
          items={entries.map((entry) => {
            const look = looks.find(([prefix]) => entry.type.startsWith(prefix));
            return {
              id: entry.id,
              at: entry.at,
              text: text?.(entry) ?? entry.text,
              by: entry.actor.name,
              reason: entry.reason,
              icon: look?.[1] ?? "circle",
              tone: look?.[2],
              fresh: since !== null && entry.seq > since,
            };
          })}
        />
      )}
      {cursor && (
        <Button busy={busy} onClick={() => void loadMore()}>
          Show what was before
        </Button>
      )}
    </Card>
  );
}

/** Loads again whenever something new happened. */
export function useReloadOn(turn: number, reload: () => void): void {
  const [seen, setSeen] = useState(turn);
  if (turn !== seen) {
    setSeen(turn);
    reload();
  }
}

function merge(newest: PersonEntry[], older: PersonEntry[]): PersonEntry[] {
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...older.filter(({ id }) => !known.has(id))];
}
