import { useEffect, useState } from "preact/hooks";
import type { WorkflowStep } from "../../worker/features/workflows/schema";
import { Button, Dialog, TextArea } from "../ui";

export interface DescribeProps {
  stage: WorkflowStep | null;
  onClose: () => void;
  onSave: (stage: WorkflowStep, description: string | null) => void;
}

/** What a stage is for, in words for the team. */
export function Describe({ stage, onClose, onSave }: DescribeProps) {
  const [text, setText] = useState("");
  useEffect(() => setText(stage?.description ?? ""), [stage?.id]);
  return (
    <Dialog
      open={stage !== null}
      onClose={onClose}
      title={stage && `What ${stage.name} is for`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              if (stage) onSave(stage, text.trim() || null);
              onClose();
            }}
          >
            Save
          </Button>
        </>
      }
    >
      <TextArea
        label="Description"
        hint="For the team: what is done here, and when somebody goes on."
        value={text}
        maxLength={1000}
        rows={4}
        autoFocus
        onValue={setText}
      />
    </Dialog>
  );
}
