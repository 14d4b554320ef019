import { Button } from "../ui";

export interface SaveBarProps {
  /** Whether anything is to be saved; the bar hides while nothing is. */
  shown: boolean;
  busy: boolean;
  onUndo: () => void;
  /** Without it the bar's button sends the form that it stands in. */
  onSave?: () => void;
  words?: string;
}

/** Says at the foot of a page that something is unsaved, and saves it. */
export function SaveBar({ shown, busy, onUndo, onSave, words }: SaveBarProps) {
  return (
    <div class={shown ? "job-bar" : "job-bar job-bar-away"}>
      <span class="job-bar-words" role="status">
        {shown ? (words ?? "There are changes that are not saved yet.") : ""}
      </span>
      {shown && (
        <>
          <Button onClick={onUndo}>Undo changes</Button>
          <Button type={onSave ? "button" : "submit"} variant="primary" busy={busy} onClick={onSave}>
            Save
          </Button>
        </>
      )}
    </div>
  );
}
