import { useState } from "preact/hooks";
import type { TimelineEntry } from "../../worker/features/agents/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import {
  Button,
  Card,
  EmptyState,
  type IconName,
  Loading,
  Select,
  Skeleton,
  Timeline,
  type Tone,
} from "../ui";
import { LoadTrouble } from "./trouble";

const LOOKS: readonly [prefix: string, icon: IconName, tone: Tone][] = [
  ["agent.created", "user-plus", "info"],
  ["agent.status_changed", "move-right", "info"],
  ["document.approved", "file-check", "good"],
  ["document.rejected", "file-x", "bad"],
  ["document.", "file-text", "plain"],
  ["agent.updated", "pencil", "plain"],
];

const KINDS = [
  { value: "", label: "Everything" },
  { value: "moves", label: "Moves" },
  { value: "documents", label: "Documents" },
  { value: "profile", label: "Profile" },
];

export interface AgentTimelineProps {
  agentId: string;
  /** Changes when there is something new. */
  turn: number;
}

/** Everything that happened with a person, newest first, in one stream. */
export function AgentTimeline({ agentId, turn }: AgentTimelineProps) {
  const [kind, setKind] = useState("");
  const [more, setMore] = useState<{ entries: TimelineEntry[]; cursor: string | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const [firstTurn] = useState(turn);
  const path = `/api/agents/${agentId}/timeline`;
  const { data, error, reload } = useLoad<Page<TimelineEntry>>(
    (signal) => get(path, { limit: 30, kind: kind || undefined }, { signal }),
    [path, kind],
  );
  useReloadOn(turn, reload);
  const entries = merge(data?.data ?? [], more?.entries ?? []);
  const cursor = more ? more.cursor : (data?.nextCursor ?? null);

  const choose = (next: string) => {
    setMore(null);
    setKind(next);
  };

  const loadMore = async () => {
    setBusy(true);
    try {
      const page = await get<Page<TimelineEntry>>(path, { limit: 50, cursor, kind: kind || undefined });
      setMore({ entries: [...(more?.entries ?? []), ...page.data], cursor: page.nextCursor });
    } catch {
      // The button stays and can be pressed again.
    }
    setBusy(false);
  };

  return (
    <Card
      title="Timeline"
      actions={<Select label="Show" hideLabel value={kind} options={KINDS} onValue={choose} />}
    >
      {!data && error ? (
        <LoadTrouble what="The timeline" error={error} onRetry={reload} />
      ) : !data ? (
        <Loading label="Loading the timeline">
          <Skeleton lines={6} />
        </Loading>
      ) : entries.length === 0 ? (
        <EmptyState icon="history" title={kind ? "Nothing of this kind happened" : "Nothing happened yet"}>
          Moves, documents and changes of the profile appear here.
        </EmptyState>
      ) : (
        <Timeline
          label="Timeline"
          items={entries.map((entry) => {
            const look = LOOKS.find(([prefix]) => entry.type.startsWith(prefix));
            return {
              id: entry.id,
              at: entry.at,
              text: entry.text,
              by: entry.actor.name,
              reason: entry.reason,
              icon: look?.[1] ?? "circle",
              tone: look?.[2],
              fresh: turn > firstTurn && entry.seq >= turn,
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

function merge(newest: TimelineEntry[], older: TimelineEntry[]): TimelineEntry[] {
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...older.filter(({ id }) => !known.has(id))];
}
