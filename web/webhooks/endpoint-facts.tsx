import type { ComponentChildren } from "preact";
import type { Endpoint } from "../../worker/features/webhooks/schema";
import { DELIVERY_STATUSES } from "../../worker/features/webhooks/words";
import { STATUS } from "../deliveries/words";
import { Ago } from "../lib/ago";
import { Card } from "../ui";
import { ALL } from "./words";

/** How an endpoint is set up. */
export function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
  const { url, events, ordering, ratePerSecond, headerNames, createdAt, updatedAt } = endpoint;
  return (
    <Card title="How it is set up">
      <dl class="endpoint-facts">
        <Fact name="Address">
          <code class="endpoint-url">{url}</code>
        </Fact>
        <Fact name="Events">
          {events.includes(ALL) ? (
            "Every event"
          ) : (
            <ul class="endpoint-events">
              {events.map((type) => (
                <li key={type}>
                  <a href={`/settings/webhooks/events#${type}`}>
                    <code>{type}</code>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="Order">
          {ordering === "entity" ? "Kept for each person, job and interview" : "As fast as possible"}
        </Fact>
        <Fact name="Rate">
          {ratePerSecond === null
            ? "As fast as it answers"
            : `At most ${ratePerSecond} ${ratePerSecond === 1 ? "request" : "requests"} a second`}
        </Fact>
        <Fact name="Headers of its own">{headerNames.length > 0 ? headerNames.join(", ") : "None"}</Fact>
        <Fact name="Added">
          <Ago at={createdAt} />
          {updatedAt !== createdAt && (
            <span class="quiet">
              , changed <Ago at={updatedAt} />
            </span>
          )}
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How many of its deliveries stand where; each number leads to them. */
export function EndpointCounts({ endpoint }: { endpoint: Endpoint }) {
  return (
    <ul class="counts" aria-label="Deliveries of this endpoint">
      {DELIVERY_STATUSES.map((status) => (
        <li key={status}>
          <a href={`/settings/webhooks/deliveries?endpoint=${endpoint.id}&status=${status}`}>
            <span class="counts-number num">{(endpoint.counts[status] ?? 0).toLocaleString("en")}</span>
            <span class="counts-word">{STATUS[status].label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
