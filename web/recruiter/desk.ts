import type { ReadonlySignal, Signal } from "@preact/signals";
import type { BoardStore } from "./board-store";

/** What columns and cards share: the board's data and what can be done with a card. */
export interface Desk {
  store: BoardStore;
  /** The person whom the keys act on. */
  cursor: Signal<string | null>;
  /** The one card that Tab reaches. */
  tabStop: ReadonlySignal<string | null>;
  /** The person shown beside the board. */
  opened: Signal<string | null>;
  dragging: Signal<{ personId: string; from: string } | null>;
  over: Signal<string | null>;
  folded: Signal<ReadonlySet<string>>;
  /** Scrolls a column so that the card at this place is drawn. */
  reveal: Map<string, (index: number) => void>;
  open: (personId: string) => void;
  /** Asks for the stage, or for the reason where the stage needs one. */
  ask: (personId: string, to?: string) => void;
  /** Moves at once, or asks first where the stage needs a reason. */
  move: (personId: string, to: string) => void;
  fold: (stageKey: string, folded: boolean) => void;
}
