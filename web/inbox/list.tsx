import "../recruiter/board.css";
import "../applications/applications.css";
import "../deliveries/deliveries.css";
import "./inbox.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { InboxLine, Source } from "../../worker/features/inbox/schema";
import { PORTAL_EVENT_TYPES } from "../../worker/features/inbox/words";
import type { Page as PageOf } from "../../worker/http/shapes";
import { CALM_MS, QUICK_MS, usePulse } from "../deliveries/pulse";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { lowerFirst } from "../lib/lower-first";
import { usePages } from "../lib/pages";
import { queryValue, setQuery } from "../lib/url";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { Button, Card, type Column, EmptyState, Page, Select, StatusPill } from "../ui";
import { placesOf, STATUS } from "./words";

/** What came in from outside, and what became of it. */
export default function InboxScreen() {
  const { route } = useLocation();
  const [integrationId, setSource] = useState(queryValue("source"));
  const [eventType, setType] = useState(queryValue("type"));
  const [status, setStatus] = useState(queryValue("status"));
  const sources = useLoad(
    (signal) => get<PageOf<Source>>("/api/integrations", { limit: 200 }, { signal }),
    [],
  );
  const pages = usePages<InboxLine>("/api/webhooks/inbox", { integrationId, eventType, status });
  const { first, rows } = pages;
  useEffect(
    () => setQuery({ source: integrationId || null, type: eventType || null, status: status || null }),
    [integrationId, eventType, status],
  );
  const further = rows.length > (first.data?.data.length ?? 0);
  const waits = rows.length === 0 || rows.some((row) => row.status === "received");
  usePulse(!first.data || further ? null : waits ? QUICK_MS : CALM_MS, first.reload);
  useShortcuts("Inbox", WALK_KEYS);
  const known = sources.data?.data ?? [];
  const filtered = Boolean(integrationId || eventType || status);

  return (
    <Page
      title="Inbox"
      lead="Every event that came in with a good signature, as it came, with what became of it. Kept for 45 days."
      width="full"
    >
      <div class="list-tools" role="group" aria-label="Which events are shown">
        <Select
          label="Source"
          hideLabel
          value={integrationId}
          options={[
            { value: "", label: "Every source" },
            ...known.map(({ id, name }) => ({ value: id, label: name })),
            ...(integrationId && !known.some(({ id }) => id === integrationId)
              ? [{ value: integrationId, label: "A removed source" }]
              : []),
          ]}
          onValue={setSource}
        />
        <Select
          label="Event type"
          hideLabel
          value={eventType}
          options={[
            { value: "", label: "Every event" },
            ...PORTAL_EVENT_TYPES.map((type) => ({ value: type, label: type })),
          ]}
          onValue={setType}
        />
        <Select
          label="Status"
          hideLabel
          value={status}
          options={[
            { value: "", label: "Any status" },
            ...Object.entries(STATUS).map(([value, { label }]) => ({ value, label })),
          ]}
          onValue={setStatus}
        />
      </div>
      <ListTable
        pages={pages}
        what="The inbox"
        caption="Events that came in"
        columns={COLUMNS}
        rowKey={({ id }) => id}
        rowName={({ eventType: type, integrationName }) => `${type ?? "an event"} of ${integrationName}`}
        onOpen={({ id }) => route(`/settings/inbox/${id}`)}
        empty={
          <Card>
            <EmptyState
              icon="inbox"
              title={filtered ? "No event fits" : "Nothing came in yet"}
              action={
                filtered ? (
                  <Button
                    onClick={() => {
                      setSource("");
                      setType("");
                      setStatus("");
                    }}
                  >
                    Show all events
                  </Button>
                ) : known.length === 0 ? (
                  <Button variant="primary" icon="plus" href="/settings/sources/new">
                    Connect a source
                  </Button>
                ) : (
                  <Button href="/settings/sources">Go to the sources</Button>
                )
              }
            >
              {filtered
                ? "Try another source, event or status."
                : "Connect a source: each event that it sends appears here as it comes. What has no good signature is refused and never stands here."}
            </EmptyState>
          </Card>
        }
      />
    </Page>
  );
}

const COLUMNS: Column<InboxLine>[] = [
  {
    key: "event",
    header: "Event",
    cell: ({ id, eventType, eventId, integrationName, reason }) => (
      <>
        <a class="delivery-link" href={`/settings/inbox/${id}`} tabIndex={-1}>
          {eventType ?? "Unknown type"}
        </a>
        <span class="quiet delivery-under delivery-id">{eventId}</span>
        <span class="delivery-under delivery-narrow">
          {integrationName}
          {reason && `: ${reason}`}
        </span>
      </>
    ),
  },
  { key: "source", header: "Source", wide: true, cell: ({ integrationName }) => integrationName },
  {
    key: "status",
    header: "Status",
    width: "9rem",
    cell: ({ status }) => (
      <StatusPill tone={STATUS[status].tone} icon={STATUS[status].icon}>
        {STATUS[status].label}
      </StatusPill>
    ),
  },
  {
    key: "reason",
    header: "What became of it",
    wide: true,
    cell: ({ reason, status, result }) => (
      <span class="dead-reason">
        {reason ?? (status === "processed" ? changed(result) : STATUS[status].means)}
      </span>
    ),
  },
  {
    key: "at",
    header: "Came",
    align: "end",
    width: "9rem",
    wide: true,
    cell: ({ receivedAt }) => <Ago at={receivedAt} />,
  },
];

/** What was changed, as a list of words. */
function changed(result: InboxLine["result"]): string {
  const words = placesOf(result).map(({ word }) => lowerFirst(word));
  return words.length === 0 ? "Nothing had to be changed" : `About ${words.join(", ")}`;
}
