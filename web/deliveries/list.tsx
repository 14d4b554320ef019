import "../recruiter/board.css";
import "../applications/applications.css";
import "./deliveries.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { DeliveryLine } from "../../worker/features/webhooks/schema";
import type { DeliveryStatus } from "../../worker/features/webhooks/words";
import { useShortcuts } from "../lib/keys";
import { usePages } from "../lib/pages";
import { queryValue, setQuery } from "../lib/url";
import { Find, focusFind, HelpButton } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { ListTable } from "../recruiter/list-table";
import { ShortcutHelp } from "../recruiter/shortcut-help";
import { Button, Card, EmptyState, Page, Select } from "../ui";
import { deliveryColumns } from "./columns";
import { CALM_MS, QUICK_MS, usePulse } from "./pulse";
import { ReplayDialog } from "./replay-dialog";
import { endpointOptions, typeOptions, useTargets } from "./targets";
import { STATUS } from "./words";

const STATUSES = [
  { value: "", label: "Any status" },
  { value: "pending,parked,exhausted", label: "Not delivered" },
  ...Object.entries(STATUS).map(([value, { label }]) => ({ value, label })),
];

/** The choice of a status; an address may name several, with commas between. */
function statusOptions(chosen: string) {
  if (STATUSES.some(({ value }) => value === chosen)) return STATUSES;
  return [
    ...STATUSES,
    {
      value: chosen,
      label: statusesOf(chosen)
        .map((one) => STATUS[one].label)
        .join(" or "),
    },
  ];
}

const statusesOf = (text: string): DeliveryStatus[] =>
  text.split(",").filter((one): one is DeliveryStatus => one in STATUS);

/** What was sent, where to, and what became of it. */
export default function DeliveriesScreen() {
  const { route } = useLocation();
  const [endpointId, setEndpoint] = useState(queryValue("endpoint"));
  const [eventType, setType] = useState(queryValue("type"));
  const [status, setStatus] = useState(() => statusesOf(queryValue("status")).join());
  const [eventId, setEvent] = useState(queryValue("event"));
  const [opened, open] = useState<"replay" | "help" | null>(null);
  const targets = useTargets();
  const pages = usePages<DeliveryLine>("/api/webhooks/deliveries", {
    endpointId,
    eventType,
    status,
    eventId,
  });
  const { first, rows } = pages;
  useEffect(
    () =>
      setQuery({
        endpoint: endpointId || null,
        type: eventType || null,
        status: status || null,
        event: eventId || null,
      }),
    [endpointId, eventType, status, eventId],
  );
  const waits = rows.some((row) => row.status === "pending" && soon(row.nextAt));
  const further = rows.length > (first.data?.data.length ?? 0);
  // Rows that came in above would push what one reads further down.
  usePulse(!first.data || further ? null : waits || rows.length === 0 ? QUICK_MS : CALM_MS, first.reload);
  useShortcuts("Deliveries", [
    ...WALK_KEYS,
    { key: "/", label: "Find by webhook-id", run: focusFind },
    { key: "?", label: "Show these keys", run: () => open("help") },
  ]);
  const filtered = Boolean(endpointId || eventType || status || eventId);
  const close = () => open(null);

  return (
    <Page
      title="Deliveries"
      lead="Every event that goes out, an endpoint each. Open one to see what was sent, what came back, and what to do."
      width="full"
      actions={
        <>
          <HelpButton onOpen={() => open("help")} />
          <Button icon="history" onClick={() => open("replay")}>
            Send many again
          </Button>
        </>
      }
    >
      <div class="list-tools" role="group" aria-label="Which deliveries are shown">
        <Find
          value={eventId}
          label="Find by webhook-id, the id of the event"
          placeholder="Find by webhook-id"
          onFind={setEvent}
        />
        <Select
          label="Endpoint"
          hideLabel
          value={endpointId}
          options={endpointOptions(targets, endpointId)}
          onValue={setEndpoint}
        />
        <Select
          label="Event type"
          hideLabel
          value={eventType}
          options={typeOptions(targets, eventType)}
          onValue={setType}
        />
        <Select label="Status" hideLabel value={status} options={statusOptions(status)} onValue={setStatus} />
      </div>
      <ListTable
        pages={pages}
        what="The deliveries"
        caption="Deliveries"
        columns={deliveryColumns}
        rowKey={({ id }) => id}
        rowName={(row) => `${row.eventType} to ${row.endpointUrl}`}
        onOpen={({ id }) => route(`/settings/webhooks/deliveries/${id}`)}
        empty={
          <Card>
            <Nothing
              filtered={filtered}
              none={targets.endpoints?.length === 0}
              onAll={() => {
                setEndpoint("");
                setType("");
                setStatus("");
                setEvent("");
              }}
            />
          </Card>
        }
      />
      <ReplayDialog
        open={opened === "replay"}
        initial={{ endpointId, eventType, status: status === "delivered" ? "delivered" : "exhausted" }}
        targets={targets}
        onClose={close}
        onDone={pages.restart}
      />
      <ShortcutHelp open={opened === "help"} onClose={close} />
    </Page>
  );
}

const soon = (at: string | null): boolean => at === null || Date.parse(at) - Date.now() < 60_000;

/** Says how the list fills, or how to see more of it. */
function Nothing({ filtered, none, onAll }: { filtered: boolean; none: boolean; onAll: () => void }) {
  if (filtered) {
    return (
      <EmptyState
        icon="send"
        title="No delivery fits"
        action={<Button onClick={onAll}>Show all deliveries</Button>}
      >
        Deliveries are kept for 30 days. Try another endpoint, event or status.
      </EmptyState>
    );
  }
  if (none) {
    return (
      <EmptyState
        icon="send"
        title="Nothing was sent yet"
        action={
          <Button variant="primary" icon="plus" href="/settings/webhooks/new">
            Add an endpoint
          </Button>
        }
      >
        Add an endpoint, and each event that it is subscribed to appears here as it happens.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="send"
      title="Nothing was sent yet"
      action={<Button href="/settings/webhooks">Go to the endpoints</Button>}
    >
      The first event appears here as soon as it happens. An endpoint’s page can send a test at once.
    </EmptyState>
  );
}
