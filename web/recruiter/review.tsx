import "./agent.css";
import { useEffect, useState } from "preact/hooks";
import type { Document } from "../../worker/features/documents/schema";
import type { Page as PageOf } from "../../worker/http/shapes";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { useLoad } from "../lib/load";
import { me } from "../lib/session";
import { Button, EmptyState, Kbd, Loading, Page, Skeleton } from "../ui";
import { useNews } from "./agent";
import { HelpButton, LivePill } from "./board-tools";
import { DocumentPreview, downloadAddress } from "./document-preview";
import { approve, RejectDialog, ReviewButtons } from "./document-review";
import { ShortcutHelp } from "./shortcut-help";
import { LoadTrouble } from "./trouble";

/** Documents that wait for somebody's eyes, one after the other. */
export default function ReviewScreen() {
  const queue = useLoad(
    (signal) => get<PageOf<Document>>("/api/documents", { status: "pending", limit: 200 }, { signal }),
    [],
  );
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [rejecting, setRejecting] = useState<Document | null>(null);
  const [busy, setBusy] = useState(false);
  const [help, setHelp] = useState(false);
  const live = useNews(me.value?.pipelineId ?? null, ({ type }) => {
    if (type.startsWith("document.")) queue.reload();
  });

  // Those that wait longest come first.
  const list = [...(queue.data?.data ?? [])].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  const at = Math.max(
    0,
    list.findIndex(({ id }) => id === currentId),
  );
  const current = list[at] ?? null;
  useEffect(() => {
    if (current) setCurrentId(current.id);
  }, [current?.id]);

  /** Takes a document off the queue; the next one takes its place. */
  const done = (document: Document) => {
    const next = list[at + 1] ?? list[at - 1];
    if (document.id === current?.id) setCurrentId(next?.id ?? null);
    queue.set((before) => ({ ...before, data: before.data.filter(({ id }) => id !== document.id) }));
  };
  const approveCurrent = async () => {
    if (!current || busy) return;
    setBusy(true);
    const next = await approve(current);
    setBusy(false);
    if (next) done(next);
    else queue.reload();
  };
  const walk = (by: number) => {
    const next = list[at + by];
    if (!next) return;
    setCurrentId(next.id);
    document.getElementById(`review-${next.id}`)?.focus();
  };

  useShortcuts("Review", [
    { key: "a", label: "Approve", run: () => void approveCurrent() },
    { key: "r", label: "Reject", run: () => setRejecting(current) },
    { key: "j", label: "Next document", run: () => walk(1) },
    { key: "k", label: "Document before", run: () => walk(-1) },
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
  ]);

  return (
    <Page
      title="Documents to review"
      width="full"
      fill
      actions={
        <>
          {list.length > 0 && (
            <span class="quiet num" role="status">
              {list.length} waiting
            </span>
          )}
          <HelpButton onOpen={() => setHelp(true)} />
          <LivePill state={live} />
        </>
      }
    >
      {queue.error && !queue.data ? (
        <LoadTrouble what="The queue" error={queue.error} onRetry={queue.reload} />
      ) : !queue.data ? (
        <Loading label="Loading the queue">
          <div class="review">
            <Skeleton height="16rem" />
            <Skeleton height="28rem" />
          </div>
        </Loading>
      ) : !current ? (
        <EmptyState
          icon="check-check"
          title="Nothing waits for review"
          action={<Button href="/pool">Go to the board</Button>}
        >
          Documents appear here as soon as somebody uploads one.
        </EmptyState>
      ) : (
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
                <ReviewButtons
                  document={current}
                  onReject={setRejecting}
                  onChange={(next) => (next ? done(next) : queue.reload())}
                />
                <span class="review-keys quiet" aria-hidden="true">
                  <Kbd>a</Kbd> <Kbd>r</Kbd>
                </span>
              </div>
            </header>
            <DocumentPreview key={current.id} document={current} />
          </div>
        </div>
      )}
      <RejectDialog
        document={rejecting}
        onClose={() => setRejecting(null)}
        onRejected={(next) => {
          setRejecting(null);
          if (next.status === "rejected") done(next);
          else queue.reload();
        }}
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}
