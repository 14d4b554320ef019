import { useState } from "preact/hooks";
import type { DocumentType } from "../../worker/features/documents/schema";
import { MOST_VALID_DAYS } from "../../worker/features/documents/words";
import { ACCEPT, fileTrouble, TAKEN } from "../agent/files";
import { del, errorText, upload } from "../lib/client";
import { useForm } from "../lib/form";
import { saveFrom } from "../lib/save-file";
import { Banner, Button, Checkbox, FileDrop, Icon, IconButton, TextField, toast } from "../ui";

/** A type by its key, with what is to be different. */
export interface TypeChange {
  key: string;
  name?: string;
  required?: boolean;
  validDays?: number | null;
}

export interface TypeRowProps {
  type: DocumentType;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** Saves and says so; throws what the server refused. */
  onSave: (change: TypeChange, said: string) => Promise<void>;
  /** The type as it is with another template. */
  onType: (type: DocumentType) => void;
}

const goodFor = (days: number | null) => {
  if (days === null) return "Good for ever";
  return days === 1 ? "Good for 1 day" : `Good for ${days} days`;
};

/** A type of document: whether everybody is asked for it, how long it is good, and the file to fill in. */
export function TypeRow({ type, open, onOpen, onSave, onType }: TypeRowProps) {
  return (
    <li class="type">
      <div class="type-line">
        <Checkbox
          label={
            <>
              {type.name}
              <span class="sr-only">, asked of every agent</span>
            </>
          }
          checked={type.required}
          onChecked={(required) =>
            void onSave(
              { key: type.key, required },
              required ? `${type.name} is asked of every agent now.` : `${type.name} is optional now.`,
            ).catch(() => undefined)
          }
        />
        <span class="quiet type-state">{type.required ? "Asked of everyone" : "Optional"}</span>
        <span class="quiet type-state num">{goodFor(type.validDays)}</span>
        <span class="quiet type-template">
          {type.hasTemplate && (
            <>
              <Icon name="download" size={14} /> {type.templateName ?? "Template"}
            </>
          )}
        </span>
        <code class="quiet type-key">{type.key}</code>
        <IconButton
          icon="pencil"
          size="s"
          label={`Edit ${type.name}`}
          aria-expanded={open}
          onClick={() => onOpen(!open)}
        />
      </div>
      {open && (
        <div class="type-edit">
          <TypeForm type={type} onClose={() => onOpen(false)} onSave={onSave} />
          <Template type={type} onType={onType} />
        </div>
      )}
    </li>
  );
}

/** What can be said about the days that documents are good; undefined when all is well. */
export function daysTrouble(days: string): string | undefined {
  const word = days.trim();
  if (word === "") return undefined;
  const fits = /^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= MOST_VALID_DAYS;
  return fits ? undefined : `Write a whole number from 1 to ${MOST_VALID_DAYS}, or nothing.`;
}

type TypeFormProps = Pick<TypeRowProps, "type" | "onSave"> & { onClose: () => void };

function TypeForm({ type, onSave, onClose }: TypeFormProps) {
  const form = useForm({
    initial: { name: type.name, validDays: type.validDays === null ? "" : String(type.validDays) },
    validate: ({ name, validDays }) => ({
      name: name.trim() ? undefined : "Write a name.",
      validDays: daysTrouble(validDays),
    }),
    submit: async ({ name, validDays }) => {
      const days = validDays.trim() === "" ? null : Number(validDays);
      await onSave({ key: type.key, name: name.trim(), validDays: days }, `${name.trim()} is saved.`);
      onClose();
    },
  });
  return (
    <form class="stack" onSubmit={form.onSubmit} noValidate>
      {form.problem && <Banner tone="bad">{form.problem}</Banner>}
      <div class="type-add">
        <TextField {...form.field("name")} label="Name" maxLength={200} />
        <TextField
          {...form.field("validDays")}
          label="Good for"
          optional
          inputMode="numeric"
          after="days once approved"
          placeholder="No end"
        />
      </div>
      <div class="row">
        <Button type="submit" variant="primary" busy={form.pending}>
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

/** The file that people download, fill in and send back. */
function Template({ type, onType }: Pick<TypeRowProps, "type" | "onType">) {
  const [sending, setSending] = useState<{ fileName: string; fraction: number } | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `/api/documents/types/${type.key}/template`;
  const send = async (file: File) => {
    const trouble = fileTrouble(file);
    setWrong(trouble);
    if (trouble) return;
    const form = new FormData();
    form.set("file", file);
    setSending({ fileName: file.name, fraction: 0 });
    try {
      onType(
        await upload<DocumentType>(path, form, (fraction) => setSending({ fileName: file.name, fraction })),
      );
      toast({ text: `${file.name} is the template of ${type.name} now.`, tone: "good" });
    } catch (error) {
      setWrong(errorText(error));
    }
    setSending(null);
  };
  const remove = async () => {
    setBusy(true);
    try {
      await del(path);
      onType({ ...type, hasTemplate: false, templateName: null });
      toast(`${type.name} has no template now.`);
    } catch (error) {
      setWrong(errorText(error));
    }
    setBusy(false);
  };
  return (
    <div class="stack type-file">
      <span class="field-label">Template to download, fill in and send back</span>
      {type.hasTemplate && (
        <div class="row">
          <Button
            size="s"
            icon="download"
            onClick={() =>
              void saveFrom(path, type.templateName ?? type.name).catch((error) => setWrong(errorText(error)))
            }
          >
            {type.templateName ?? "Download"}
          </Button>
          <Button size="s" variant="plain" icon="trash-2" busy={busy} onClick={() => void remove()}>
            Remove<span class="sr-only"> the template of {type.name}</span>
          </Button>
        </div>
      )}
      <FileDrop
        compact
        label={`the template of ${type.name}`}
        action={type.hasTemplate ? "Replace it" : "Choose a file"}
        hint={TAKEN}
        accept={ACCEPT}
        sending={sending}
        error={wrong}
        onFile={(file) => void send(file)}
      />
    </div>
  );
}
