import "../webhooks/webhooks.css";
import "../admin/admin.css";
import "./inbox.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { SourceWithSecret } from "../../worker/features/inbox/schema";
import { useUnsaved } from "../jobs/unsaved";
import { post } from "../lib/client";
import { useForm } from "../lib/form";
import { Button, Card, Page } from "../ui";
import { SecretDialog } from "../webhooks/secret-dialog";
import { NO_FIELDS, type SourceFields, toNew, troubles } from "./source-fields";
import { SourceForm } from "./source-form";

/** What to do with the secret of a source. */
export const SECRET_STEPS = [
  "Put it into the sender, beside the address of the source.",
  "The page of the source has a script that sends a first event with it.",
];

/** Connects a system that sends us events, and shows its secret this once. */
export default function NewSourceScreen() {
  const { route } = useLocation();
  const [made, setMade] = useState<SourceWithSecret | null>(null);
  const form = useForm<SourceFields>({
    initial: NO_FIELDS,
    validate: troubles,
    submit: async (values, key) => {
      setMade(await post<SourceWithSecret>("/api/integrations/portal/connect", toNew(values), { key }));
    },
  });
  useUnsaved(form.changed && made === null);
  return (
    <Page
      title="Connect a source"
      lead="A system that sends Portico events: results of assessments, candidates, decisions about offers."
      width="full"
    >
      <div class="beside">
        <Card>
          <SourceForm form={form}>
            <div class="row form-buttons">
              <Button href="/settings/sources">Cancel</Button>
              <Button type="submit" variant="primary" busy={form.pending}>
                Connect
              </Button>
            </div>
          </SourceForm>
        </Card>
        <Card title="What happens with an event">
          <ul class="facts-list">
            <li>
              It gets an address and a secret of its own. Whoever has no good signature is answered 401.
            </li>
            <li>A good event is stored, and answered before anything is done with it.</li>
            <li>The same event twice does nothing the second time: its id tells.</li>
            <li>What can’t be understood is kept with the reason, and can be run again.</li>
          </ul>
        </Card>
      </div>
      <SecretDialog
        secret={made?.secret ?? null}
        title={`${made?.name ?? "The source"} is connected`}
        name="Secret"
        steps={SECRET_STEPS}
        onClose={() => route(`/settings/sources/${made?.id ?? ""}`)}
      />
    </Page>
  );
}
