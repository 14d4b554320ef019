import { useId, useState } from "preact/hooks";
import { Field, Icon } from "../ui";
import { matchStages, needsReason, nextStage } from "./board-model";

export interface StageChoice {
  key: string;
  name: string;
  kind: string;
}

export interface StagePickerProps {
  stages: readonly StageChoice[];
  /** Where they stand, which is no choice; the stage that follows is chosen first. */
  from?: string;
  choice: StageChoice | undefined;
  onChoice: (stage: StageChoice | undefined) => void;
}

/** The stage that Enter moves to before anything is typed. */
export function firstChoice(stages: readonly StageChoice[], from?: string): StageChoice | undefined {
  const others = stages.filter(({ key }) => key !== from);
  return (from && nextStage(stages, from)) || others[0];
}

/** Chooses a stage by typing the start of its name, or from the list. */
export function StagePicker({ stages, from, choice, onChoice }: StagePickerProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const match = (text: string) =>
    matchStages(
      stages.filter(({ key }) => key !== from),
      text,
    );
  const found = match(typed);
  const type = (text: string) => {
    setTyped(text);
    onChoice(text === "" ? firstChoice(stages, from) : match(text)[0]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = found.findIndex(({ key }) => key === choice?.key);
    onChoice(found[(at + step + found.length) % Math.max(found.length, 1)]);
  };
  return (
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
              onInput={(event) => type(event.currentTarget.value)}
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
                aria-selected={stage.key === choice?.key}
                class={stage.key === choice?.key ? "move-option move-chosen" : "move-option"}
                onClick={() => onChoice(stage)}
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
  );
}
