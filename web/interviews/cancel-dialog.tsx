import { useState } from "preact/hooks";
import type { InterviewDetail } from "../../worker/features/interviews/schema";
import { Button, Dialog, TextArea } from "../ui";

export interface CancelDialogProps {
  interview: InterviewDetail;
  open: boolean;
  onClose: () => void;
  onCancel: (reason: string) => void;
}

/** Asks why, and says who will be told. */
export function CancelDialog({ interview, open, onClose, onCancel }: CancelDialogProps) {
  const [reason, setReason] = useState("");
  const { candidateName, status, inviteSent } = interview;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Cancel the interview?"
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" onClick={() => onCancel(reason.trim())}>
            Cancel the interview
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>
          {status === "Draft"
            ? "Nobody has heard of it yet, so nobody is told."
            : inviteSent
              ? `${candidateName} and the interviewers are told, and it goes out of their calendars.`
              : `${candidateName} is told by mail.`}
        </p>
        {status !== "Draft" && (
          <TextArea
            label="Reason"
            optional
            hint={`${candidateName} reads it.`}
            value={reason}
            onValue={setReason}
            maxLength={1000}
          />
        )}
      </div>
    </Dialog>
  );
}
