import { useId, useState } from "preact/hooks";
import { Button, Dialog, Field, Icon, TextArea } from "../ui";
import { matchStages, needsReason, nextStage } from "./board-model";

interface StageChoice {
  key: string;
  name: string;
  kind: string;
}

export interface MoveDialogProps {
  /** Who is moved; null closes the dialog. */
  person: { name: string; stage: string } | null;
  stages: readonly StageChoice[];
  /** The stage chosen already, where only a reason is missing. */
  to?: string;
  onMove: (to: string, reason: string) => void;
  onClose: () => void;
}

/** Asks where to move a person, by typing the start of a stage's name, and why. */
export function MoveDialog({ person, stages, to, onMove, onClose }: MoveDialogProps) {
  const chosen = stages.find(({ key }) => key === to);
  return (
    <Dialog
      open={person !== null}
      onClose={onClose}
      title={person && (chosen ? `Move ${person.name} to ${chosen.name}` : `Move ${person.name}`)}
    >
      {person && (
        <MoveForm person={person} stages={stages} fixed={chosen} onMove={onMove} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface MoveFormProps {
  person: { name: string; stage: string };
  stages: readonly StageChoice[];
  fixed: StageChoice | undefined;
  onMove: (to: string, reason: string) => void;
  onClose: () => void;
}

function MoveForm({ person, stages, fixed, onMove, onClose }: MoveFormProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [picked, setAt] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const found = matchStages(
    stages.filter(({ key }) => key !== person.stage),
    typed,
  );
  // Before anything is typed, Enter moves on to the stage that follows.
  const next = typed === "" ? found.findIndex(({ key }) => key === nextStage(stages, person.stage)?.key) : 0;
  const at = picked ?? Math.max(next, 0);
  const choice = fixed ?? found[Math.min(at, found.length - 1)];
  const must = choice ? needsReason(choice.kind) : false;

  const submit = () => {
    if (!choice) return;
    if (must && reason.trim() === "") {
      setWrong("Say why, so that it can be understood later.");
      document.getElementById(`${id}-reason`)?.focus();
      return;
    }
    onMove(choice.key, reason.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((at + 1) % Math.max(found.length, 1));
    else if (event.key === "ArrowUp") setAt((at - 1 + found.length) % Math.max(found.length, 1));
    else return;
    event.preventDefault();
  };

  return (
    <form
      class="move stack"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {!fixed && (
        <Field label="Stage" hint="Type its first letters, or use the arrow keys.">
          {(control) => (
            <div class="move-stage">
              <div class="control">
                <input
                  {...control}
                  type="text"
                  role="combobox"
                  autoComplete="off"
                  spellcheck={false}
                  // biome-ignore lint/a11y/noAutofocus: the dialog was opened by a key, to be typed into
                  autoFocus
                  aria-expanded="true"
                  aria-autocomplete="list"
                  aria-controls={`${id}-list`}
                  aria-activedescendant={choice ? `${id}-${choice.key}` : undefined}
                  value={typed}
                  onInput={(event) => {
                    setTyped(event.currentTarget.value);
                    setAt(null);
                  }}
                  onKeyDown={onKeyDown}
                />
              </div>
              <div id={`${id}-list`} role="listbox" aria-label="Stages" class="move-list">
                {found.map((stage) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above takes the keys
                  <div
                    key={stage.key}
                    id={`${id}-${stage.key}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={stage === choice}
                    class={stage === choice ? "move-option move-chosen" : "move-option"}
                    onClick={() => setAt(found.indexOf(stage))}
                  >
                    <Icon
                      name={stage.kind === "open" || stage.kind === "hired" ? "move-right" : "circle-x"}
                      size={16}
                    />
                    {stage.name}
                    {needsReason(stage.kind) && <span class="quiet move-why">asks why</span>}
                  </div>
                ))}
              </div>
              {found.length === 0 && (
                <p class="quiet" role="status">
                  No stage starts with “{typed}”.
                </p>
              )}
            </div>
          )}
        </Field>
      )}
      <TextArea
        id={`${id}-reason`}
        label="Reason"
        optional={!must}
        autoFocus={fixed !== undefined}
        rows={2}
        maxLength={1000}
        value={reason}
        error={wrong}
        onValue={(value) => {
          setReason(value);
          setWrong(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            submit();
          }
        }}
      />
      <div class="row move-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant={choice?.kind === "rejected" ? "danger" : "primary"}
          disabled={!choice}
          icon="move-right"
        >
          {choice ? `Move to ${choice.name}` : "Move"}
        </Button>
      </div>
    </form>
  );
}
