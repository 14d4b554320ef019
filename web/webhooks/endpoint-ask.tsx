import type { Endpoint } from "../../worker/features/webhooks/schema";
import { Button, Dialog } from "../ui";

/** What is asked about before it is done. */
export type Asked = "rotate" | "off" | "remove";

export interface AskProps {
  asked: Asked | null;
  endpoint: Endpoint;
  busy: boolean;
  onClose: () => void;
  onYes: (asked: Asked) => void;
}

const TITLES: Record<Asked, string> = {
  rotate: "Make a new secret?",
  off: "Turn this endpoint off?",
  remove: "Remove this endpoint?",
};
const YES: Record<Asked, string> = { rotate: "Make a new secret", off: "Turn off", remove: "Remove" };

/** Asks once more, and says what follows. */
export function AskDialog({ asked, endpoint, busy, onClose, onYes }: AskProps) {
  const waiting = (endpoint.counts.pending ?? 0) + (endpoint.counts.parked ?? 0);
  return (
    <Dialog
      open={asked !== null}
      onClose={onClose}
      title={asked && TITLES[asked]}
      actions={
        asked && (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant={asked === "rotate" ? "primary" : "danger"}
              busy={busy}
              onClick={() => onYes(asked)}
            >
              {YES[asked]}
            </Button>
          </>
        )
      }
    >
      {asked === "rotate" ? (
        <p>
          For 24 hours both secrets sign, so that you can change the receiver without losing an event. After
          that the old one is worth nothing.
        </p>
      ) : (
        <div class="stack">
          <p>
            {asked === "off"
              ? "Nothing is sent there any more. What happens while it is off is not sent later either."
              : "Nothing is sent there any more. What was sent before stays in Deliveries."}
          </p>
          {waiting > 0 && (
            <p>
              {waiting === 1 ? "One event waits" : `${waiting.toLocaleString("en")} events wait`} to be sent
              there, and {waiting === 1 ? "is" : "are"} cancelled.
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}
