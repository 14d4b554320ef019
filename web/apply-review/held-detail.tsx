import { useState } from "preact/hooks";
import type { HeldApplication, HeldDetail } from "../../worker/features/apply/schema";
import type { FormField, JobForm } from "../../worker/features/jobs/schema";
import { answerText, keyWords } from "../applications/answer-words";
import { Ago } from "../lib/ago";
import { get } from "../lib/client";
import { useLoad } from "../lib/load";
import { absolute } from "../lib/time";
import { FilePreview } from "../recruiter/document-preview";
import { LoadTrouble } from "../recruiter/trouble";
import { Banner, Button, Card, Kbd, Loading, Skeleton } from "../ui";

interface Shown {
  held: HeldDetail;
  fields: FormField[];
}

async function read(id: string, signal: AbortSignal): Promise<Shown> {
  const held = await get<HeldDetail>(`/api/applications/held/${id}`, {}, { signal });
  const form =
    held.formVersion === 0
      ? null
      : await get<JobForm>(
          `/api/jobs/${held.jobId}/form`,
          { version: held.formVersion },
          { signal },
          // The answers are then shown under their keys.
        ).catch(() => null);
  return { held, fields: form?.fields ?? [] };
}

export interface HeldViewProps {
  held: HeldApplication;
  busy: boolean;
  onAccept: () => void;
  onDiscard: () => void;
  onRestore: () => void;
}

/** One held application: why it is held, what was sent, and what can be done with it. */
export function HeldView({ held, busy, onAccept, onDiscard, onRestore }: HeldViewProps) {
  const loaded = useLoad((signal) => read(held.id, signal), [held.id, held.status]);
  return (
    <div class="held-detail">
      <header class="held-head">
        <div class="held-name">
          <h2>{held.name || held.email}</h2>
          <p>
            {held.email} · for <a href={`/jobs/${held.jobId}`}>{held.jobTitle || "a job that is gone"}</a> ·{" "}
            <Ago at={held.createdAt} /> · {held.source}
          </p>
        </div>
        <div class="row">
          {held.status === "waiting" && (
            <>
              <Button variant="primary" icon="check" busy={busy} onClick={onAccept}>
                Take in
              </Button>
              <Button icon="archive" disabled={busy} onClick={onDiscard}>
                Put aside
              </Button>
              <span class="review-keys quiet" aria-hidden="true">
                <Kbd>a</Kbd> <Kbd>x</Kbd>
              </span>
            </>
          )}
          {held.status === "discarded" && (
            <Button icon="undo-2" busy={busy} onClick={onRestore}>
              Back to those to check
            </Button>
          )}
          {held.status === "accepted" && held.applicationId && (
            <Button href={`/applications/${held.applicationId}`} iconEnd="arrow-right">
              Open the application
            </Button>
          )}
        </div>
      </header>
      {held.decidedAt && (
        <Banner tone="info">
          {held.status === "accepted" ? "Taken in" : "Put aside"} by {held.decidedByName || "somebody"} on{" "}
          {absolute(held.decidedAt)}.{held.status === "discarded" && " It is removed 30 days after that."}
        </Banner>
      )}
      <Card title="Why it waits" tone="warn">
        <ul class="held-reasons">
          {held.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Card>
      {loaded.error && !loaded.data ? (
        <LoadTrouble what="What was sent" error={loaded.error} onRetry={loaded.reload} />
      ) : !loaded.data ? (
        <Loading label="Loading what was sent">
          <Card>
            <Skeleton lines={6} />
          </Card>
        </Loading>
      ) : (
        <Sent key={held.id} {...loaded.data} />
      )}
    </div>
  );
}

function Sent({ held, fields }: Shown) {
  const said = Object.entries(held.candidateData).filter(([key]) => key !== "email");
  const answers = Object.entries(held.formAnswers);
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  return (
    <>
      <Card title="What was sent">
        <dl class="answers">
          {said.map(([key, value]) => (
            <div key={key} class="answer">
              <dt>{keyWords(key)}</dt>
              <dd>{answerText(value, undefined)}</dd>
            </div>
          ))}
          {answers.map(([key, value]) => (
            <div key={key} class="answer">
              <dt>{fieldOf(key)?.label ?? keyWords(key)}</dt>
              <dd>{answerText(value, fieldOf(key))}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {held.files.length > 0 && (
        <Card title={held.files.length === 1 ? "File" : "Files"}>
          <Files
            held={held}
            labelOf={(key) => (key === "cv" ? "CV" : (fieldOf(key)?.label ?? keyWords(key)))}
          />
        </Card>
      )}
    </>
  );
}

function Files({ held, labelOf }: { held: HeldDetail; labelOf: (key: string) => string }) {
  const [field, setField] = useState<string | null>(null);
  const shown = held.files.find((file) => file.field === field);
  return (
    <div class="stack">
      <div class="held-files">
        {held.files.map((file) => (
          <Button
            key={file.field}
            size="s"
            icon="file-text"
            aria-pressed={file.field === field}
            onClick={() => setField(file.field === field ? null : file.field)}
          >
            {labelOf(file.field)}: {file.fileName}
          </Button>
        ))}
      </div>
      {shown && (
        <FilePreview
          file={{
            address: `/api/applications/held/${held.id}/files/${shown.field}`,
            fileName: shown.fileName,
            contentType: shown.contentType,
            name: `${labelOf(shown.field)} of ${held.name}`,
          }}
        />
      )}
    </div>
  );
}
