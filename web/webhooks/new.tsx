import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { EndpointWithSecret } from "../../worker/features/webhooks/schema";
import { useUnsaved } from "../jobs/unsaved";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Card, Page } from "../ui";
import { Code } from "./code";
import { type EndpointFields, NO_FIELDS, toNew, troubles } from "./endpoint-fields";
import { EndpointForm } from "./endpoint-form";
import { SecretDialog } from "./secret-dialog";
import { SECRET_STEPS } from "./words";

/** A new endpoint, and its secret this once. */
export default function NewEndpointScreen() {
  const { route } = useLocation();
  const [made, setMade] = useState<EndpointWithSecret | null>(null);
  const form = useForm<EndpointFields>({
    initial: NO_FIELDS,
    validate: troubles,
    submit: async (values, key) => {
      setMade(await post<EndpointWithSecret>("/api/webhooks/endpoints", toNew(values), { key }));
    },
  });
  useUnsaved(form.changed && made === null);
  return (
    <Page
      title="New endpoint"
      lead="An address of yours that Portico posts events to, signed, as soon as something happens."
      width="full"
    >
      <div class="beside">
        <Card>
          <EndpointForm form={form}>
            <div class="row form-buttons">
              <Button href="/settings/webhooks">Cancel</Button>
              <Button type="submit" variant="primary" busy={form.pending}>
                Add the endpoint
              </Button>
            </div>
          </EndpointForm>
        </Card>
        <Card title="What arrives there">
          <div class="stack">
            <Code name="A request" sample>
              {SAMPLE}
            </Code>
            <ul class="facts-list">
              <li>Answer 200 to 299 within 15 seconds. Anything else is tried again, for up to five days.</li>
              <li>An event may arrive twice: its webhook-id tells. Do nothing the second time.</li>
              <li>Five failures in a row, and we send one event at a time until one arrives.</li>
            </ul>
            <p>
              <a href="/settings/webhooks/events">All events, and programs that receive them</a>
            </p>
          </div>
        </Card>
      </div>
      <SecretDialog
        secret={made?.secret ?? null}
        title="The endpoint is there"
        name="Signing secret"
        steps={SECRET_STEPS}
        onClose={() => route(`/settings/webhooks/${made?.id ?? ""}`)}
      />
    </Page>
  );
}

const SAMPLE = `POST /hooks/portico HTTP/1.1
content-type: application/json
webhook-id: evt_01
webhook-timestamp: 1768469400
webhook-signature: v1,K5oZfzN95Z9…

{
  "id": "evt_01",
  "type": "job.posted",
  "timestamp": "2026-01-15T09:30:00.000Z",
  "seq": 1201,
  "entity": { "type": "job", "id": "job_01", "seq": 3 },
  "data": { "jobId": "job_01", "clientId": "clt_01", … }
}`;
