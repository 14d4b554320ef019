import { useRef, useState } from "preact/hooks";
import type { Document, DocumentRequest, DocumentType } from "../../worker/features/documents/schema";
import { ACCEPT, fileTrouble, TAKEN } from "../agent/files";
import { Ago } from "../lib/ago";
import { errorText, post, upload } from "../lib/client";
import { useForm } from "../lib/form";
import { calendarDay } from "../lib/time";
import { Banner, Button, Card, Dialog, FileDrop, Icon, Select, TextArea, TextField, toast } from "../ui";
import { DocumentStatus, ReviewButtons } from "./document-review";

/** Whose documents they are. */
export interface DocumentOwner {
  kind: "agent" | "candidate";
  id: string;
  name: string;
  firstName: string;
}

export interface PersonDocumentsProps {
  owner: DocumentOwner;
  documents: readonly Document[];
  requests: readonly DocumentRequest[];
  types: readonly DocumentType[];
  /** The document that is shown beside this list. */
  shown: string | null;
  onShow: (documentId: string) => void;
  onReject: (document: Document) => void;
  onChanged: () => void;
}

/** A person's documents: what came, what is asked for, and ways to add to both. */
export function PersonDocuments(props: PersonDocumentsProps) {
  const { owner, documents, requests, types, shown, onShow, onReject, onChanged } = props;
  const [asking, setAsking] = useState(false);
  const [adding, setAdding] = useState(false);
  const open = requests.filter(({ status }) => status === "open");
  const missing = types.filter(
    ({ key, required }) =>
      required &&
      owner.kind === "agent" &&
      !open.some(({ type }) => type === key) &&
      !documents.some(({ type, status }) => type === key && status !== "rejected"),
  );
  return (
    <Card
      title="Documents"
      flush
      actions={
        <>
          <Button size="s" icon="send" onClick={() => setAsking(true)}>
            Ask
          </Button>
          <Button size="s" icon="upload" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            Add
          </Button>
        </>
      }
    >
      {adding && (
        <AddDocument
          owner={owner}
          types={types}
          onDone={() => {
            setAdding(false);
            onChanged();
          }}
        />
      )}
      <ul class="pdocs">
        {documents.map((document) => (
          <li key={document.id} class={document.id === shown ? "pdoc pdoc-shown" : "pdoc"}>
            <div class="pdoc-line">
              <button
                type="button"
                class="pdoc-name"
                aria-pressed={document.id === shown}
                onClick={() => onShow(document.id)}
              >
                {document.typeName}
                <span class="sr-only">, show {document.fileName}</span>
              </button>
              <DocumentStatus document={document} />
            </div>
            <div class="pdoc-file quiet">
              <span class="pdoc-words">{document.fileName}</span>
              <Ago at={document.createdAt} />
            </div>
            {document.status === "approved" && document.expiresOn && (
              <div class="pdoc-file quiet">
                {document.expired ? "It was good until" : "Good until"} {calendarDay(document.expiresOn)}
              </div>
            )}
            {document.reason && <p class="pdoc-reason">{document.reason}</p>}
            <ReviewButtons document={document} inList onReject={onReject} onChange={onChanged} />
          </li>
        ))}
        {open.map((request) => (
          <li key={request.id} class="pdoc">
            <div class="pdoc-line">
              <span>{request.typeName}</span>
              <span class="quiet pdoc-asked">
                <Icon name="hourglass" size={14} />
                Asked <Ago at={request.createdAt} />
              </span>
            </div>
            {request.dueDate && <div class="pdoc-file quiet">Due {calendarDay(request.dueDate)}</div>}
            {request.message && <p class="pdoc-reason">{request.message}</p>}
          </li>
        ))}
        {missing.map((type) => (
          <li key={type.key} class="pdoc">
            <div class="pdoc-line">
              <span>{type.name}</span>
              <span class="quiet">Not here yet</span>
            </div>
          </li>
        ))}
        {documents.length + open.length + missing.length === 0 && (
          <li class="pdoc quiet">Nothing was uploaded or asked for yet.</li>
        )}
      </ul>
      <AskDialog
        open={asking}
        owner={owner}
        types={types}
        first={missing[0]?.key}
        onClose={() => setAsking(false)}
        onAsked={() => {
          setAsking(false);
          onChanged();
        }}
      />
    </Card>
  );
}

interface AddDocumentProps {
  owner: DocumentOwner;
  types: readonly DocumentType[];
  onDone: () => void;
}

/** Uploads a file that came by another way, in the person's name. */
function AddDocument({ owner, types, onDone }: AddDocumentProps) {
  const [type, setType] = useState(
    (owner.kind === "candidate" && types.some(({ key }) => key === "cv") ? "cv" : types[0]?.key) ?? "other",
  );
  const [sending, setSending] = useState<{ fileName: string; fraction: number } | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);

  const send = async (file: File) => {
    const trouble = fileTrouble(file);
    setWrong(trouble);
    if (trouble) return;
    const form = new FormData();
    form.set("type", type);
    form.set(`${owner.kind}Id`, owner.id);
    form.set("file", file);
    const control = new AbortController();
    stop.current = control;
    setSending({ fileName: file.name, fraction: 0 });
    try {
      const made = await upload<Document>(
        "/api/documents/upload",
        form,
        (fraction) => setSending({ fileName: file.name, fraction }),
        control.signal,
      );
      toast({ text: `${made.typeName} was added to ${owner.name}.`, tone: "good" });
      onDone();
    } catch (error) {
      if (!control.signal.aborted) setWrong(errorText(error));
    } finally {
      setSending(null);
    }
  };

  return (
    <div class="pdoc-add stack">
      <Select
        label="What is it?"
        value={type}
        options={types.map(({ key, name }) => ({ value: key, label: name }))}
        onValue={setType}
      />
      <FileDrop
        compact
        camera={false}
        label={types.find(({ key }) => key === type)?.name ?? "the document"}
        hint={TAKEN}
        accept={ACCEPT}
        sending={sending}
        error={wrong}
        onFile={(file) => void send(file)}
        onCancel={() => stop.current?.abort()}
      />
    </div>
  );
}

interface AskDialogProps {
  open: boolean;
  owner: DocumentOwner;
  types: readonly DocumentType[];
  /** What is asked for most likely. */
  first: string | undefined;
  onClose: () => void;
  onAsked: () => void;
}

/** Asks a person for a document, with a day and a few words. */
function AskDialog(props: AskDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={`Ask ${props.owner.name} for a document`}>
      {props.open && <AskForm {...props} />}
    </Dialog>
  );
}

function AskForm({ owner, types, first, onClose, onAsked }: AskDialogProps) {
  const form = useForm({
    initial: { type: first ?? types[0]?.key ?? "other", dueDate: "", message: "" },
    submit: async ({ type, dueDate, message }, key) => {
      const body = {
        [`${owner.kind}Id`]: owner.id,
        type,
        ...(dueDate ? { dueDate } : {}),
        ...(message.trim() ? { message: message.trim() } : {}),
      };
      const made = await post<DocumentRequest>("/api/documents/requests", body, { key });
      toast({ text: `${owner.name} was asked for ${made.typeName}.`, tone: "good" });
      onAsked();
    },
  });
  const today = new Date();
  const day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, "0")}-${String(today.getDate()).padStart(2, "0")}`;
  return (
    <form class="stack" onSubmit={form.onSubmit}>
      {form.problem && <Banner tone="bad">{form.problem}</Banner>}
      <Select
        {...form.field("type")}
        label="Document"
        options={types.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <TextField {...form.field("dueDate")} label="Due" optional type="date" min={day} />
      <TextArea
        {...form.field("message")}
        label="Message"
        optional
        hint={`${owner.firstName || owner.name} gets it by mail and on their home page.`}
        maxLength={1000}
      />
      <div class="row move-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" icon="send" busy={form.pending}>
          Ask
        </Button>
      </div>
    </form>
  );
}
