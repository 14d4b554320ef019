import type { Delivery } from "../../worker/features/webhooks/schema";
import { causeWords } from "../deliveries/causes";
import { Until, useSecond } from "../deliveries/when";
import { happened, hostOf, STATUS } from "../deliveries/words";
import { Button, Card, StatusPill } from "../ui";

/** What became of a test, as it comes to be known. */
export function TestCard({ delivery, watching }: { delivery: Delivery; watching: boolean }) {
  const at = useSecond();
  const { status, lastCause, lastStatusCode, nextAt, endpointUrl } = delivery;
  const failed = lastCause !== null && status !== "delivered";
  const words = failed ? causeWords(lastCause, lastStatusCode, hostOf(endpointUrl)) : null;
  const tone = status === "delivered" ? "good" : failed ? "bad" : "plain";
  return (
    <Card
      title="The test"
      tone={tone}
      actions={
        <StatusPill tone={STATUS[status].tone} icon={STATUS[status].icon}>
          {STATUS[status].label}
        </StatusPill>
      }
    >
      <div class="stack test" role="status">
        <p>
          <strong>{happened(delivery, at)}</strong>
          {words && <> {words.why}</>}
        </p>
        {words?.tries[0] && <p>{words.tries[0]}</p>}
        {status === "pending" && failed && nextAt && watching && (
          <p class="quiet">
            The next attempt goes out <Until at={nextAt} short />. You can mend the receiver meanwhile.
          </p>
        )}
        <div>
          <Button size="s" href={`/settings/webhooks/deliveries/${delivery.id}`} iconEnd="arrow-right">
            See request and answer
          </Button>
        </div>
      </div>
    </Card>
  );
}
