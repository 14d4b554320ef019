import { createHmac } from "node:crypto";
import type { InboxLine, SourceWithSecret } from "../../../worker/features/inbox/schema";
import type { DeliveryLine, EndpointWithSecret } from "../../../worker/features/webhooks/schema";
import type { Scene } from "./scene";
import { base, productTime } from "./server";

/** What stands on the screens of the integrations. */
export interface Integrations {
  endpointId: string;
  deliveryId: string;
  sourceId: string;
  inboxId: string;
}

/** Sends an event to a source as the system behind it does. */
export async function sendToSource(source: SourceWithSecret, event: object): Promise<Response> {
  const body = JSON.stringify(event);
  // Other tests may have moved the product's clock, and an old signature is refused.
  const seconds = Math.floor((await productTime()) / 1000);
  const signature = createHmac("sha256", source.secret).update(`${seconds}.${body}`).digest("hex");
  return await fetch(base + new URL(source.hookUrl).pathname, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "x-portal-signature": `t=${seconds},v1=${signature}` },
  });
}

/** An endpoint that nobody listens at, with a test that failed; a source with an event that nobody understands; a key. */
export async function newIntegrations({ admin }: Scene): Promise<Integrations> {
  const endpoint = await admin.post<EndpointWithSecret>("/api/webhooks/endpoints", {
    url: "http://localhost:9/hooks",
    events: ["job.posted", "candidate.created"],
    description: "Payroll",
    headers: { "X-Team": "blue" },
  });
  const delivery = await admin.post<DeliveryLine>(`/api/webhooks/endpoints/${endpoint.id}/test`, {});
  const source = await admin.post<SourceWithSecret>("/api/integrations/portal/connect", {
    name: "Assessments",
    scheme: "portal",
  });
  const answer = await sendToSource(source, {
    eventId: "first",
    eventType: "assessment.dreamed",
    occurredAt: new Date().toISOString(),
    data: {},
  });
  if (!answer.ok) throw new Error(`The source answered ${answer.status}: ${await answer.text()}`);
  await admin.post("/api/api-keys", { name: "Monitoring", scopes: ["metrics:read"] });
  const inbox = await settled(
    () => admin.get<{ data: InboxLine[] }>("/api/webhooks/inbox"),
    ({ data }) => data[0]?.status === "quarantined",
  );
  await settled(
    () => admin.get<DeliveryLine>(`/api/webhooks/deliveries/${delivery.id}`),
    ({ attemptCount, lastCause }) => attemptCount > 0 && lastCause !== "outcome_unknown",
  );
  return {
    endpointId: endpoint.id,
    deliveryId: delivery.id,
    sourceId: source.id,
    inboxId: inbox.data[0]?.id ?? "",
  };
}

/** What was not woken at once is found by the sweep, which comes by each minute. */
const PATIENCE_MS = 90_000;

/** Reads until it is so, and fails when it isn't for too long. */
async function settled<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const ends = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > ends) throw new Error(`It is still ${JSON.stringify(value)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}
