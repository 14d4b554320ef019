import { useEffect, useState } from "preact/hooks";
import type { Document, DocumentType } from "../../worker/features/documents/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { useShortcuts } from "../lib/keys";
import type { Loaded } from "../lib/load";
import { Button, EmptyState, Loading, Skeleton } from "../ui";
import { DocumentPreview, downloadAddress } from "./document-preview";
import { approve, RejectDialog, ReviewButtons } from "./document-review";
import { fetchAhead } from "./file-ahead";
import { GoodUntilField, useGoodUntil } from "./good-until";
import { LoadTrouble } from "./trouble";

export interface ReviewQueueProps {
  queue: Loaded<PageOf<Document>>;
  types: readonly DocumentType[];
}

/** The documents that wait, those that wait longest first. */
export const inOrder = (queue: Loaded<PageOf<Document>>): Document[] =>
  [...(queue.data?.data ?? [])].sort((a, b) => a.createdAt.localeCompare(b.createdAt));

/** Documents that wait for somebody's eyes, one after the other; the next one is fetched meanwhile. */
export function ReviewQueue({ queue, types }: ReviewQueueProps) {
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [rejecting, setRejecting] = useState<Document | null>(null);
  const [busy, setBusy] = useState(false);
  const list = inOrder(queue);
  const at = Math.max(
    0,
    list.findIndex(({ id }) => id === currentId),
  );
  const current = list[at] ?? null;
  const next = list[at + 1];
  const until = useGoodUntil(current, types);
  useEffect(() => {
    if (current) setCurrentId(current.id);
  }, [current?.id]);
  useEffect(() => {
    if (next) fetchAhead(downloadAddress(next));
  }, [next?.id]);

  /** Takes a document off the queue; the next one takes its place. */
  const done = (document: Document) => {
    const after = list[at + 1] ?? list[at - 1];
    if (document.id === current?.id) setCurrentId(after?.id ?? null);
    queue.set((before) => ({ ...before, data: before.data.filter(({ id }) => id !== document.id) }));
  };
  const approveCurrent = async () => {
    if (!current || busy) return;
    setBusy(true);
    const approved = await approve(current, until.expiresOn);
    setBusy(false);
    if (approved) done(approved);
    else queue.reload();
    // The day's field is another document's now.
    if (approved) (document.activeElement as HTMLElement | null)?.blur();
  };
  const walk = (by: number) => {
    const to = list[at + by];
    if (!to) return;
    setCurrentId(to.id);
    document.getElementById(`review-${to.id}`)?.focus();
  };

  useShortcuts("Review", [
    { key: "a", label: "Approve", run: () => void approveCurrent() },
    { key: "r", label: "Reject", run: () => setRejecting(current) },
    {
      key: "u",
      label: "Change until when it is good",
      run: () => document.getElementById("review-until")?.focus(),
    },
    { key: "j", label: "Next document", run: () => walk(1) },
    { key: "k", label: "Document before", run: () => walk(-1) },
  ]);

  if (queue.error && !queue.data)
    return <LoadTrouble what="The queue" error={queue.error} onRetry={queue.reload} />;
  if (!queue.data) {
    return (
      <Loading label="Loading the queue">
        <div class="review">
          <Skeleton height="16rem" />
          <Skeleton height="28rem" />
        </div>
      </Loading>
    );
  }
  if (!current) {
    return (
      <EmptyState
        icon="check-check"
        title="Nothing waits for review"
        action={<Button href="/pool">Go to the board</Button>}
      >
        Documents appear here as soon as somebody uploads one.
      </EmptyState>
    );
  }
  return (
    <div class="review">
      <ul class="review-list" aria-label="Documents to review">
        {list.map((document) => (
          <li key={document.id}>
            <button
              type="button"
              id={`review-${document.id}`}
              class="review-row"
              aria-current={document === current ? "true" : undefined}
              onClick={() => setCurrentId(document.id)}
            >
              <span>
                <strong>{document.ownerName}</strong>
                <Ago at={document.createdAt} short />
              </span>
              <span class="quiet">{document.typeName}</span>
            </button>
          </li>
        ))}
      </ul>
      <div class="review-shown">
        <header class="shown-head">
          <div class="shown-name">
            <h2>{current.typeName}</h2>
            {current.agentId ? (
              <a href={`/agents/${current.agentId}`}>{current.ownerName}</a>
            ) : (
              current.ownerName
            )}
            <span class="quiet pdoc-words">{current.fileName}</span>
          </div>
          <div class="row">
            <Button
              size="s"
              variant="plain"
              icon="download"
              href={downloadAddress(current)}
              download
              aria-label={`Download ${current.fileName}`}
            />
            <GoodUntilField
              id="review-until"
              until={until}
              onApprove={() => void approveCurrent()}
              keyHint="u"
            />
            <ReviewButtons
              document={current}
              expiresOn={until.expiresOn}
              onReject={setRejecting}
              onChange={(changed) => (changed ? done(changed) : queue.reload())}
              keys={{ approve: "a", reject: "r" }}
            />
          </div>
        </header>
        <DocumentPreview key={current.id} document={current} />
      </div>
      <RejectDialog
        document={rejecting}
        onClose={() => setRejecting(null)}
        onRejected={(changed) => {
          setRejecting(null);
          if (changed.status === "rejected") done(changed);
          else queue.reload();
        }}
      />
    </div>
  );
}
