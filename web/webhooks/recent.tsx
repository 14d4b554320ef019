import type { DeliveryLine } from "../../worker/features/webhooks/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { lineWords, STATUS } from "../deliveries/words";
import { Ago } from "../lib/ago";
import { errorText } from "../lib/client";
import type { Loaded } from "../lib/load";
import { Button, Card, EmptyState, Loading, Skeleton, StatusPill, Trouble } from "../ui";

export interface RecentProps {
  endpointId: string;
  deliveries: Loaded<PageOf<DeliveryLine>>;
}

/** The newest deliveries of an endpoint. */
export function Recent({ endpointId, deliveries }: RecentProps) {
  const { data, error, reload } = deliveries;
  return (
    <Card
      title="Newest deliveries"
      flush
      actions={
        <Button size="s" href={`/settings/webhooks/deliveries?endpoint=${endpointId}`} iconEnd="arrow-right">
          All deliveries
        </Button>
      }
    >
      {!data ? (
        <div class="recent-wait">
          {error ? (
            <Trouble title="The deliveries could not be loaded" onRetry={reload}>
              {errorText(error)}
            </Trouble>
          ) : (
            <Loading label="Loading the deliveries">
              <Skeleton lines={5} />
            </Loading>
          )}
        </div>
      ) : data.data.length === 0 ? (
        <EmptyState icon="send" title="Nothing was sent yet">
          Send a test, or let something happen: events appear here as they go out.
        </EmptyState>
      ) : (
        <ul class="lines">
          {data.data.map((line) => (
            <li key={line.id} class="line">
              <div class="line-main">
                <a class="line-link" href={`/settings/webhooks/deliveries/${line.id}`}>
                  {line.eventType}
                </a>
                <span class="line-under">
                  {lineWords(line)} · <Ago at={line.createdAt} />
                </span>
              </div>
              <StatusPill tone={STATUS[line.status].tone} icon={STATUS[line.status].icon}>
                {STATUS[line.status].label}
              </StatusPill>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
