import type { Endpoint } from "../../worker/features/webhooks/schema";
import { causeWords } from "../deliveries/causes";
import { Until } from "../deliveries/when";
import { hostOf } from "../deliveries/words";
import { Ago } from "../lib/ago";
import { Banner, Button } from "../ui";
import { OFF_WORDS } from "./words";

export interface EndpointStateProps {
  endpoint: Endpoint;
  busy: boolean;
  /** Sends what is held back at once. */
  onMended: () => void;
}

/** What is out of the ordinary about an endpoint, and what to do about it; nothing while all is well. */
export function EndpointState({ endpoint, busy, onMended }: EndpointStateProps) {
  return (
    <>
      <Failing endpoint={endpoint} busy={busy} onMended={onMended} />
      {endpoint.previousSecretUntil && (
        <Banner tone="info" icon="key-round" role="none">
          The secret before this one still signs too. It stops <Until at={endpoint.previousSecretUntil} />.
        </Banner>
      )}
    </>
  );
}

function Failing({ endpoint, busy, onMended }: EndpointStateProps) {
  const { status, disabledReason, disabledAt, circuit, failingSince, probeAt } = endpoint;
  if (status === "disabled") {
    return (
      <Banner tone={disabledReason === "person" ? "plain" : "bad"} icon="lock">
        This endpoint is off{disabledAt && " "}
        {disabledAt && <Ago at={disabledAt} />}. {OFF_WORDS[disabledReason ?? "person"]}
      </Banner>
    );
  }
  if (circuit === "closed") return null;
  const { lastCause, lastStatusCode } = endpoint;
  const words = lastCause && causeWords(lastCause, lastStatusCode, hostOf(endpoint.url));
  return (
    <Banner
      tone="bad"
      action={
        <Button size="s" busy={busy} onClick={onMended}>
          It is mended: send all now
        </Button>
      }
    >
      {words ? `${words.said} ${words.why} ` : "Five attempts in a row failed. "}
      {failingSince && (
        <>
          It began <Ago at={failingSince} />.{" "}
        </>
      )}
      Nothing is lost: events are held back and one is tried{" "}
      {circuit === "open" && probeAt ? <Until at={probeAt} short /> : "right now"}. As soon as one arrives,
      all follow, the oldest first.
    </Banner>
  );
}
