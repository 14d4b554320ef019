import { useEffect, useState } from "preact/hooks";
import type { EvaluationType } from "../../worker/features/evaluations/schema";
import { errorText, ProblemError, patch } from "../lib/client";
import { Banner, Button, Dialog, toast } from "../ui";
import { TYPES } from "./type-edit";

/** Takes a type back from the archive; null where that was refused. */
export async function restore({ key, name }: EvaluationType): Promise<EvaluationType | null> {
  try {
    const next = await patch<EvaluationType>(TYPES, { key, archived: false });
    toast({ text: `${name} can be used again.`, tone: "good" });
    return next;
  } catch (error) {
    toast({ text: errorText(error), tone: "warn" });
    return null;
  }
}

export interface ArchiveDialogProps {
  /** Null closes the dialog. */
  type: EvaluationType | null;
  onClose: () => void;
  onArchived: (type: EvaluationType) => void;
}

/** Asks before a type is archived; where campaigns ask for it the server names them, and it is asked again. */
export function ArchiveDialog({ type, onClose, onArchived }: ArchiveDialogProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => setAsked(null), [type?.key]);
  const archive = async () => {
    if (!type) return;
    setBusy(true);
    try {
      const body = { key: type.key, archived: true, ...(asked === null ? {} : { confirm: true }) };
      const next = await patch<EvaluationType>(TYPES, body);
      toast({ text: `${type.name} is archived. What was given by it is kept.`, tone: "good" });
      onArchived(next);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 409 && asked === null) setAsked(errorText(error));
      else {
        toast({ text: errorText(error), tone: "warn", seconds: 10 });
        onClose();
      }
    }
    setBusy(false);
  };
  return (
    <Dialog
      open={type !== null}
      onClose={onClose}
      size="s"
      title={`Archive ${type?.name ?? "the type"}?`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" icon="archive" busy={busy} autoFocus onClick={() => void archive()}>
            {asked === null ? "Archive it" : "Archive it all the same"}
          </Button>
        </>
      }
    >
      {asked === null ? (
        <p>Nobody can be evaluated by it any more. Results that were given stay, and go on counting.</p>
      ) : (
        <Banner tone="warn" role="alert">
          {asked}
        </Banner>
      )}
    </Dialog>
  );
}
