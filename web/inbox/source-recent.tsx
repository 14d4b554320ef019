import type { InboxLine, Source } from "../../worker/features/inbox/schema";
import type { Page } from "../../worker/http/shapes";
import { QUICK_MS, usePulse } from "../deliveries/pulse";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import { Button, Card, EmptyState, Loading, Skeleton, StatusPill } from "../ui";
import { STATUS } from "./words";

const SHOWN = 5;

/** What a source sent lately. */
export function SourceRecent({ source }: { source: Source }) {
  const { data, error, reload } = useLoad(
    (signal) =>
      get<Page<InboxLine>>("/api/webhooks/inbox", { integrationId: source.id, limit: SHOWN }, { signal }),
    [source.id],
  );
  // Whoever has just connected it looks here whether the first event comes in.
  usePulse(QUICK_MS, reload);
  return (
    <Card
      title="What it sent lately"
      flush
      actions={
        <Button size="s" icon="inbox" href={`/settings/inbox?source=${source.id}`}>
          All of it
        </Button>
      }
    >
      {error && !data ? (
        <LoadTrouble what="What it sent" error={error} onRetry={reload} />
      ) : !data ? (
        <Loading label="Loading what it sent">
          <Skeleton lines={3} />
        </Loading>
      ) : data.data.length === 0 ? (
        <EmptyState icon="inbox" title="Nothing came yet">
          Send a first event with the script on this page: it appears here by itself.
        </EmptyState>
      ) : (
        <ul class="recent">
          {data.data.map((line) => (
            <li key={line.id}>
              <a class="recent-line" href={`/settings/inbox/${line.id}`}>
                <StatusPill tone={STATUS[line.status].tone} icon={STATUS[line.status].icon}>
                  {STATUS[line.status].label}
                </StatusPill>
                <span class="recent-type">{line.eventType ?? "Unknown type"}</span>
                <Ago at={line.receivedAt} class="quiet" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
