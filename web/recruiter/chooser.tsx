import "./board.css";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { errorText } from "../lib/client";
import { Field } from "../ui";

const PAUSE_MS = 120;

/** One of those to choose from. */
export interface Choice {
  id: string;
  name: string;
  /** A word or two at its end: what it is, or where it stands. */
  note: string;
}

export interface ChooserProps<T extends Choice> {
  label: string;
  hint?: string;
  /** What the list holds, for screen readers. */
  listLabel: string;
  /** Those that match what is typed. */
  find: (q: string, signal: AbortSignal) => Promise<T[]>;
  /** Offers some before anything is typed. */
  atOnce?: boolean;
  onChoose: (choice: T) => void;
  /** What is said where nothing matches. */
  nothing: (q: string) => ComponentChildren;
}

/** Finds one thing by typing: arrows walk the list, Enter or a click chooses. */
export function Chooser<T extends Choice>(props: ChooserProps<T>) {
  const { label, hint, listLabel, find, atOnce = false, onChoose, nothing } = props;
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<{ of: string | null; choices: T[] }>({ of: null, choices: [] });
  const [wrong, setWrong] = useState<string | null>(null);
  const q = typed.trim();
  useEffect(() => {
    if (!q && !atOnce) return setFound({ of: null, choices: [] });
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        find(q, stop.signal).then(
          (choices) => {
            if (stop.signal.aborted) return;
            setFound({ of: q, choices });
            setWrong(null);
          },
          (error) => stop.signal.aborted || setWrong(errorText(error)),
        );
      },
      q ? PAUSE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q, atOnce]);

  const { choices } = found;
  const chosen = choices[Math.min(at, choices.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + choices.length) % Math.max(choices.length, 1));
    // Not before the list is that of what was typed: Enter would take something else.
    else if (event.key === "Enter" && chosen && found.of === q) onChoose(chosen);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.id}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, id]);
  return (
    <Field label={label} hint={hint} error={wrong}>
      {(control) => (
        <div class="move-stage">
          <div class="control">
            <input
              {...control}
              type="text"
              role="combobox"
              autoComplete="off"
              spellcheck={false}
              // biome-ignore lint/a11y/noAutofocus: its dialog was opened to type into it
              autoFocus
              aria-expanded={choices.length > 0}
              aria-autocomplete="list"
              aria-controls={`${id}-list`}
              aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
              value={typed}
              onInput={(event) => {
                setTyped(event.currentTarget.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div id={`${id}-list`} role="listbox" aria-label={listLabel} class="move-list">
            {choices.map((choice) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above takes the keys
              <div
                key={choice.id}
                id={`${id}-${choice.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={choice === chosen}
                class={choice === chosen ? "move-option move-chosen" : "move-option"}
                onClick={() => onChoose(choice)}
              >
                {choice.name}
                <span class="quiet move-why">{choice.note}</span>
              </div>
            ))}
          </div>
          {found.of === q && choices.length === 0 && (
            <p class="quiet" role="status">
              {nothing(q)}
            </p>
          )}
        </div>
      )}
    </Field>
  );
}
