import type { Document } from "../../worker/features/documents/schema";
import { Ago } from "../lib/ago";
import { calendarDay } from "../lib/time";
import { Button, FileDrop, Icon, StatusPill, type Tone } from "../ui";
import { expiryText } from "./days";
import { ACCEPT, megabytes } from "./files";
import { type Slot, slotState } from "./own-documents";
import type { Upload } from "./use-upload";

const STATES: Record<ReturnType<typeof slotState>, { tone: Tone; word: string }> = {
  rejected: { tone: "bad", word: "Needs another look" },
  expired: { tone: "bad", word: "Expired" },
  missing: { tone: "plain", word: "Not sent yet" },
  pending: { tone: "warn", word: "In review" },
  approved: { tone: "good", word: "Approved" },
  free: { tone: "plain", word: "Not sent" },
};

export interface DocumentRowProps {
  slot: Slot;
  organization: string;
  upload: Upload;
  /** The upload stands elsewhere on the screen. */
  quiet?: boolean;
  /** The level of its heading. */
  level?: 2 | 3;
  /** Takes back one that nobody has reviewed. */
  onTakeBack?: (document: Document) => void;
}

/** One paper: how it stands, why, and what can be done about it. */
export function DocumentRow({ slot, organization, upload, quiet, level = 3, onTakeBack }: DocumentRowProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const state = slotState(slot);
  const { document } = slot;
  const sending = upload.sending?.type === slot.type ? upload.sending : null;
  const takes = state === "missing" || state === "rejected" || state === "expired" || isEnding(document);
  return (
    <li class="doc">
      <div class="doc-head">
        <Heading class="doc-name">{slot.name}</Heading>
        <StatusPill tone={STATES[state].tone}>{STATES[state].word}</StatusPill>
      </div>
      {state === "missing" && (slot.message || slot.dueDate) && (
        <p class="doc-asked">
          {slot.message}
          {slot.dueDate && <> Please send it by {calendarDay(slot.dueDate)}.</>}
        </p>
      )}
      {state === "rejected" && document?.reason && (
        <p class="doc-reason">
          <strong>{organization} writes:</strong> {document.reason}
        </p>
      )}
      {(state === "missing" || state === "expired") && slot.hasTemplate && (
        <TemplateLink type={slot.type} name={slot.name} />
      )}
      {document && (
        <p class="doc-detail">
          <a href={`/api/documents/${document.id}/content`} download={document.fileName}>
            {document.fileName}
          </a>
          <span>
            {megabytes(document.size)} · <Standing document={document} />
          </span>
          {document.status === "approved" && document.expiresOn && <Expiry document={document} />}
          {onTakeBack && document.status === "pending" && (
            <Button size="s" variant="plain" onClick={() => onTakeBack(document)}>
              Take back<span class="sr-only"> {document.fileName}</span>
            </Button>
          )}
        </p>
      )}
      {!quiet && (takes || sending || upload.errors[slot.type]) && (
        <FileDrop
          compact
          label={slot.name}
          action={state === "rejected" ? "Choose another" : document ? "Send a new one" : "Choose a file"}
          accept={ACCEPT}
          sending={sending}
          error={upload.errors[slot.type]}
          disabled={Boolean(upload.sending)}
          onFile={(file) => upload.send(slot.type, file)}
          onCancel={upload.cancel}
        />
      )}
    </li>
  );
}

/** The file to fill in, of a type. */
export function TemplateLink({ type, name }: { type: string; name: string }) {
  return (
    <p class="doc-template">
      <a href={`/api/documents/types/${encodeURIComponent(type)}/template`} download>
        <Icon name="download" size={16} />
        <span>Download the {name} to fill in</span>
      </a>
    </p>
  );
}

/** One that is good no longer than 30 days: a new one may be sent already. */
function isEnding(document: Document | null): boolean {
  if (document?.status !== "approved" || !document.expiresOn) return false;
  return expiryText(document.expiresOn, document.expired).tone !== "quiet";
}

function Expiry({ document }: { document: Document }) {
  if (!document.expiresOn) return null;
  const { text, tone } = expiryText(document.expiresOn, document.expired);
  return <span class={`doc-expiry doc-expiry-${tone}`}>{text}</span>;
}

function Standing({ document }: { document: Document }) {
  if (document.status === "pending" || !document.reviewedAt) {
    return (
      <>
        sent <Ago at={document.createdAt} />
      </>
    );
  }
  return (
    <>
      {document.status === "approved" ? "approved" : "looked at"} <Ago at={document.reviewedAt} />
    </>
  );
}
