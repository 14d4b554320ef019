import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RequirementWords } from "../../worker/features/campaigns/schema";
import type { RequirementKind } from "../../worker/features/eligibility/schema";
import { newDraft } from "./new-draft";
import type { Draft } from "./requirement-draft";
import {
  addTo,
  changeJoin,
  changeRow,
  type Group,
  type Join,
  moveTo,
  newGroup,
  newRow,
  parentOf,
  remove,
  type Spot,
  stepOf,
} from "./requirement-tree";

/** What can be done in the builder, and what is being dragged there. */
export interface BuilderDesk {
  tree: Group;
  words: RequirementWords;
  faults: ReadonlyMap<string, string>;
  change: (id: string, change: Partial<Draft>) => void;
  join: (id: string, join: Join) => void;
  add: (groupId: string, kind: RequirementKind) => void;
  addGroup: (groupId: string, join: Join) => void;
  /** Puts a row into a new group, so that others can stand beside it there. */
  wrap: (id: string) => void;
  step: (id: string, by: -1 | 1) => void;
  canStep: (id: string, by: -1 | 1) => boolean;
  remove: (id: string) => void;
  dragged: string | null;
  spot: Spot | null;
  drag: (id: string | null) => void;
  dragOver: (spot: Spot) => void;
  drop: () => void;
}

/** Keeps a builder: each change makes a new tree, and focus goes where the change was. */
export function useBuilderDesk(
  tree: Group,
  words: RequirementWords,
  faults: ReadonlyMap<string, string>,
  onTree: (tree: Group) => void,
) {
  const root = useRef<HTMLDivElement>(null);
  const focus = useRef<{ id: string; part: string } | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);

  useLayoutEffect(() => {
    if (!focus.current) return;
    const { id, part } = focus.current;
    focus.current = null;
    root.current?.querySelector<HTMLElement>(`[data-req="${id}"] ${part}`)?.focus();
  }, [tree]);

  const desk: BuilderDesk = {
    tree,
    words,
    faults,
    change: (id, change) => onTree(changeRow(tree, id, change)),
    join: (id, join) => onTree(changeJoin(tree, id, join)),
    add: (groupId, kind) => {
      const row = newRow(newDraft(kind, words));
      focus.current = { id: row.id, part: ":is(select, input)" };
      onTree(addTo(tree, groupId, row));
    },
    addGroup: (groupId, join) => {
      const group = newGroup(join);
      focus.current = { id: group.id, part: ".req-add" };
      onTree(addTo(tree, groupId, group));
    },
    wrap: (id) => {
      const group = newGroup("any");
      const home = parentOf(tree, id);
      if (!home) return;
      focus.current = { id: group.id, part: ".req-add" };
      onTree(moveTo(moveTo(addTo(tree, home.id, group), group.id, { before: id }), id, { into: group.id }));
    },
    step: (id, by) => {
      const to = stepOf(tree, id, by);
      if (!to) return;
      focus.current = { id, part: ".req-buttons button" };
      onTree(moveTo(tree, id, to));
    },
    canStep: (id, by) => stepOf(tree, id, by) !== null,
    remove: (id) => {
      const home = parentOf(tree, id);
      focus.current = { id: home?.id ?? tree.id, part: ".req-foot .req-add" };
      onTree(remove(tree, id));
    },
    dragged,
    spot,
    drag: (id) => {
      setDragged(id);
      setSpot(null);
    },
    dragOver: (next) => {
      if (JSON.stringify(next) !== JSON.stringify(spot)) setSpot(next);
    },
    drop: () => {
      if (dragged && spot) onTree(moveTo(tree, dragged, spot));
      setDragged(null);
      setSpot(null);
    },
  };
  return { desk, root };
}
