import "./documents.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Document } from "../../worker/features/documents/schema";
import type { Me } from "../../worker/features/users/schema";
import { Ago } from "../lib/ago";
import { del, errorText, ProblemError } from "../lib/client";
import { me } from "../lib/session";
import { Button, Card, Dialog, EmptyState, FileDrop, Page, Select, toast } from "../ui";
import { Arriving } from "./arriving";
import { AskedDocument } from "./asked-document";
import { DocumentRow } from "./document-row";
import { ACCEPT, TAKEN } from "./files";
import { type OwnDocuments, useOwnDocuments } from "./own-documents";
import { type Upload, useUpload } from "./use-upload";

/** One's own papers: what is asked for, what was sent, and how each stands. */
export default function Documents() {
  const person = me.value;
  return person && <OwnPapers person={person} />;
}

function OwnPapers({ person }: { person: Me }) {
  const { data, error, reload } = useOwnDocuments(person);
  const [going, setGoing] = useState<Document | null>(null);
  const organization = person.organization.name;
  // Whoever comes from a list of what is missing finds the place to send it at once.
  const asked = useLocation().query.type ?? null;
  const upload = useUpload((sent) => {
    toast({ text: `${sent.typeName} has arrived. ${organization} looks at it next.`, tone: "good" });
    reload();
  });
  return (
    <Page
      title="Documents"
      lead={`What ${organization} asks for, what you sent, and how each of them stands.`}
    >
      {!data ? (
        <Arriving what="Your documents" error={error} onRetry={reload} heights={[6, 6]} />
      ) : (
        <>
          {asked && <AskedDocument type={asked} data={data} organization={organization} upload={upload} />}
          <Card>
            {data.slots.length === 0 ? (
              <EmptyState icon="file-text" title="No documents yet">
                Nothing is asked of you at the moment. When {organization} asks for a document, it appears
                here, and you get a notification.
              </EmptyState>
            ) : (
              <ul class="docs">
                {data.slots.map((slot) => (
                  <DocumentRow
                    key={slot.type}
                    slot={slot}
                    organization={organization}
                    upload={upload}
                    quiet={slot.type === asked}
                    level={2}
                    onTakeBack={setGoing}
                  />
                ))}
              </ul>
            )}
          </Card>
          <Another data={data} upload={upload} />
          <Earlier data={data} />
        </>
      )}
      <TakeBack document={going} onClose={() => setGoing(null)} onDone={reload} />
    </Page>
  );
}

function Another({ data, upload }: { data: OwnDocuments; upload: Upload }) {
  const [type, setType] = useState("");
  const chosen = data.types.find((one) => one.key === type);
  return (
    <Card title="Send another document">
      <div class="stack">
        <div class="doc-kind">
          <Select
            label="What it is"
            placeholder="Choose"
            options={data.types.map((one) => ({ value: one.key, label: one.name }))}
            value={type}
            onValue={setType}
          />
        </div>
        {chosen && (
          <FileDrop
            label={chosen.name}
            hint={TAKEN}
            accept={ACCEPT}
            sending={upload.sending?.type === chosen.key ? upload.sending : null}
            error={upload.errors[chosen.key]}
            disabled={Boolean(upload.sending)}
            onFile={(file) => upload.send(chosen.key, file)}
            onCancel={upload.cancel}
          />
        )}
      </div>
    </Card>
  );
}

function Earlier({ data }: { data: OwnDocuments }) {
  const earlier = data.slots.flatMap((slot) => slot.earlier);
  if (earlier.length === 0) return null;
  return (
    <details class="earlier">
      <summary>Earlier versions ({earlier.length})</summary>
      <ul>
        {earlier.map((document) => (
          <li key={document.id} class="doc-detail">
            <a href={`/api/documents/${document.id}/content`} download={document.fileName}>
              {document.fileName}
            </a>
            <span>
              {document.typeName}, {document.status}, sent <Ago at={document.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface TakeBackProps {
  document: Document | null;
  onClose: () => void;
  onDone: () => void;
}

function TakeBack({ document, onClose, onDone }: TakeBackProps) {
  const [busy, setBusy] = useState(false);
  const take = async () => {
    if (!document) return;
    setBusy(true);
    try {
      await del(`/api/documents/${document.id}`);
      toast(`${document.fileName} was taken back.`);
    } catch (error) {
      const late = error instanceof ProblemError && (error.status === 409 || error.status === 404);
      toast({ text: late ? "It was reviewed a moment ago, so it stays." : errorText(error), tone: "bad" });
    }
    setBusy(false);
    onClose();
    onDone();
  };
  return (
    <Dialog
      open={document !== null}
      onClose={onClose}
      title="Take this document back?"
      size="s"
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" busy={busy} onClick={take}>
            Take it back
          </Button>
        </>
      }
    >
      <p>
        {document?.fileName} is deleted, and nobody can review it any more. You can send another one at any
        time.
      </p>
    </Dialog>
  );
}
