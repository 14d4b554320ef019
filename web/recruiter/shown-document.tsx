import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Document, DocumentType } from "../../worker/features/documents/schema";
import { mediaSignal } from "../lib/media";
import { Button, Card, Dialog, IconButton } from "../ui";
import { DocumentPreview, downloadAddress } from "./document-preview";
import { approve, DocumentStatus, RejectDialog, ReviewButtons } from "./document-review";
import { type GoodUntil, GoodUntilField, useGoodUntil } from "./good-until";

const narrow = mediaSignal("(max-width: 62rem)");

/** The document of a person that is open, and the one that is about to be rejected. */
export interface Shown {
  document: Document | null;
  show: (id: string | null) => void;
  /** Shows it, or closes it where it is shown. */
  toggle: (id: string) => void;
  rejecting: Document | null;
  reject: (document: Document | null) => void;
}

/** Which of these documents is open. */
export function useShown(documents: readonly Document[] | undefined): Shown {
  const [id, show] = useState<string | null>(null);
  const [rejecting, reject] = useState<Document | null>(null);
  return {
    document: documents?.find((one) => one.id === id) ?? null,
    show,
    toggle: (other) => show(other === id ? null : other),
    rejecting,
    reject,
  };
}

export interface ShownDocumentProps {
  shown: Shown;
  types: readonly DocumentType[];
  /** A review changed something. */
  onChanged: () => void;
  /** What stands here while no document is open. */
  children: ComponentChildren;
}

/** The open document in the place of what else stands there; on narrow screens in a dialog over it. */
export function ShownDocument({ shown, types, onChanged, children }: ShownDocumentProps) {
  const { document, show, rejecting, reject } = shown;
  const until = useGoodUntil(document, types);
  return (
    <>
      {document && !narrow.value ? (
        <Card class="shown">
          <ShownHead
            document={document}
            until={until}
            onClose={() => show(null)}
            onReject={reject}
            onChanged={onChanged}
          />
          <DocumentPreview document={document} />
        </Card>
      ) : (
        children
      )}
      {narrow.value && (
        <Dialog open={document !== null} size="l" onClose={() => show(null)} title={document?.typeName}>
          {document && (
            <div class="stack">
              <div class="row">
                <Review document={document} until={until} onReject={reject} onChanged={onChanged} />
                <Button icon="download" href={downloadAddress(document)} download>
                  Download
                </Button>
              </div>
              <DocumentPreview document={document} />
            </div>
          )}
        </Dialog>
      )}
      <RejectDialog
        document={rejecting}
        onClose={() => reject(null)}
        onRejected={() => {
          reject(null);
          onChanged();
        }}
      />
    </>
  );
}

interface ReviewProps {
  document: Document;
  until: GoodUntil;
  onReject: (document: Document) => void;
  onChanged: () => void;
}

/** The verdict, with the day until which an approval holds. */
function Review({ document, until, onReject, onChanged }: ReviewProps) {
  return (
    <>
      {document.status === "pending" && (
        <GoodUntilField
          until={until}
          onApprove={() => void approve(document, until.expiresOn).then(onChanged)}
        />
      )}
      <ReviewButtons
        document={document}
        expiresOn={until.expiresOn}
        onReject={onReject}
        onChange={onChanged}
      />
    </>
  );
}

function ShownHead({ onClose, ...review }: ReviewProps & { onClose: () => void }) {
  const { document } = review;
  return (
    <header class="shown-head">
      <div class="shown-name">
        <h2>{document.typeName}</h2>
        <DocumentStatus document={document} />
        <span class="quiet pdoc-words">{document.fileName}</span>
      </div>
      <div class="row">
        <Review {...review} />
        <Button size="s" icon="download" href={downloadAddress(document)} download aria-label="Download" />
        <IconButton icon="x" size="s" label="Close the document" onClick={onClose} />
      </div>
    </header>
  );
}
