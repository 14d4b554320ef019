import { Field, type FieldProps } from "./Field";
import { Icon } from "./Icon";

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

export interface SelectProps extends FieldProps {
  options: readonly Option[];
  value?: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  /** Stands first and means that nothing is chosen yet. */
  placeholder?: string;
  onValue?: (value: string) => void;
}

/** A choice from a list: the browser's own select in our frame. */
export function Select(props: SelectProps) {
  const { label, hint, error, optional, hideLabel, id, options, placeholder, value, onValue, ...select } =
    props;
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} id={id}>
      {(control) => (
        <div class="control control-select">
          <select
            {...select}
            {...control}
            value={value}
            onChange={(event) => onValue?.(event.currentTarget.value)}
          >
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" size={16} />
        </div>
      )}
    </Field>
  );
}
