import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Document } from "../../worker/features/documents/schema";
import { errorText, ProblemError, put } from "../lib/client";
import { useForm } from "../lib/form";
import { calendarDay } from "../lib/time";
import { Banner, Button, Dialog, Kbd, StatusPill, TextArea, type Tone, toast } from "../ui";

const PILLS: Record<Document["status"], { tone: Tone; word: string }> = {
  pending: { tone: "warn", word: "To review" },
  approved: { tone: "good", word: "Approved" },
  rejected: { tone: "bad", word: "Rejected" },
};

/** A document's review status as a word, a colour and a shape. */
export function DocumentStatus({ document }: { document: Pick<Document, "status" | "expired"> }) {
  if (document.expired) return <StatusPill tone="bad">Expired</StatusPill>;
  const { tone, word } = PILLS[document.status];
  return <StatusPill tone={tone}>{word}</StatusPill>;
}

/**
 * Approves a document; tells by toast what came of it. Answers the document as it stands, or null.
 * @param expiresOn the last day on which it counts, null for ever; as its type has it if left out
 */
export async function approve(document: Document, expiresOn?: string | null): Promise<Document | null> {
  try {
    const body = { status: "approved" as const, ...(expiresOn === undefined ? {} : { expiresOn }) };
    const next = await review(document, body);
    const until = next.expiresOn ? `, good until ${calendarDay(next.expiresOn)}` : "";
    toast({
      text: `${document.typeName} of ${document.ownerName} is approved${until}. They are told.`,
      tone: "good",
    });
    return next;
  } catch (error) {
    toast({ text: refusal(error, document), tone: "warn", seconds: 10 });
    return null;
  }
}

function review(
  document: Document,
  body: { status: "approved" | "rejected"; reason?: string; expiresOn?: string | null },
): Promise<Document> {
  return put<Document>(`/api/documents/${document.id}/status`, body, { ifMatch: document.version });
}

function refusal(error: unknown, document: Document): string {
  const changed = error instanceof ProblemError && (error.status === 412 || error.status === 409);
  return changed
    ? `${document.typeName} of ${document.ownerName} was changed by somebody else meanwhile.`
    : errorText(error);
}

/** What is wrong most often; one click writes it. */
const REASONS = [
  "The signature is missing.",
  "It can’t be read: please take the photo again in good light.",
  "This is another document than the one we asked for.",
  "It is out of date.",
];

export interface RejectDialogProps {
  /** What is rejected; null closes the dialog. */
  document: Document | null;
  onClose: () => void;
  onRejected: (document: Document) => void;
}

/** Asks why a document is rejected; the person reads these words. */
export function RejectDialog({ document, onClose, onRejected }: RejectDialogProps) {
  return (
    <Dialog open={document !== null} onClose={onClose} title={document && `Reject ${document.typeName}`}>
      {document && (
        <RejectForm key={document.id} document={document} onClose={onClose} onRejected={onRejected} />
      )}
    </Dialog>
  );
}

function RejectForm({ document, onClose, onRejected }: RejectDialogProps & { document: Document }) {
  const form = useForm({
    initial: { reason: "" },
    validate: ({ reason }) => ({ reason: reason.trim() ? undefined : "Say why, so that they can mend it." }),
    submit: async ({ reason }) => {
      const next = await review(document, { status: "rejected", reason: reason.trim() }).catch((error) => {
        if (error instanceof ProblemError && error.status === 422) throw error;
        toast({ text: refusal(error, document), tone: "warn", seconds: 10 });
        return null;
      });
      if (next) toast(`${document.typeName} of ${document.ownerName} is rejected. They are told why.`);
      onRejected(next ?? document);
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit}>
      {form.problem && <Banner tone="bad">{form.problem}</Banner>}
      <TextArea
        {...form.field("reason")}
        label="Reason"
        hint={`${document.ownerName} reads this in the mail and beside the document.`}
        rows={3}
        maxLength={1000}
        autoFocus
      />
      <ul class="row reasons" aria-label="Common reasons">
        {REASONS.map((reason) => (
          <li key={reason}>
            <Button size="s" onClick={() => form.set("reason", reason)}>
              {reason}
            </Button>
          </li>
        ))}
      </ul>
      <div class="row move-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="danger" busy={form.pending}>
          Reject and tell them
        </Button>
      </div>
    </form>
  );
}

export interface ReviewButtonsProps {
  document: Document;
  onChange: (document: Document | null) => void;
  onReject: (document: Document) => void;
  /** Small and quiet in a list; large and primary beside the document itself. */
  inList?: boolean;
  /** The last day on which it counts, where the reviewer changed it. */
  expiresOn?: string | null | undefined;
  /** The keys that do the same, where there are such. */
  keys?: { approve: string; reject: string };
}

/** Approve and reject, while a document waits for either. */
export function ReviewButtons(props: ReviewButtonsProps) {
  const { document, onChange, onReject, inList = false, expiresOn, keys } = props;
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const focused = useRef(false);
  const pending = document.status === "pending";
  // Once it is decided the buttons go, and the keys stay where they were.
  useLayoutEffect(() => {
    if (pending || !focused.current) return;
    focused.current = false;
    if (window.document.activeElement !== window.document.body) return;
    place.current?.parentElement
      ?.closest(".pdoc, .shown-head, .dialog-body")
      ?.querySelector("button")
      ?.focus();
  }, [pending]);
  if (!pending) return <span ref={place} hidden />;
  return (
    <div
      class="row review-buttons"
      onFocusIn={() => {
        focused.current = true;
      }}
      onFocusOut={(event) => {
        // A button that is taken away tells nothing, or that the focus goes nowhere.
        if (event.relatedTarget) focused.current = false;
      }}
    >
      <Button
        size={inList ? "s" : "m"}
        variant={inList ? "quiet" : "primary"}
        icon="check"
        busy={busy}
        onClick={async () => {
          setBusy(true);
          const next = await approve(document, expiresOn);
          setBusy(false);
          onChange(next);
        }}
      >
        Approve<span class="sr-only"> {document.typeName}</span>
        {keys && <KeyHint>{keys.approve}</KeyHint>}
      </Button>
      <Button size={inList ? "s" : "m"} icon="x" onClick={() => onReject(document)}>
        Reject…<span class="sr-only"> {document.typeName}</span>
        {keys && <KeyHint>{keys.reject}</KeyHint>}
      </Button>
    </div>
  );
}

/** A key as eyes see it; who listens has the list of keys. */
function KeyHint({ children }: { children: string }) {
  return (
    <span class="review-key" aria-hidden="true">
      <Kbd>{children}</Kbd>
    </span>
  );
}
