import { useState } from "preact/hooks";
import type { CandidateDetail } from "../../worker/features/candidates/schema";
import { del, errorText, patch } from "../lib/client";
import { me } from "../lib/session";
import { type Colleague, useTeam } from "../lib/team";
import { type Look, type PersonEntry, PersonTimeline } from "../recruiter/person-timeline";
import { Button, toast } from "../ui";
import { pieces } from "./mention";
import { NoteComposer, NoteField } from "./note-composer";

const LOOKS: readonly Look[] = [
  ["candidate.created", "user-plus", "info"],
  ["application.received", "inbox", "info"],
  ["application.status_changed", "move-right", "info"],
  ["interview.passed", "calendar-clock", "good"],
  ["interview.failed", "calendar-clock", "bad"],
  ["interview.", "calendar-clock", "info"],
  ["hiring.initiated", "circle-check", "good"],
  ["note.", "message-square", "warn"],
  ["task.", "list-todo", "plain"],
  ["document.approved", "file-check", "good"],
  ["document.rejected", "file-x", "bad"],
  ["document.", "file-text", "plain"],
  ["candidate.", "pencil", "plain"],
  ["application.", "pencil", "plain"],
];

const KINDS = [
  { value: "", label: "Everything" },
  { value: "moves", label: "Moves" },
  { value: "notes", label: "Notes" },
  { value: "interviews", label: "Interviews" },
  { value: "documents", label: "Documents" },
  { value: "tasks", label: "Tasks" },
  { value: "profile", label: "Profile" },
];

export interface CandidateTimelineProps {
  candidate: CandidateDetail;
  /** Changes when there is something new. */
  turn: number;
  onWritten: () => void;
}

/** Everything that happened with a candidate, with a place to write a note over it. */
export function CandidateTimeline({ candidate, turn, onWritten }: CandidateTimelineProps) {
  const team = useTeam();
  const path = `/api/candidates/${candidate.id}`;
  return (
    <PersonTimeline
      path={`${path}/timeline`}
      turn={turn}
      kinds={KINDS}
      looks={LOOKS}
      empty="Moves, notes, interviews, documents, tasks and changes of the profile appear here."
      text={(entry) =>
        entry.type.startsWith("note.") ? (
          <NoteEntry notes={`${path}/notes`} entry={entry} team={team} onChanged={onWritten} />
        ) : undefined
      }
    >
      <NoteComposer
        candidateId={candidate.id}
        name={candidate.name}
        standings={candidate.applications}
        team={team}
        onWritten={onWritten}
      />
    </PersonTimeline>
  );
}

interface NoteEntryProps {
  /** Where the notes of this person are. */
  notes: string;
  entry: PersonEntry;
  team: readonly Colleague[];
  onChanged: () => void;
}

/** A note in the stream; who wrote it, or an admin, can change it and take it back. */
function NoteEntry({ notes, entry, team, onChanged }: NoteEntryProps) {
  const [editing, setEditing] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const { noteId } = entry.data;
  const path = `${notes}/${noteId}`;
  const mine = noteId && (entry.actor.id === me.value?.id || me.value?.role === "admin");

  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
      setEditing(null);
      onChanged();
    } catch (error) {
      if (editing === null) toast({ text: errorText(error), tone: "warn" });
      else setWrong(errorText(error));
    }
  };
  const save = () => {
    const text = editing?.trim() ?? "";
    if (!text) return setWrong("Write something, or delete the note.");
    if (text === entry.text) return setEditing(null);
    void run(() => patch(path, { text }));
  };

  if (editing !== null) {
    return (
      <div class="stack note">
        <NoteField
          label="Note"
          value={editing}
          error={wrong}
          team={team}
          onValue={setEditing}
          onSend={save}
        />
        <div class="row note-foot">
          <Button size="s" onClick={() => setEditing(null)}>
            Cancel
          </Button>
          <Button size="s" variant="primary" onClick={save}>
            Save
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div class="note-text">
      {pieces(
        entry.text,
        team.map(({ name }) => name),
      ).map(({ text, named }, at) => (named ? <mark key={at}>{text}</mark> : text))}
      {mine && (
        <span class="row note-do">
          <Button size="s" variant="plain" onClick={() => setEditing(entry.text)}>
            Edit<span class="sr-only"> this note</span>
          </Button>
          <Button size="s" variant="plain" onClick={() => void run(() => del(path))}>
            Delete<span class="sr-only"> this note</span>
          </Button>
        </span>
      )}
    </div>
  );
}
