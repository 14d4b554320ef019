import { useState } from "preact/hooks";
import { Button, Dialog } from "../ui";
import { Lacks } from "./lacks";
import type { CampaignDesk } from "./use-desk";

/** Asks whether somebody is assigned who does not meet what is asked. */
export function OverrideDialog({ desk }: { desk: CampaignDesk }) {
  const [busy, setBusy] = useState(false);
  const { override, closeOverride, confirmOverride } = desk;
  const name = override?.who.name ?? "";
  return (
    <Dialog
      open={override !== null}
      onClose={closeOverride}
      title={`${name} doesn’t meet what is asked`}
      actions={
        <>
          <Button onClick={closeOverride}>Go back</Button>
          <Button
            variant="primary"
            busy={busy}
            onClick={async () => {
              setBusy(true);
              await confirmOverride();
              setBusy(false);
            }}
          >
            Assign all the same
          </Button>
        </>
      }
    >
      <p>What they lack:</p>
      <Lacks missing={override?.missing ?? []} class="campaign-missing" />
      <p class="quiet">Assigning all the same is noted in the audit trail, with your name.</p>
    </Dialog>
  );
}
