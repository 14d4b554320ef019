import { batch, type ReadonlySignal, signal } from "@preact/signals";
import { BULK_MOST } from "../../worker/features/applications/words";
import type { Chosen } from "../applications/chosen";
import { toast } from "../ui";
import { findPerson, personOf } from "./board-model";
import type { BoardStore } from "./board-store";

/** The people chosen on a board, by whom the board knows them as. */
export interface Selection {
  chosen: ReadonlySignal<ReadonlyMap<string, Chosen>>;
  /** The stage whose people are being fetched to be chosen all. */
  gathering: ReadonlySignal<string | null>;
  toggle: (personId: string) => void;
  /** Chooses everybody from the one chosen last down or up to this one, within a stage. */
  reach: (personId: string) => void;
  /** Chooses everybody in a stage, also those further down than the board has loaded. */
  all: (stageKey: string) => Promise<void>;
  clear: () => void;
}

/** Makes the selection of a board. */
export function makeSelection(store: BoardStore): Selection {
  const chosen = signal<ReadonlyMap<string, Chosen>>(new Map());
  const gathering = signal<string | null>(null);
  let anchor: string | null = null;

  const find = (personId: string) => (store.view.value ? findPerson(store.view.value, personId) : null);
  const add = (personIds: readonly string[]) => {
    const next = new Map(chosen.value);
    for (const personId of personIds) {
      const place = find(personId);
      if (!place || next.size >= BULK_MOST) continue;
      const { card, stage } = place;
      next.set(personId, { id: card.applicationId, personId, name: card.name, stage: stage.key });
    }
    chosen.value = next;
  };
  const everybody = (stageKey: string) => {
    const cards = store.view.value?.stages.find(({ key }) => key === stageKey)?.cards ?? [];
    return cards.map(personOf);
  };

  return {
    chosen,
    gathering,
    toggle: (personId) => {
      anchor = personId;
      if (!chosen.value.has(personId)) return add([personId]);
      const next = new Map(chosen.value);
      next.delete(personId);
      chosen.value = next;
    },
    reach: (personId) => {
      const to = find(personId);
      const from = anchor === null ? null : find(anchor);
      if (!to || !from || from.stage !== to.stage) {
        anchor = personId;
        return add([personId]);
      }
      const [first, last] = [Math.min(from.index, to.index), Math.max(from.index, to.index)];
      add(to.stage.cards.slice(first, last + 1).map(personOf));
    },
    all: async (stageKey) => {
      if (gathering.value) return;
      const stage = () => store.view.value?.stages.find(({ key }) => key === stageKey);
      gathering.value = stageKey;
      try {
        for (let seen = -1; stage()?.nextCursor && everybody(stageKey).length < BULK_MOST; ) {
          // Others move people meanwhile; a page that brings nobody would be asked for without end.
          if (everybody(stageKey).length === seen) break;
          seen = everybody(stageKey).length;
          await store.more(stageKey);
        }
      } catch {
        toast({ text: "Not everybody could be fetched. Those who are shown are chosen.", tone: "warn" });
      }
      batch(() => {
        gathering.value = null;
        anchor = everybody(stageKey)[0] ?? null;
        add(everybody(stageKey));
      });
      const count = stage()?.count ?? 0;
      if (count > BULK_MOST) toast(`The first ${BULK_MOST} are chosen: more can’t be changed at once.`);
    },
    clear: () => {
      anchor = null;
      chosen.value = new Map();
    },
  };
}
