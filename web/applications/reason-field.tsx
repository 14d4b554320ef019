import "./applications.css";
import { useShortcuts } from "../lib/keys";
import { Kbd, TextArea } from "../ui";
import { REJECT_REASONS } from "./reasons";

export interface ReasonFieldProps {
  value: string;
  onValue: (value: string) => void;
  /** Offers the usual reasons for a rejection, by a press or by their digits. */
  chips: boolean;
  error?: string | null;
  optional?: boolean;
  autoFocus?: boolean;
  id?: string;
  hint?: string;
  /** Ctrl+Enter, from inside the text. */
  onSubmit: () => void;
}

/** Why somebody is moved: one of the usual reasons, or one's own words. */
export function ReasonField(props: ReasonFieldProps) {
  const { value, onValue, chips, error, optional, autoFocus, id, hint, onSubmit } = props;
  return (
    <div class="reason stack">
      {chips && <Chips value={value} onValue={onValue} />}
      <TextArea
        id={id}
        label="Reason"
        hint={hint}
        optional={optional}
        autoFocus={autoFocus}
        rows={2}
        maxLength={1000}
        value={value}
        error={error}
        onValue={onValue}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            onSubmit();
          }
        }}
      />
    </div>
  );
}

function Chips({ value, onValue }: Pick<ReasonFieldProps, "value" | "onValue">) {
  useShortcuts(
    "Reasons",
    REJECT_REASONS.map(({ text }, at) => ({
      key: String(at + 1),
      inDialog: true,
      run: () => onValue(text),
    })),
  );
  return (
    <div class="chips" role="group" aria-label="Usual reasons">
      {REJECT_REASONS.map(({ label, text }, at) => (
        <button
          key={label}
          type="button"
          class="chip"
          aria-pressed={value === text}
          aria-keyshortcuts={String(at + 1)}
          onClick={() => onValue(text)}
        >
          <Kbd>{String(at + 1)}</Kbd>
          {label}
        </button>
      ))}
    </div>
  );
}
