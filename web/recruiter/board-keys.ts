import { undoLast } from "../applications/last-action";
import { useShortcuts } from "../lib/keys";
import { findPerson, sideStep, step } from "./board-model";
import { focusFind } from "./board-tools";
import type { Desk } from "./desk";

export interface BoardKeys {
  desk: Desk;
  root: { current: HTMLElement | null };
  help: () => void;
  closePanel: () => void;
  bulk: (action: "move" | "reject" | "email" | "tag") => void;
}

/** Puts the keys on a card, drawing it first where its column is long. */
export function focusPerson(
  desk: Desk,
  root: { current: HTMLElement | null },
  personId: string | null,
): void {
  const board = desk.store.view.value;
  const place = personId && board ? findPerson(board, personId) : null;
  if (!place || !personId) return;
  desk.cursor.value = personId;
  desk.reveal.get(place.stage.key)?.(place.index);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const card = root.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(personId)}"]`);
      card?.scrollIntoView({ block: "nearest", inline: "nearest" });
      card?.querySelector<HTMLElement>(".bcard-name")?.focus({ preventScroll: true });
    }),
  );
  if (desk.opened.value && desk.opened.value !== personId) desk.open(personId);
}

/** The keys of a board: walking, choosing, and what is done with whoever is chosen or under the keys. */
export function useBoardKeys({ desk, root, help, closePanel, bulk }: BoardKeys): void {
  const { store, selection } = desk;
  const walk = (by: 1 | -1) => {
    const board = store.view.value;
    if (!board) return;
    focusPerson(desk, root, desk.cursor.value ? step(board, desk.cursor.value, by) : desk.tabStop.value);
  };
  const cross = (by: 1 | -1) => {
    const board = store.view.value;
    if (!board) return;
    const from = desk.cursor.value;
    focusPerson(desk, root, from ? sideStep(board, from, by, desk.folded.value) : desk.tabStop.value);
  };
  const onBoard = (run: () => void) => () => {
    if (!root.current?.contains(document.activeElement)) return false;
    run();
  };
  const here = () => desk.opened.value ?? desk.cursor.value;
  const many = () => selection.chosen.value.size > 0;
  const ask = (kind?: "rejected") => {
    const personId = here();
    const who = personId ? desk.who(personId) : null;
    const to = kind && store.view.value?.stages.find((stage) => stage.kind === kind)?.key;
    if (who && (!kind || (to && to !== who.stage))) desk.ask(who, to);
  };
  const schedule = () => {
    const personId = here();
    const who = personId ? desk.who(personId) : null;
    if (who) desk.schedule?.(who);
  };
  /** Mails and tags go the way of many, also for one. */
  const alsoOne = (action: "email" | "tag") => () => {
    const personId = here();
    if (!many() && personId) selection.toggle(personId);
    if (many()) bulk(action);
  };

  useShortcuts("Board", [
    { key: "j", label: "Next person", run: () => walk(1) },
    { key: "k", label: "Person before", run: () => walk(-1) },
    { key: "l", label: "Next stage", run: () => cross(1) },
    { key: "h", label: "Stage before", run: () => cross(-1) },
    { key: "ArrowDown", run: onBoard(() => walk(1)) },
    { key: "ArrowUp", run: onBoard(() => walk(-1)) },
    { key: "ArrowRight", run: onBoard(() => cross(1)) },
    { key: "ArrowLeft", run: onBoard(() => cross(-1)) },
    { key: "Enter", label: "Open the person", run: () => false },
    ...(desk.canMove
      ? [
          { key: "m", label: "Move to a stage", run: () => (many() ? bulk("move") : ask()) },
          ...(desk.schedule ? [{ key: "i", label: "Schedule an interview", run: schedule }] : []),
          { key: "r", label: "Reject", run: () => (many() ? bulk("reject") : ask("rejected")) },
          { key: "e", label: "Mail", run: alsoOne("email") },
          { key: "t", label: "Tag", run: alsoOne("tag") },
          {
            key: "x",
            label: "Select",
            run: () => {
              if (desk.cursor.value) selection.toggle(desk.cursor.value);
            },
          },
          {
            key: "X",
            label: "Select everybody in the stage",
            run: () => {
              const who = desk.cursor.value ? desk.who(desk.cursor.value) : null;
              if (who) void selection.all(who.stage);
            },
          },
          { key: "u", label: "Take the last move back", run: undoLast },
        ]
      : []),
    { key: "/", label: "Find by name", run: focusFind },
    { key: "?", label: "Show these keys", run: help },
    {
      key: "Escape",
      label: "Close the person",
      run: () => {
        if (desk.opened.value) closePanel();
        else if (many()) selection.clear();
        else return false;
      },
    },
  ]);
}
