import type { Application } from "../../worker/features/applications/schema";
import type { BulkAction } from "../../worker/features/applications/words";
import { useShortcuts } from "../lib/keys";
import { focusFind } from "../recruiter/board-tools";
import { WALK_KEYS } from "../recruiter/list-parts";
import { undoLast } from "./last-action";

export interface ListKeys {
  team: boolean;
  rows: readonly Application[];
  selected: ReadonlySet<string>;
  select: (selected: Set<string>) => void;
  act: (action: BulkAction) => void;
  clear: () => void;
  help: () => void;
}

/** The keys of a list of applications; what acts does so on the row under the keys where nobody is chosen. */
export function useListKeys({ team, rows, selected, select, act, clear, help }: ListKeys): void {
  const onChosen = (action: BulkAction) => () => {
    if (selected.size > 0) return act(action);
    const row = document.activeElement?.closest<HTMLTableRowElement>("tbody .table-row");
    const here = row && rows[row.sectionRowIndex];
    if (!here) return false;
    select(new Set([here.id]));
    // Once the row is chosen, since the dialog takes up whoever is.
    setTimeout(() => act(action));
  };
  useShortcuts("List", [
    ...WALK_KEYS,
    { key: "Enter", label: "Open the person", run: () => false },
    ...(team
      ? [
          { key: "x", label: "Select", run: () => false },
          { key: "m", label: "Move to a stage", run: onChosen("move") },
          { key: "r", label: "Reject", run: onChosen("reject") },
          { key: "e", label: "Mail", run: onChosen("email") },
          { key: "t", label: "Tag", run: onChosen("tag") },
          { key: "u", label: "Take the last action back", run: undoLast },
        ]
      : []),
    { key: "/", label: "Find by name", run: focusFind },
    { key: "?", label: "Show these keys", run: help },
    {
      key: "Escape",
      label: "Select nobody",
      run: () => {
        if (selected.size === 0) return false;
        clear();
      },
    },
  ]);
}
