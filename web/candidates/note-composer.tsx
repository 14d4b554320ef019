import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CandidateStanding, Note } from "../../worker/features/candidates/schema";
import { errorText, post } from "../lib/client";
import type { Colleague } from "../lib/team";
import { Avatar, Button, Checkbox, Field, Select } from "../ui";
import { matching, mentionAt, withMention } from "./mention";

const MOST_OFFERED = 6;

export interface NoteComposerProps {
  candidateId: string;
  name: string;
  /** Applications that a note can be about. */
  standings: readonly CandidateStanding[];
  team: readonly Colleague[];
  onWritten: () => void;
}

/** Writes a note for the team; `@` offers its people, who are told when they are named. */
export function NoteComposer({ candidateId, name, standings, team, onWritten }: NoteComposerProps) {
  const [text, setText] = useState("");
  const [about, setAbout] = useState("");
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef<string | null>(null);
  const write = (next: string) => {
    key.current = null;
    setText(next);
    setWrong(null);
  };
  const send = async () => {
    if (busy) return;
    if (!text.trim()) return setWrong("Write something first.");
    setBusy(true);
    // The same note twice, after an answer that was lost, is one note.
    key.current ??= crypto.randomUUID();
    try {
      const body = { text: text.trim(), ...(about ? { applicationId: about, internal: !open } : {}) };
      await post<Note>(`/api/candidates/${candidateId}/notes`, body, { key: key.current });
      write("");
      setOpen(false);
      onWritten();
    } catch (error) {
      setWrong(errorText(error));
    }
    setBusy(false);
  };
  return (
    <form
      class="note stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <NoteField
        label={`Note about ${name}`}
        value={text}
        error={wrong}
        team={team}
        onValue={write}
        onSend={send}
      />
      {(text || about) && (
        <div class="row note-foot">
          {standings.length > 0 && (
            <Select
              label="What it is about"
              hideLabel
              value={about}
              options={[
                { value: "", label: "About them in general" },
                ...standings.map(({ applicationId, jobTitle }) => ({
                  value: applicationId,
                  label: `About ${jobTitle}`,
                })),
              ]}
              onValue={setAbout}
            />
          )}
          {about && <Checkbox label="The client may read it" checked={open} onChecked={setOpen} />}
          <Button type="submit" variant="primary" busy={busy}>
            Add the note
          </Button>
        </div>
      )}
    </form>
  );
}

export interface NoteFieldProps {
  label: string;
  value: string;
  error: string | null;
  /** Whom an @ can name. */
  team: readonly Colleague[];
  onValue: (text: string) => void;
  /** Ctrl or Command with Enter. */
  onSend: () => void;
}

/** The text of a note. While a name is written behind an @, those who fit stand under it. */
export function NoteField({ label, value, error, team, onValue, onSend }: NoteFieldProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  // Where the cursor belongs once the text is drawn.
  const after = useRef<number | null>(null);
  const mention = cursor === null ? null : mentionAt(value, cursor);
  const offered = mention ? matching(team, mention.query).slice(0, MOST_OFFERED) : [];
  const chosen = offered[Math.min(at, offered.length - 1)];

  useLayoutEffect(() => {
    if (after.current === null) return;
    area.current?.setSelectionRange(after.current, after.current);
    after.current = null;
  }, [value]);

  const take = (person: { name: string }) => {
    if (!mention) return;
    const next = withMention(value, mention, person.name);
    after.current = next.cursor;
    setCursor(null);
    onValue(next.text);
    area.current?.focus();
  };
  const follow = () => {
    setCursor(area.current?.selectionStart ?? null);
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return onSend();
    }
    if (offered.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + offered.length) % offered.length);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(chosen);
    else if (event.key === "Escape") setCursor(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Field label={label} hideLabel error={error}>
      {(control) => (
        <div class="note-field">
          <div class="control control-area">
            <textarea
              {...control}
              ref={area}
              rows={2}
              style={{ "--rows": 2 }}
              maxLength={10_000}
              placeholder="Write a note for the team. @ names somebody, who is told."
              aria-autocomplete="list"
              aria-controls={offered.length > 0 ? `${id}-list` : undefined}
              aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
              value={value}
              onInput={(event) => {
                onValue(event.currentTarget.value);
                follow();
              }}
              onClick={follow}
              onKeyUp={(event) => {
                if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) follow();
              }}
              onBlur={() => setCursor(null)}
              onKeyDown={onKeyDown}
            />
          </div>
          {offered.length > 0 && (
            <div id={`${id}-list`} role="listbox" aria-label="People of the team" class="move-list note-team">
              {offered.map((person) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the text above takes the keys
                <div
                  key={person.id}
                  id={`${id}-${person.id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={person === chosen}
                  class={person === chosen ? "move-option move-chosen" : "move-option"}
                  // Before the text loses the cursor.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => take(person)}
                >
                  <Avatar name={person.name} id={person.id} size={22} />
                  {person.name}
                  <span class="quiet move-why">{person.email}</span>
                </div>
              ))}
            </div>
          )}
          <span class="sr-only" role="status">
            {offered.length > 0 && `${offered.length} of the team fit. Arrows choose, Enter takes.`}
          </span>
        </div>
      )}
    </Field>
  );
}
