import { TagField } from "../ui";

export interface TagChoiceProps {
  /** Tags to add; one that begins with `-` is taken off. */
  values: readonly string[];
  onValues: (values: string[]) => void;
}

/** Which tags people get, and which they lose. */
export function TagChoice({ values, onValues }: TagChoiceProps) {
  const off = values.filter((tag) => tag.startsWith("-"));
  const on = values.filter((tag) => !tag.startsWith("-"));
  return (
    <>
      <TagField
        label="Add"
        hint="Enter or a comma after each."
        values={on}
        onValues={(next) => onValues([...next, ...off])}
      />
      <TagField
        label="Take off"
        optional
        values={off.map((tag) => tag.slice(1))}
        onValues={(next) => onValues([...on, ...next.map((tag) => `-${tag}`)])}
      />
    </>
  );
}
