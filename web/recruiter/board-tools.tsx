import { useEffect, useRef, useState } from "preact/hooks";
import type { Board } from "../../worker/features/pipelines/schema";
import type { LiveState, Viewer } from "../lib/live";
import { online } from "../lib/online";
import { Avatar, Button, Icon, IconButton, Popover, Select, StatusPill, Tag } from "../ui";
import type { Filter } from "./board-store";

export interface FindProps {
  value: string;
  onFind: (q: string) => void;
  /** What is found and by what; people, unless told otherwise. */
  label?: string;
  placeholder?: string;
}

/** A search field that speaks once one pauses; Escape empties it. `/` goes there. */
export function Find({
  value,
  onFind,
  label = "Find by name, e-mail address or phone number",
  placeholder = "Find by name",
}: FindProps) {
  const [typed, setTyped] = useState(value);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const say = (text: string, pause: number) => {
    setTyped(text);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => onFind(text.trim()), pause);
  };
  return (
    <search class="find">
      <label class="sr-only" for="find-people">
        {label}
      </label>
      <div class="control">
        <Icon name="search" size={16} />
        <input
          id="find-people"
          type="search"
          placeholder={placeholder}
          autoComplete="off"
          spellcheck={false}
          enterkeyhint="search"
          value={typed}
          onInput={(event) => say(event.currentTarget.value, 220)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              if (typed) {
                event.preventDefault();
                say("", 0);
              } else event.currentTarget.blur();
            } else if (event.key === "Enter") say(typed, 0);
          }}
        />
      </div>
    </search>
  );
}

/** Puts the cursor into the search field. */
export function focusFind(): void {
  const field = document.getElementById("find-people");
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}

const WAITING_WORDS = { yes: "Waiting for something", no: "Waiting for nothing" } as const;

export interface FilterMenuProps {
  filter: Filter;
  tags: readonly string[];
  onFilter: (change: Partial<Filter>) => void;
  /** Whether people here wait for something, as agents do for their papers. */
  waits?: boolean;
}

/** Which people the board shows, beside those found by name. */
export function FilterMenu({ filter, tags, onFilter, waits = true }: FilterMenuProps) {
  const active = (filter.tag ? 1 : 0) + (filter.waiting ? 1 : 0);
  return (
    <Popover
      label="Filter"
      width="16rem"
      trigger={
        <Button icon="funnel" aria-label={active ? `Filter, ${active} set` : undefined}>
          Filter
          {active > 0 && <span class="filter-count num">{active}</span>}
        </Button>
      }
    >
      <div class="filter stack">
        {waits && (
          <Select
            label="Waiting"
            value={filter.waiting}
            options={[
              { value: "", label: "Everyone" },
              { value: "yes", label: WAITING_WORDS.yes },
              { value: "no", label: WAITING_WORDS.no },
            ]}
            onValue={(value) => onFilter({ waiting: value as Filter["waiting"] })}
          />
        )}
        <Select
          label="Tag"
          value={filter.tag}
          options={[{ value: "", label: "Any" }, ...tags.map((tag) => ({ value: tag, label: tag }))]}
          onValue={(tag) => onFilter({ tag })}
        />
      </div>
    </Popover>
  );
}

/** The filters that are set, each with what takes it off. */
export function FilterTags({ filter, onFilter }: Omit<FilterMenuProps, "tags">) {
  if (!filter.tag && !filter.waiting) return null;
  return (
    <div class="row filter-tags" role="group" aria-label="Filters that are set">
      {filter.waiting && (
        <Tag onRemove={() => onFilter({ waiting: "" })}>{WAITING_WORDS[filter.waiting]}</Tag>
      )}
      {filter.tag && <Tag onRemove={() => onFilter({ tag: "" })}>{filter.tag}</Tag>}
    </div>
  );
}

/** The tags to choose from: those on the cards, and the one that is chosen. */
export function tagsOf(board: Board | undefined, chosen: string): string[] {
  const tags = new Set(board?.stages.flatMap(({ cards }) => cards.flatMap((card) => card.tags)));
  if (chosen) tags.add(chosen);
  return [...tags].sort((a, b) => a.localeCompare(b));
}

/** Whether what one sees is of this moment. */
export function LivePill({ state }: { state: LiveState }) {
  return (
    <span class="live-pill" role="status">
      <LiveWord state={state} />
    </span>
  );
}

function LiveWord({ state }: { state: LiveState }) {
  if (!online.value) {
    return (
      <StatusPill tone="warn" icon="wifi-off">
        Offline
      </StatusPill>
    );
  }
  if (state === "live") return <StatusPill tone="good">Live</StatusPill>;
  if (state === "polling") {
    return (
      <StatusPill tone="info" icon="refresh-cw">
        Every 30 s
      </StatusPill>
    );
  }
  return (
    <StatusPill tone="plain" icon="refresh-cw">
      {state === "connecting" ? "Connecting" : "Reconnecting"}
    </StatusPill>
  );
}

const MOST_VIEWERS = 3;

/** Who else has this board open. */
export function Viewers({ people }: { people: readonly Viewer[] }) {
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name);
  return (
    <span
      class="viewers"
      role="img"
      aria-label={`Also looking: ${names.join(", ")}`}
      title={`Also looking: ${names.join(", ")}`}
    >
      {people.slice(0, MOST_VIEWERS).map(({ id, name }) => (
        <Avatar key={id} id={id} name={name} size={26} />
      ))}
      {people.length > MOST_VIEWERS && <span class="viewers-more">+{people.length - MOST_VIEWERS}</span>}
    </span>
  );
}

/** Opens the list of keys. */
export function HelpButton({ onOpen }: { onOpen: () => void }) {
  return (
    <span class="help-button">
      <IconButton icon="keyboard" label="Keyboard shortcuts (?)" onClick={onOpen} />
    </span>
  );
}
