import { useEffect, useState } from "preact/hooks";
import type { Me } from "../../worker/features/users/schema";
import { errorText } from "../lib/client";
import { me } from "../lib/session";
import { Button, Card, Icon, Loading, Skeleton, Trouble } from "../ui";
import { AskedDocument } from "./asked-document";
import type { StepProps } from "./onboarding-step";
import { type Slot, slotOf, slotState, useOwnDocuments } from "./own-documents";
import { completeStep } from "./use-steps";
import { useUpload } from "./use-upload";

/** A document to send: what is asked, the file to fill in, the camera, and then that the team has it. */
export function StepDocument(props: StepProps) {
  const person = me.value;
  return person && <Upload person={person} {...props} />;
}

function Upload({ person, step, organization, onDone, onChange }: StepProps & { person: Me }) {
  const documents = useOwnDocuments(person);
  const [arrived, setArrived] = useState(false);
  const upload = useUpload(async () => {
    setArrived(true);
    // The step goes to the team together with its document; where that fails, the document still counts.
    await completeStep(step.id).then(onDone, onChange);
    documents.reload();
  });
  useEffect(() => {
    if (step.status === "in_review") setArrived(false);
  }, [step.status]);
  if (step.status === "in_review" || arrived) {
    return (
      <Card>
        <p class="ob-over" role="status">
          <Icon name="hourglass" />
          <span>It is with the team. {organization} looks at it next, and you get a notification.</span>
        </p>
      </Card>
    );
  }
  if (!documents.data) {
    return documents.error ? (
      <Trouble title="Your documents could not be loaded" onRetry={documents.reload}>
        {errorText(documents.error)}
      </Trouble>
    ) : (
      <Loading label="Loading what is asked">
        <Skeleton height="10rem" />
      </Loading>
    );
  }
  const type = step.documentType ?? "other";
  const slot = slotOf(documents.data, type);
  const state = slot && slotState(slot);
  if (slot?.document && (state === "pending" || state === "approved")) {
    return <Sent step={step} slot={slot} organization={organization} onDone={onDone} onChange={onChange} />;
  }
  return <AskedDocument type={type} data={documents.data} organization={organization} upload={upload} />;
}

/** It was sent before this step was asked: it counts for it, too. */
function Sent({ step, slot, onDone, onChange }: StepProps & { slot: Slot }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const use = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      onDone(await completeStep(step.id));
    } catch (error) {
      setTrouble(errorText(error));
      onChange();
    }
    setBusy(false);
  };
  return (
    <Card title={`You have sent your ${slot.name} already`} tone="accent">
      <div class="stack">
        <p>{slot.document?.fileName} counts for this step, too.</p>
        {trouble && (
          <p class="field-error" role="alert">
            <Icon name="circle-alert" size={16} />
            <span>{trouble}</span>
          </p>
        )}
        <Button variant="primary" size="l" full busy={busy} onClick={use}>
          Use it
        </Button>
      </div>
    </Card>
  );
}
