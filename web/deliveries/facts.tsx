import type { Delivery } from "../../worker/features/webhooks/schema";
import { Ago } from "../lib/ago";
import { Card, type Fact, FactList } from "../ui";
import { Copy } from "./exchange";
import { shortUrl } from "./words";

/** What was to be delivered, and where to. */
export function Facts({ delivery }: { delivery: Delivery }) {
  const { eventId, eventType, endpointId, endpointUrl, entityId, eventSeq, replays, createdAt } = delivery;
  const facts: Fact[] = [
    ["Endpoint", <a href={`/settings/webhooks/${endpointId}`}>{shortUrl(endpointUrl)}</a>],
    [
      "webhook-id",
      <span class="fact-copy">
        <code>{eventId}</code>
        <Copy text={eventId} what="The webhook-id" small />
      </span>,
    ],
    [
      "Same event",
      <a href={`/settings/webhooks/deliveries?event=${encodeURIComponent(eventId)}`}>
        All deliveries of this event
      </a>,
    ],
    [
      "Same type",
      <a href={`/settings/webhooks/deliveries?type=${encodeURIComponent(eventType)}`}>
        All deliveries of this type
      </a>,
    ],
    ["About", entityId !== eventId && <code>{entityId}</code>],
    ["Number", eventSeq > 0 && <span class="num">{eventSeq.toLocaleString("en")}</span>],
    ["Happened", <Ago at={createdAt} />],
    ["Sent again", replays > 0 && (replays === 1 ? "Once" : `${replays} times`)],
  ];
  return (
    <Card title="The event" class="delivery-event">
      <FactList class="delivery-facts" facts={facts} />
    </Card>
  );
}
