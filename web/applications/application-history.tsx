import type { HistoryEntry } from "../../worker/features/applications/schema";
import { Card, Timeline, type TimelineItem } from "../ui";

/** The whole way of an application, newest first. */
export function ApplicationHistory({ history }: { history: readonly HistoryEntry[] }) {
  return (
    <Card title="History">
      <Timeline label="History" items={history.toReversed().map(line)} />
    </Card>
  );
}

function line({ id, at, actor, fromName, toName, reason, undo, seconds }: HistoryEntry): TimelineItem {
  const stood = seconds === null || undo ? "" : ` for ${duration(seconds)}`;
  const text =
    fromName === null
      ? `Applied: ${toName}${stood}`
      : undo
        ? `Taken back to ${toName}`
        : `${fromName} → ${toName}${stood}`;
  return {
    id,
    at,
    text,
    by: actor.name,
    reason,
    icon: fromName === null ? "inbox" : undo ? "undo-2" : "move-right",
    tone: fromName === null ? "info" : "plain",
  };
}

/** A length of time in its largest unit: `3 days`, `2 hours`, `a moment`. */
export function duration(seconds: number): string {
  const say = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (seconds < 60) return "a moment";
  if (seconds < 3600) return say(Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return say(Math.floor(seconds / 3600), "hour");
  return say(Math.floor(seconds / 86_400), "day");
}
