import type { Attempt } from "../../worker/features/webhooks/schema";
import type { DeliveryStatus } from "../../worker/features/webhooks/words";
import { Card, EmptyState, Icon } from "../ui";
import { Since } from "./when";
import { attemptWords, count, latency, underWay } from "./words";

export interface AttemptsProps {
  /** Newest first. */
  attempts: readonly Attempt[];
  status: DeliveryStatus;
  /** The number of the one that is looked at. */
  chosen: number | undefined;
  onChoose: (n: number) => void;
}

/** Every try of a delivery; choosing one shows what went out and came back in it. */
export function Attempts({ attempts, status, chosen, onChoose }: AttemptsProps) {
  return (
    <Card
      title={attempts.length === 0 ? "Attempts" : count(attempts.length, "attempt")}
      flush
      class="attempts-card"
    >
      {attempts.length === 0 ? (
        <EmptyState icon="clock" title="Not tried yet">
          {status === "pending"
            ? "The first attempt stands here within seconds."
            : status === "parked"
              ? "Its turn comes once the endpoint works again."
              : "It was never sent."}
        </EmptyState>
      ) : (
        <ol class="attempts" aria-label="Attempts, newest first">
          {attempts.map((attempt) => (
            <li key={attempt.n}>
              <button
                type="button"
                class="attempt"
                aria-current={attempt.n === chosen ? "true" : undefined}
                onClick={() => onChoose(attempt.n)}
              >
                <span class="attempt-n num">{attempt.n}</span>
                <Outcome attempt={attempt} />
                <span class="attempt-took num">
                  {attempt.latencyMs === null ? "" : latency(attempt.latencyMs)}
                </span>
                <span class="attempt-at">
                  <Since at={attempt.at} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Outcome({ attempt }: { attempt: Attempt }) {
  if (underWay(attempt, Date.now())) {
    return (
      <span class="attempt-outcome">
        <Icon name="send" size={16} />
        On its way
      </span>
    );
  }
  return (
    <span class={`attempt-outcome ${attempt.cause ? "attempt-bad" : "attempt-good"}`}>
      <Icon name={attempt.cause ? "circle-x" : "circle-check"} size={16} />
      {attemptWords(attempt)}
    </span>
  );
}
