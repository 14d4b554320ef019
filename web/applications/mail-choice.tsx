import { useEffect } from "preact/hooks";
import { Select } from "../ui";
import { useNames } from "../workflows/use-names";

export interface MailChoiceProps {
  value: string;
  onValue: (template: string) => void;
}

/** Chooses one of the mails that are written already, and shows its words. */
export function MailChoice({ value, onValue }: MailChoiceProps) {
  const { mails } = useNames(false);
  const chosen = mails.find(({ key }) => key === value);
  useEffect(() => {
    if (!value && mails[0]) onValue(mails[0].key);
  }, [mails, value]);
  return (
    <div class="stack mail-choice">
      <Select
        label="Mail"
        value={value}
        options={mails.map(({ key, name }) => ({ value: key, label: name }))}
        onValue={onValue}
      />
      {chosen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab
        <blockquote class="mail-words" tabIndex={0} role="group" aria-label="The mail’s words">
          <strong>{chosen.subject}</strong>
          <p>{chosen.text}</p>
        </blockquote>
      )}
    </div>
  );
}
