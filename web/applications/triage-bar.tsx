import { Button, Kbd } from "../ui";
import { lastAction, undoLast } from "./last-action";

export interface TriageBarProps {
  /** The stage that follows. */
  next: string | undefined;
  onReject: () => void;
  onLater: () => void;
  onAdvance: () => void;
}

/** The decisions, under the thumb. */
export function TriageBar({ next, onReject, onLater, onAdvance }: TriageBarProps) {
  return (
    <div class="triage-bar" role="toolbar" aria-label="Decide">
      <Button
        variant="plain"
        icon="undo-2"
        class="triage-undo"
        disabled={lastAction.value === null}
        onClick={undoLast}
      >
        Undo
        <Kbd>u</Kbd>
      </Button>
      <Button variant="danger" icon="circle-x" onClick={onReject}>
        Reject…
        <Kbd>n</Kbd>
      </Button>
      <Button icon="clock" onClick={onLater}>
        Later
        <Kbd>l</Kbd>
      </Button>
      <Button
        variant="primary"
        iconEnd="arrow-right"
        disabled={!next}
        onClick={onAdvance}
        title={next && `On to ${next}`}
      >
        <span class="triage-next">{next ?? "No next stage"}</span>
        <Kbd>y</Kbd>
      </Button>
    </div>
  );
}
