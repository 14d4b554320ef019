import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { mediaSignal } from "../lib/media";
import { queryValue, setQuery } from "../lib/url";
import { findPerson, needsReason, personOf } from "./board-model";
import type { BoardStore } from "./board-store";
import type { Subject } from "./board-subject";
import type { Who } from "./move-refusal";
import { makeSelection, type Selection } from "./selection";

/** What columns and cards share: the board's data and what can be done with a card. */
export interface Desk {
  store: BoardStore;
  subject: Subject;
  /** False where one only looks: nothing is moved, chosen or changed. */
  canMove: boolean;
  selection: Selection;
  /** The person whom the keys act on. */
  cursor: Signal<string | null>;
  /** The one card that Tab reaches. */
  tabStop: ReadonlySignal<string | null>;
  /** The person shown beside the board. */
  opened: Signal<string | null>;
  dragging: Signal<{ personId: string; from: string } | null>;
  over: Signal<string | null>;
  folded: ReadonlySignal<ReadonlySet<string>>;
  /** Scrolls a column so that the card at this place is drawn. */
  reveal: Map<string, (index: number) => void>;
  open: (personId: string) => void;
  /** The person as the board has them, if their card is loaded. */
  who: (personId: string) => Who | null;
  /** Asks for the stage, or for the reason where the stage needs one. */
  ask: (who: Who, to?: string) => void;
  /** Moves at once, or asks first where the stage needs a reason. */
  move: (who: Who, to: string) => void;
  /** Moves whoever was dragged: with everybody chosen, if they are among them. */
  drop: (personId: string, to: string) => void;
  fold: (stageKey: string, folded: boolean) => void;
  /** Sets up an interview; absent where nobody is interviewed. */
  schedule?: ((who: Who) => void) | undefined;
}

const FOLDED = "portico-folded-stages";
/** Where people rarely are looked for. */
const FIRST_FOLDED = ["inactive", "rejected", "withdrawn"];

const NONE: ReadonlySet<string> = new Set();
const phone = mediaSignal("(max-width: 40rem)");

function readFolded(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(FOLDED) ?? "null");
    if (Array.isArray(kept)) return new Set(kept.map(String));
  } catch {
    // Private windows may refuse, and what is kept may be an older version's.
  }
  return new Set(FIRST_FOLDED);
}

/** A move that still needs a stage or a reason. */
export interface Question {
  who: Who;
  to?: string;
}

export interface DeskHooks {
  send: (who: Who, to: string) => void;
  ask: (question: Question) => void;
  /** Asks about everybody who is chosen. */
  askAll: (to: string) => void;
  schedule?: ((who: Who) => void) | undefined;
}

/** Makes what a board's columns and cards share. */
export function makeDesk(store: BoardStore, subject: Subject, canMove: boolean, hooks: DeskHooks): Desk {
  const cursor = signal<string | null>(null);
  const opened = signal<string | null>(queryValue(subject.param) || null);
  const selection = makeSelection(store);
  const chosen = signal(readFolded());
  // A phone shows one column at a time, so there is nothing to gain by folding it.
  const folded = computed(() => (phone.value ? NONE : chosen.value));
  const who = (personId: string): Who | null => {
    const place = store.view.value ? findPerson(store.view.value, personId) : null;
    return place && { personId, name: place.card.name, stage: place.stage.key };
  };
  const move = (person: Who, to: string) => {
    const stage = store.view.value?.stages.find(({ key }) => key === to);
    if (stage && needsReason(stage.kind)) hooks.ask({ who: person, to });
    else hooks.send(person, to);
  };
  return {
    store,
    subject,
    canMove,
    selection,
    cursor,
    opened,
    folded,
    dragging: signal(null),
    over: signal(null),
    reveal: new Map(),
    tabStop: computed(() => {
      const board = store.view.value;
      if (!board) return null;
      if (cursor.value && findPerson(board, cursor.value)) return cursor.value;
      const first = board.stages.find(({ key, cards }) => cards.length > 0 && !folded.value.has(key))
        ?.cards[0];
      return first ? personOf(first) : null;
    }),
    open: (personId) => {
      cursor.value = personId;
      // Back closes the panel; walking on with it open makes no history.
      setQuery({ [subject.param]: personId }, opened.value === null);
      opened.value = personId;
    },
    who,
    ask: (person, to) => hooks.ask({ who: person, to }),
    schedule: hooks.schedule,
    move,
    drop: (personId, to) => {
      const { value } = selection.chosen;
      const person = who(personId);
      if (value.size > 1 && value.has(personId)) hooks.askAll(to);
      else if (person && person.stage !== to) move(person, to);
    },
    fold: (stageKey, fold) => {
      const next = new Set(chosen.value);
      if (fold) next.add(stageKey);
      else next.delete(stageKey);
      chosen.value = next;
      try {
        localStorage.setItem(FOLDED, JSON.stringify([...next]));
      } catch {
        // Not kept in a private window; it holds while the page is open.
      }
    },
  };
}
