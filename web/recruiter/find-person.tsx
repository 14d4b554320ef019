import { useEffect, useId, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Agent } from "../../worker/features/agents/schema";
import type { Page } from "../../worker/http/shapes";
import { errorText, get } from "../lib/client";
import { useShortcuts } from "../lib/keys";
import { Dialog, Field } from "../ui";

const MOST = 8;
const PAUSE_MS = 120;

/** Finds a person on `/` from screens without a search field of their own. */
export default function FindPerson() {
  const { path, route } = useLocation();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  useShortcuts("Everywhere", [{ key: "/", label: "Find a person", run: () => setOpen(true) }]);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Find a person">
      {open && <Finder onChoose={({ id }) => route(`/agents/${id}`)} />}
    </Dialog>
  );
}

function Finder({ onChoose }: { onChoose: (agent: Agent) => void }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<{ of: string; people: Agent[] }>({ of: "", people: [] });
  const [wrong, setWrong] = useState<string | null>(null);
  const q = typed.trim();
  useEffect(() => {
    if (!q) return setFound({ of: "", people: [] });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      get<Page<Agent>>("/api/agents", { q, limit: MOST }, { signal: stop.signal }).then(
        ({ data }) => {
          setFound({ of: q, people: data });
          setWrong(null);
        },
        (error) => stop.signal.aborted || setWrong(errorText(error)),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q]);

  const { people } = found;
  const chosen = people[Math.min(at, people.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((at + step + people.length) % Math.max(people.length, 1));
    // Not before the list is that of what was typed: Enter would open somebody else.
    else if (event.key === "Enter" && chosen && found.of === q) onChoose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Field label="Name, e-mail address or phone number" error={wrong}>
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
              aria-expanded={people.length > 0}
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
          <div id={`${id}-list`} role="listbox" aria-label="People" class="move-list">
            {people.map((agent) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above takes the keys
              <div
                key={agent.id}
                id={`${id}-${agent.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={agent === chosen}
                class={agent === chosen ? "move-option move-chosen" : "move-option"}
                onClick={() => onChoose(agent)}
              >
                {agent.name}
                <span class="quiet move-why">{agent.statusName}</span>
              </div>
            ))}
          </div>
          {q && found.of === q && people.length === 0 && (
            <p class="quiet" role="status">
              Nobody is found by “{q}”.
            </p>
          )}
        </div>
      )}
    </Field>
  );
}
