import "../recruiter/board.css";
import "./webhooks.css";
import { useLocation } from "preact-iso";
import type { Endpoint } from "../../worker/features/webhooks/schema";
import { CALM_MS, usePulse } from "../deliveries/pulse";
import { shortUrl } from "../deliveries/words";
import { Ago } from "../lib/ago";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { Button, Card, type Column, EmptyState, Page, StatusPill } from "../ui";
import { eventsWords, stateOf } from "./words";

/** Where the organization's events go. */
export default function EndpointsScreen() {
  const { route } = useLocation();
  const pages = usePages<Endpoint>("/api/webhooks/endpoints", {});
  usePulse(CALM_MS, pages.noteNews);
  useShortcuts("Endpoints", [
    ...WALK_KEYS,
    { key: "n", label: "New endpoint", run: () => route("/settings/webhooks/new") },
  ]);
  return (
    <Page
      title="Endpoints"
      lead="Addresses of yours that Portico posts events to: somebody applied, an interview was booked, a job closed."
      width="full"
      actions={
        <Button variant="primary" icon="plus" href="/settings/webhooks/new">
          New endpoint
        </Button>
      }
    >
      <ListTable
        pages={pages}
        what="The list of endpoints"
        lines={6}
        caption="Endpoints"
        columns={COLUMNS}
        rowKey={({ id }) => id}
        rowName={({ url }) => url}
        onOpen={({ id }) => route(`/settings/webhooks/${id}`)}
        empty={
          <Card>
            <EmptyState
              icon="send"
              title="Nothing is sent anywhere yet"
              action={
                <div class="row">
                  <Button variant="primary" icon="plus" href="/settings/webhooks/new">
                    New endpoint
                  </Button>
                  <Button href="/settings/webhooks/events">See the events</Button>
                </div>
              }
            >
              Add the address of another system, and it hears of what happens here as it happens. You need
              nothing but a program that takes a POST: there is one to copy in four languages.
            </EmptyState>
          </Card>
        }
      />
    </Page>
  );
}

const COLUMNS: Column<Endpoint>[] = [
  {
    key: "url",
    header: "Address",
    cell: ({ id, url, description, events }) => (
      <span class="endpoint-name">
        <a href={`/settings/webhooks/${id}`} tabIndex={-1}>
          {shortUrl(url)}
        </a>
        {description && <span class="quiet endpoint-under">{description}</span>}
        <span class="quiet endpoint-under endpoint-narrow">{eventsWords(events)}</span>
      </span>
    ),
  },
  {
    key: "state",
    header: "State",
    cell: (endpoint) => {
      const { tone, label, icon } = stateOf(endpoint);
      return (
        <StatusPill tone={tone} icon={icon}>
          {label}
        </StatusPill>
      );
    },
  },
  { key: "events", header: "Events", wide: true, cell: ({ events }) => eventsWords(events) },
  {
    key: "waiting",
    header: "Waiting",
    align: "end",
    wide: true,
    cell: ({ counts }) => {
      const waiting = (counts.pending ?? 0) + (counts.parked ?? 0);
      return <span class={waiting > 0 ? "num" : "num quiet"}>{waiting.toLocaleString("en")}</span>;
    },
  },
  {
    key: "success",
    header: "Last delivered",
    wide: true,
    cell: ({ lastSuccessAt }) =>
      lastSuccessAt ? <Ago at={lastSuccessAt} /> : <span class="quiet">Nothing yet</span>,
  },
];
