import type { Source } from "../../worker/features/inbox/schema";
import { Copy } from "../deliveries/exchange";
import { clock, Since } from "../deliveries/when";
import { absolute } from "../lib/time";
import { Banner, Button, Card } from "../ui";
import { SCHEMES } from "./words";

/** Where its events have to go, and how they are signed. */
export function SourceAddress({ source }: { source: Source }) {
  const { hookUrl, scheme, previousSecretUntil, ipAllowList, acceptsWith } = source;
  return (
    <Card
      title="Where it sends to"
      actions={<Copy text={hookUrl} what="The address" label="Copy the address" />}
    >
      <p>
        <code class="source-url">{hookUrl}</code>
      </p>
      <dl class="delivery-facts source-facts">
        <div>
          <dt>Signature</dt>
          <dd>{SCHEMES[scheme].how}</dd>
        </div>
        <div>
          <dt>Secret</dt>
          <dd>
            It was shown once and can’t be shown again. If it is lost, make a new one.
            {previousSecretUntil && Date.parse(previousSecretUntil) > Date.now() && (
              <>
                {" "}
                The one before it still counts, until{" "}
                <time dateTime={previousSecretUntil} title={absolute(previousSecretUntil)}>
                  {clock(previousSecretUntil)}
                </time>
                .
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>From</dt>
          <dd>{ipAllowList ? ipAllowList.join(", ") : "Any address, as long as the signature is good."}</dd>
        </div>
        <div>
          <dt>Answered</dt>
          <dd>{acceptsWith} for a new event, 200 for one that came before, 401 without a good signature.</dd>
        </div>
      </dl>
    </Card>
  );
}

/** Says what is wrong with a source, and what to do. */
export function SourceErrors({ source, onTurnOn }: { source: Source; onTurnOn: () => void }) {
  const { status, lastError, lastErrorAt, lastEventAt } = source;
  if (status === "disabled") {
    return (
      <Banner tone="warn" action={<Button onClick={onTurnOn}>Turn it on</Button>}>
        This source is off: whatever it sends is answered 401 and not kept.
      </Banner>
    );
  }
  if (!lastError || !lastErrorAt) return null;
  const over = lastEventAt !== null && lastEventAt > lastErrorAt;
  return (
    <Banner tone={over ? "plain" : "bad"}>
      <strong>{over ? "Good again." : "The last thing it sent failed."}</strong> {lastError}{" "}
      <Since at={lastErrorAt} />
    </Banner>
  );
}
