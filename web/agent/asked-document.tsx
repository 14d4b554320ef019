import "./onboarding.css";
import { Card, FileDrop, Icon } from "../ui";
import { TemplateLink } from "./document-row";
import { ACCEPT, TAKEN } from "./files";
import { type OwnDocuments, slotOf, slotState } from "./own-documents";
import type { Upload } from "./use-upload";

export interface AskedDocumentProps {
  /** The key of its type. */
  type: string;
  data: OwnDocuments;
  organization: string;
  upload: Upload;
}

/** One document that was asked for: what it is, and the place to send it, open at once. */
export function AskedDocument({ type, data, organization, upload }: AskedDocumentProps) {
  const slot = slotOf(data, type);
  if (!slot) return null;
  const state = slotState(slot);
  if (state === "pending" || state === "approved") {
    const words =
      state === "pending"
        ? `Your ${slot.name} is with the team. ${organization} looks at it next.`
        : `Your ${slot.name} is approved. There is nothing to send.`;
    return (
      <Card tone={state === "pending" ? "plain" : "good"}>
        <p class="ob-over" role="status">
          <Icon name={state === "pending" ? "hourglass" : "circle-check"} />
          <span>{words}</span>
        </p>
      </Card>
    );
  }
  return (
    <Card title={`Send your ${slot.name}`} tone="accent" class="doc-now">
      <div class="stack">
        {slot.message && <p>{slot.message}</p>}
        {state === "rejected" && slot.document?.reason && (
          <p class="doc-reason">
            <strong>{organization} writes:</strong> {slot.document.reason}
          </p>
        )}
        {slot.hasTemplate && <TemplateLink type={slot.type} name={slot.name} />}
        <FileDrop
          primary
          label={slot.name}
          hint={TAKEN}
          accept={ACCEPT}
          sending={upload.sending?.type === slot.type ? upload.sending : null}
          error={upload.errors[slot.type]}
          disabled={Boolean(upload.sending)}
          onFile={(file) => upload.send(slot.type, file)}
          onCancel={upload.cancel}
        />
      </div>
    </Card>
  );
}
