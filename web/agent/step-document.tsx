import type { Me } from "../../worker/features/users/schema";
import { errorText } from "../lib/client";
import { me } from "../lib/session";
import { Card, Icon, Loading, Skeleton, Trouble } from "../ui";
import { AskedDocument } from "./asked-document";
import type { StepProps } from "./onboarding-step";
import { useOwnDocuments } from "./own-documents";
import { completeStep } from "./use-steps";
import { useUpload } from "./use-upload";

/** A document to send: what is asked, the file to fill in, the camera, and then that the team has it. */
export function StepDocument(props: StepProps) {
  const person = me.value;
  return person && <Upload person={person} {...props} />;
}

function Upload({ person, step, organization, onDone, onChange }: StepProps & { person: Me }) {
  const documents = useOwnDocuments(person);
  const upload = useUpload(async () => {
    documents.reload();
    // The step goes to the team together with its document; where that fails, the document still counts.
    await completeStep(step.id).then(onDone, onChange);
  });
  if (step.status === "in_review") {
    return (
      <Card>
        <p class="step-over" role="status">
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
  return (
    <AskedDocument
      type={step.documentType ?? "other"}
      data={documents.data}
      organization={organization}
      upload={upload}
    />
  );
}
