import "../deliveries/deliveries.css";
import "./inbox.css";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { InboxEvent } from "../../worker/features/inbox/schema";
import { Copy, HttpText } from "../deliveries/exchange";
import { QUICK_MS, usePulse } from "../deliveries/pulse";
import { Since } from "../deliveries/when";
import { Ago } from "../lib/ago";
import { errorText, get, post } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { LoadTrouble } from "../recruiter/trouble";
import {
  Button,
  Card,
  type CardProps,
  type Fact,
  FactList,
  Loading,
  Page,
  Skeleton,
  StatusPill,
  toast,
} from "../ui";
import { placesOf, STATUS } from "./words";

/** One event that came in, as a page. */
export default function InboxEventScreen() {
  const { params } = useRoute();
  return <OneEvent key={params.id} id={params.id ?? ""} />;
}

function OneEvent({ id }: { id: string }) {
  const path = `/api/webhooks/inbox/${id}`;
  const loaded = useLoad((signal) => get<InboxEvent>(path, {}, { signal }), [id]);
  const [busy, setBusy] = useState(false);
  const event = loaded.data;
  usePulse(event?.status === "received" ? QUICK_MS : null, loaded.reload);
  const again = async () => {
    if (busy || !event) return;
    setBusy(true);
    try {
      await post(`${path}/retry`, {});
      toast({ text: "It is being run again.", tone: "good" });
    } catch (error) {
      toast({ text: errorText(error), tone: "warn", seconds: 10 });
    }
    setBusy(false);
    loaded.reload();
  };
  useShortcuts("Event", [{ key: "r", label: "Run it again", run: () => void again() }]);

  if (!event) {
    return (
      <Page title="Event" width="full">
        {loaded.error ? (
          <LoadTrouble what="This event" error={loaded.error} onRetry={loaded.reload} />
        ) : (
          <Loading label="Loading the event">
            <div class="stack">
              <Card>
                <Skeleton lines={4} />
              </Card>
              <Skeleton height="16rem" />
            </div>
          </Loading>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={`${event.eventType ?? "Event"} of ${event.integrationName}`}
      heading={
        <>
          <code>{event.eventType ?? "Unknown type"}</code> from {event.integrationName}
        </>
      }
      width="full"
    >
      <div class="delivery">
        <Summary event={event}>
          <Button
            variant={event.status === "quarantined" ? "primary" : "quiet"}
            icon="refresh-cw"
            busy={busy}
            onClick={() => void again()}
          >
            Run again
          </Button>
        </Summary>
        <div class="inbox-parts">
          <Card title="As it came" actions={<Copy text={event.body} what="The body" />}>
            <HttpText label="The event" first="POST" headers={event.headers} body={event.body} pretty />
            <p class="exchange-note quiet">
              The JSON is indented here; copying gives the bytes as they came. Signatures and passwords are
              not kept.
            </p>
          </Card>
          <Facts event={event} />
        </div>
      </div>
    </Page>
  );
}

const TONES: Record<InboxEvent["status"], CardProps["tone"]> = {
  received: "plain",
  processed: "good",
  stale: "plain",
  quarantined: "bad",
};

/** What became of it, why, and what next. */
function Summary({ event, children }: { event: InboxEvent; children: ComponentChildren }) {
  const { status, reason, integrationName, receivedAt, processedAt, attempts, result } = event;
  const { label, tone, icon, means } = STATUS[status];
  const places = placesOf(result);
  const happened: Record<InboxEvent["status"], string> = {
    received:
      attempts > 0
        ? `Working on it failed ${attempts === 1 ? "once" : `${attempts} times`} so far, and is tried again.`
        : `${integrationName} sent it, and it waits for its turn.`,
    processed: `${integrationName} sent it, and it is done.`,
    stale: "It came too late: something newer had been said before.",
    quarantined: "It was stored, but can’t be understood.",
  };
  return (
    <Card class="summary" tone={TONES[status]}>
      <div class="summary-head">
        <div class="summary-happened">
          <StatusPill tone={tone} icon={icon}>
            {label}
          </StatusPill>
          <h2>{happened[status]}</h2>
          <p class="quiet">
            <Since at={processedAt ?? receivedAt} />
          </p>
        </div>
        {children}
      </div>
      <dl class="summary-parts">
        {reason && (
          <div>
            <dt>{status === "processed" ? "Note" : "Why"}</dt>
            <dd>{reason}</dd>
          </div>
        )}
        {places.length > 0 && (
          <div>
            <dt>What changed</dt>
            <dd class="row">
              {places.map(({ key, word, href, id }) =>
                href ? (
                  <a key={key} href={href}>
                    {word}
                  </a>
                ) : (
                  <span key={key}>
                    {word} <code class="quiet">{id}</code>
                  </span>
                ),
              )}
            </dd>
          </div>
        )}
        <div>
          <dt>What next</dt>
          <dd>{NEXT[status] ?? means}</dd>
        </div>
      </dl>
    </Card>
  );
}

const NEXT: Record<InboxEvent["status"], string> = {
  received: "Nothing has to be done: this page shows what became of it as soon as that is known.",
  processed: "Nothing has to be done. Run again, it is read as the product reads it today.",
  stale: "Nothing has to be done. Run again, it is compared once more with what is newest.",
  quarantined:
    "Mend what the reason names: the sender, or what is missing here, such as a job or a person. Then run it again; it is read anew. A mended event of the sender with a new id works as well.",
};

function Facts({ event }: { event: InboxEvent }) {
  const facts: Fact[] = [
    ["Source", <a href={`/settings/sources/${event.integrationId}`}>{event.integrationName}</a>],
    [
      "Event id",
      <span class="fact-copy">
        <code>{event.eventId}</code>
        <Copy text={event.eventId} what="The event id" small />
      </span>,
    ],
    ["Happened", event.occurredAt && <Ago at={event.occurredAt} />],
    ["Came", <Ago at={event.receivedAt} />],
    ["Done", event.processedAt && event.status !== "quarantined" && <Ago at={event.processedAt} />],
    ["Runs", event.attempts > 0 && <span class="num">{event.attempts}</span>],
  ];
  return (
    <Card title="The event">
      <FactList class="delivery-facts" facts={facts} />
    </Card>
  );
}
