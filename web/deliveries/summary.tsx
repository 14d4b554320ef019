import type { ComponentChildren } from "preact";
import type { Delivery, Endpoint } from "../../worker/features/webhooks/schema";
import type { Cause } from "../../worker/features/webhooks/words";
import { date } from "../lib/time";
import { Card, type CardProps, Icon, StatusPill } from "../ui";
import { causeWords } from "./causes";
import { Since, Until, useSecond } from "./when";
import { happened, hostOf, newest, ordinal, STATUS, underWay } from "./words";

const DAY = 24 * 60 * 60 * 1000;
/** How long a delivery and its body are kept, in days. */
const KEPT_DAYS = 30;

export interface SummaryProps {
  delivery: Delivery;
  /** Null where it was removed, or could not be read. */
  endpoint: Endpoint | null;
  children?: ComponentChildren;
}

/** What happened, why, what to try and what comes next, in that order. */
export function Summary({ delivery, endpoint, children }: SummaryProps) {
  const now = useSecond();
  const { status, endpointUrl } = delivery;
  const last = newest(delivery);
  const sending = status === "pending" && underWay(last, now);
  const failure = sending ? null : failureOf(delivery, endpoint);
  const words = failure && causeWords(failure.cause, failure.code, hostOf(endpointUrl));
  const { label, tone, icon } = STATUS[status];
  return (
    <Card class="summary" tone={toneOf(status, words !== null)}>
      <div class="summary-head">
        <div class="summary-happened">
          <StatusPill tone={tone} icon={icon}>
            {sending ? "On its way" : status === "pending" && last?.cause ? "Being tried again" : label}
          </StatusPill>
          <h2>{happened(delivery, now)}</h2>
          {last && (
            <p class="quiet">
              <Since at={last.at} />
            </p>
          )}
        </div>
        {children}
      </div>
      <dl class="summary-parts">
        {words && (
          <>
            <div>
              <dt>Why</dt>
              <dd>
                {status === "exhausted" && delivery.reason && `${delivery.reason} `}
                {words.why}
              </dd>
            </div>
            <div>
              <dt>What to try</dt>
              <dd>
                <ul class="summary-tries">
                  {words.tries.map((one) => (
                    <li key={one}>
                      <Icon name="arrow-right" size={16} />
                      <span>{one}</span>
                    </li>
                  ))}
                </ul>
              </dd>
            </div>
          </>
        )}
        <div>
          <dt>What next</dt>
          <dd>
            <Next delivery={delivery} endpoint={endpoint} sending={sending} now={now} />
          </dd>
        </div>
      </dl>
    </Card>
  );
}

/** Why it failed last; of one that is held back untried, why its endpoint did. */
function failureOf(
  { status, lastCause, lastStatusCode, attemptCount }: Delivery,
  endpoint: Endpoint | null,
): { cause: Cause; code: number | null } | null {
  if (status === "delivered" || status === "cancelled") return null;
  if (lastCause && attemptCount > 0) return { cause: lastCause, code: lastStatusCode };
  if (status !== "parked" || !endpoint?.lastCause) return null;
  return { cause: endpoint.lastCause, code: endpoint.lastStatusCode };
}

function toneOf(status: Delivery["status"], failed: boolean): CardProps["tone"] {
  if (status === "exhausted") return "bad";
  if (status === "parked" || (status === "pending" && failed)) return "warn";
  return status === "delivered" ? "good" : "plain";
}

interface NextProps {
  delivery: Delivery;
  endpoint: Endpoint | null;
  sending: boolean;
  now: number;
}

function Next({ delivery, endpoint, sending, now }: NextProps) {
  const { status, nextAt, attemptCount, createdAt } = delivery;
  const off = endpoint === null || endpoint.status === "disabled";
  if (sending)
    return <>The receiver has 15 seconds for its answer. This page shows it as soon as it is there.</>;
  if (status === "delivered") {
    return (
      <>
        Nothing has to be done. If the receiver lost it, send it again: it goes out with the same webhook-id
        and the same body.
      </>
    );
  }
  if (status === "pending" || status === "parked") {
    if (off) return <Off endpoint={endpoint} />;
    const at = status === "parked" ? endpoint.probeAt : nextAt;
    if (!at) {
      return status === "parked" ? (
        <>It is sent as soon as an event before it gets through.</>
      ) : (
        <>Its turn comes once the events of the same record before it are delivered.</>
      );
    }
    const due = Date.parse(at) <= now;
    if (status === "parked") {
      return (
        <>
          One of the events held back is tried {due ? "now" : <Until at={at} />}. When it gets through, the
          others follow by themselves, the oldest first.
        </>
      );
    }
    return (
      <>
        The {ordinal(attemptCount + 1)} attempt goes out by itself <Until at={at} />.
      </>
    );
  }
  const until = Date.parse(createdAt) + KEPT_DAYS * DAY;
  return (
    <>
      {off && (
        <>
          <Off endpoint={endpoint} />{" "}
        </>
      )}
      {now < until ? (
        <>
          Nothing more is tried by itself. It can be sent again until{" "}
          {date(new Date(until).toISOString(), now)}.
        </>
      ) : (
        <>It is older than {KEPT_DAYS} days, so that it can’t be sent again.</>
      )}
    </>
  );
}

/** Nothing can go to an endpoint that is off or gone. */
function Off({ endpoint }: { endpoint: Endpoint | null }) {
  if (!endpoint) return <>Its endpoint was removed, so that it goes nowhere.</>;
  return (
    <>
      The endpoint is off. <a href={`/settings/webhooks/${endpoint.id}`}>Turn it on</a> first.
    </>
  );
}
