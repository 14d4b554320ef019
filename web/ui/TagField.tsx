import { useState } from "preact/hooks";
import { Field, type FieldProps } from "./Field";
import { Tag } from "./Tag";

export interface TagFieldProps extends FieldProps {
  values: readonly string[];
  onValues: (values: string[]) => void;
  name?: string;
  maxLength?: number;
  /** Words to offer while one types. */
  suggestions?: readonly string[];
}

/** Several words as tags: Enter or a comma adds what is typed, Backspace takes the last one off. */
export function TagField(props: TagFieldProps) {
  const {
    label,
    hint,
    error,
    optional,
    hideLabel,
    id,
    values,
    onValues,
    name,
    maxLength = 60,
    suggestions,
  } = props;
  const [text, setText] = useState("");
  const add = (typed: string) => {
    const words = typed
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "" && !values.some((one) => one.toLowerCase() === word.toLowerCase()));
    setText("");
    if (words.length > 0) onValues([...values, ...new Set(words)]);
  };
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} id={id}>
      {(control) => (
        <div class="control control-tags">
          {values.map((value) => (
            <Tag key={value} onRemove={() => onValues(values.filter((one) => one !== value))}>
              {value}
            </Tag>
          ))}
          <input
            {...control}
            type="text"
            name={name}
            value={text}
            maxLength={maxLength}
            list={suggestions ? `${control.id}-list` : undefined}
            autoComplete="off"
            enterKeyHint="enter"
            onInput={(event) => {
              const typed = event.currentTarget.value;
              if (typed.includes(",")) add(typed);
              else setText(typed);
            }}
            onKeyDown={(event) => {
              if (event.isComposing) return;
              if (event.key === "Enter" && text.trim() !== "") {
                event.preventDefault();
                add(text);
              } else if (event.key === "Backspace" && text === "") onValues(values.slice(0, -1));
            }}
            onBlur={() => add(text)}
          />
          {suggestions && (
            <datalist id={`${control.id}-list`}>
              {suggestions.map((word) => (
                <option key={word} value={word} />
              ))}
            </datalist>
          )}
        </div>
      )}
    </Field>
  );
}
