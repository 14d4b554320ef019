import { useEffect, useState } from "preact/hooks";
import { Button, Card, TextArea } from "../ui";
import type { ApplicationData, Save } from "./use-application";

export interface ApplicationNotesProps {
  data: ApplicationData;
  /** Absent where one only reads. */
  save?: Save;
}

/** What the team writes about an application: for itself, and for the client. */
export function ApplicationNotes({ data, save }: ApplicationNotesProps) {
  const { notes, internalNotes } = data.application;
  if (!save) {
    return notes ? (
      <Card title="Notes">
        <p class="application-note-text">{notes}</p>
      </Card>
    ) : null;
  }
  return (
    <Card title="Notes">
      <div class="stack application-notes">
        <NoteField
          label="For the team"
          hint="Nobody else ever reads this."
          value={internalNotes ?? ""}
          onSave={(text) => save(() => ({ internalNotes: text || null }))}
        />
        <NoteField
          label="For the client"
          hint="The client reads this where the application is shared."
          value={notes ?? ""}
          onSave={(text) => save(() => ({ notes: text || null }))}
        />
      </div>
    </Card>
  );
}

interface NoteFieldProps {
  label: string;
  hint: string;
  value: string;
  onSave: (text: string) => Promise<void>;
}

function NoteField({ label, hint, value, onSave }: NoteFieldProps) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  const [busy, setBusy] = useState(false);
  const changed = text.trim() !== shown.trim();
  // What somebody else wrote comes in, unless one is writing oneself.
  useEffect(() => {
    if (!changed) setText(value);
    setShown(value);
  }, [value]);
  const save = async () => {
    setBusy(true);
    await onSave(text.trim());
    setBusy(false);
  };
  return (
    <div class="stack application-note">
      <TextArea
        label={label}
        hint={hint}
        rows={2}
        maxLength={20_000}
        value={text}
        onValue={setText}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            if (changed && !busy) void save();
          }
        }}
      />
      {changed && (
        <div class="row move-buttons">
          <Button size="s" onClick={() => setText(shown)}>
            Drop
          </Button>
          <Button size="s" variant="primary" busy={busy} onClick={() => void save()}>
            Save
          </Button>
        </div>
      )}
    </div>
  );
}
