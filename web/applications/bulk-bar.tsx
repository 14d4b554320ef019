import "./applications.css";
import type { BulkAction } from "../../worker/features/applications/words";
import { Button, IconButton, type IconName } from "../ui";
import { lastAction, undoLast } from "./last-action";

export interface BulkBarProps {
  count: number;
  /** False where they stand in several pipelines, which have no stage in common. */
  canMove: boolean;
  onAction: (action: BulkAction) => void;
  onClear: () => void;
  /** In the archive, where the one thing to do is to bring people back. */
  onBringBack?: (() => void) | undefined;
}

const ACTIONS: readonly { action: BulkAction; label: string; icon: IconName }[] = [
  { action: "move", label: "Move…", icon: "move-right" },
  { action: "reject", label: "Reject…", icon: "circle-x" },
  { action: "email", label: "Mail…", icon: "mail" },
  { action: "tag", label: "Tag…", icon: "tag" },
  { action: "archive", label: "Archive…", icon: "archive" },
];

/** What can be done with everybody who is chosen; it stands at the foot while somebody is. */
export function BulkBar({ count, canMove, onAction, onClear, onBringBack }: BulkBarProps) {
  if (count === 0) return null;
  return (
    <div class="bulk-bar" role="toolbar" aria-label="With everybody who is selected">
      <span class="bulk-count num" role="status">
        {count} selected
      </span>
      <div class="bulk-actions">
        {onBringBack ? (
          <Button size="s" variant="plain" icon="undo-2" onClick={onBringBack}>
            Bring back
          </Button>
        ) : (
          ACTIONS.map(({ action, label, icon }) => (
            <Button
              key={action}
              size="s"
              variant="plain"
              icon={icon}
              disabled={action === "move" && !canMove}
              title={action === "move" && !canMove ? "Choose people of one job to move them." : undefined}
              onClick={() => onAction(action)}
            >
              {label}
            </Button>
          ))
        )}
        {lastAction.value && (
          <IconButton
            size="s"
            icon="undo-2"
            label={`Undo the last action: ${lastAction.value.text}`}
            onClick={undoLast}
          />
        )}
      </div>
      <IconButton size="s" icon="x" label="Select nobody" onClick={onClear} />
    </div>
  );
}

/** Takes the last action back, from wherever a screen has its tools. */
export function UndoButton() {
  const action = lastAction.value;
  if (!action) return null;
  return <IconButton icon="undo-2" label={`Undo: ${action.text} (u)`} onClick={undoLast} />;
}
