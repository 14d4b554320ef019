import { event, type NewAudit, type NewEvent } from "../../events/commit";
import { type Health, OPENS_AFTER } from "./policy";
import type { Attempted, EndpointRow } from "./send";
import type { Cause, DisabledReason } from "./words";

/** What a claim came to. */
export interface Batch {
  health: Health;
  done: Attempted[];
}

export const isSuccess = (attempted: Attempted) => attempted.outcome.cause === null;

/** What the batch tells the world. */
export interface Told {
  failing: boolean;
  events: NewEvent[];
  audit: NewAudit[];
}

/** What is to be told of a batch: that the circuit opened or closed, that the endpoint is turned off. */
export function tell(row: EndpointRow, { health, done }: Batch): Told {
  const cause = done.findLast((attempted) => !isSuccess(attempted))?.outcome.cause ?? null;
  const failing = health.off !== null || health.failures >= OPENS_AFTER;
  const recovered = row.toldFailing && health.circuit === "closed" && done.some(isSuccess);
  const events: NewEvent[] = [];
  if (failing && !row.toldFailing) events.push(tellFailed(row, cause, health.off));
  if (recovered && !failing) events.push(tellRecovered(row));
  const audit: NewAudit[] = [];
  if (health.off) {
    const off = toldOff(row, health.off);
    events.push(...off.events);
    audit.push(...off.audit);
  }
  return { failing: failing || (row.toldFailing && !recovered), events, audit };
}

const entityOf = (row: EndpointRow) => ({ type: "webhook_endpoint", id: row.id });
const about = (row: EndpointRow, cause: Cause | null) => ({
  integrationId: row.id,
  type: "webhook",
  ...(cause ? { cause } : {}),
});

const tellFailed = (row: EndpointRow, cause: Cause | null, off: Health["off"]): NewEvent =>
  event({
    type: "integration.failed",
    entity: entityOf(row),
    data: about(row, cause),
    detail: { off: off !== null },
  });

const tellRecovered = (row: EndpointRow): NewEvent =>
  event({ type: "integration.recovered", entity: entityOf(row), data: about(row, null) });

/** What is told of an endpoint that is turned off though nobody did. */
export function toldOff(row: EndpointRow, reason: Exclude<DisabledReason, "person">) {
  const disabled = event({
    type: "integration.disabled",
    entity: entityOf(row),
    data: { integrationId: row.id, type: "webhook", reason },
  });
  const audit: NewAudit = {
    action: "WEBHOOK_ENDPOINT_DISABLE",
    entity: entityOf(row),
    newValue: { status: "disabled", reason },
  };
  return { events: [disabled], audit: [audit] };
}
