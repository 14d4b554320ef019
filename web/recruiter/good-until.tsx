import { useState } from "preact/hooks";
import type { Document, DocumentType } from "../../worker/features/documents/schema";
import { Kbd, TextField } from "../ui";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The last day on which a document of a type counts that is approved at a time; nothing where it counts for ever. */
export function lastDayOf(validDays: number | null | undefined, at: number): string {
  return validDays ? new Date(at + validDays * DAY_MS).toISOString().slice(0, 10) : "";
}

/** Until when an approval will hold, as its reviewer has it. */
export interface GoodUntil {
  day: string;
  set: (day: string) => void;
  /** What to send: nothing where it is as the type has it. */
  expiresOn: string | null | undefined;
}

/** The day until which the shown document is good: prefilled by its type, changed by whoever reviews it. */
export function useGoodUntil(document: Document | null, types: readonly DocumentType[]): GoodUntil {
  const [chosen, setChosen] = useState<{ id: string; day: string } | null>(null);
  const usual = lastDayOf(types.find(({ key }) => key === document?.type)?.validDays, Date.now());
  const day = chosen && chosen.id === document?.id ? chosen.day : usual;
  return {
    day,
    set: (next) => setChosen(document && { id: document.id, day: next }),
    expiresOn: day === usual ? undefined : day || null,
  };
}

export interface GoodUntilFieldProps {
  id?: string;
  until: GoodUntil;
  /** Enter approves, so that the hands stay on the keys. */
  onApprove: () => void;
  /** The key that leads here. */
  keyHint?: string;
}

/** The day beside the button that approves. */
export function GoodUntilField({ id, until, onApprove, keyHint }: GoodUntilFieldProps) {
  return (
    <div class="good-until">
      <span aria-hidden="true">Good until {keyHint && <Kbd>{keyHint}</Kbd>}</span>
      <TextField
        id={id}
        type="date"
        label="Good until"
        hideLabel
        min={new Date().toISOString().slice(0, 10)}
        value={until.day}
        onValue={until.set}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            onApprove();
          } else if (event.key === "Escape") (event.target as HTMLElement).blur();
        }}
      />
    </div>
  );
}
