import type { ComponentChildren, InputHTMLAttributes, VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { IconButton } from "./Button";
import { Icon } from "./Icon";

export interface FieldProps {
  label: string;
  /** Stands under the label: what is meant, or how to write it. */
  hint?: ComponentChildren;
  /** What is wrong and how to mend it. */
  error?: string | null;
  /** Says "optional" beside the label. */
  optional?: boolean;
  /** Keeps the label for screen readers only, where the place says it already. */
  hideLabel?: boolean;
  id?: string;
}

/** What a control must carry so that label, hint and error are read with it. */
export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

/** Label, hint and error around any control; the child is given what ties them together. */
export function Field({
  label,
  hint,
  error,
  optional,
  hideLabel,
  id,
  children,
}: FieldProps & { children: (control: ControlProps) => VNode }) {
  const made = useId();
  const control = id ?? made;
  const described = [hint && `${control}-hint`, error && `${control}-error`].filter(Boolean).join(" ");
  return (
    <div class={error ? "field field-wrong" : "field"}>
      <label class={hideLabel ? "sr-only" : "field-label"} for={control}>
        {label}
        {optional && <span class="field-optional"> optional</span>}
      </label>
      {hint && (
        <div class="field-hint" id={`${control}-hint`}>
          {hint}
        </div>
      )}
      {children({
        id: control,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? "true" : undefined,
      })}
      {error && (
        <div class="field-error" id={`${control}-error`}>
          <Icon name="circle-alert" size={16} />
          <span>{error}</span>
        </div>
      )}
    </div>
  );
}

interface TextProps extends FieldProps {
  name?: string;
  value?: string;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  readOnly?: boolean;
  autoComplete?: string;
  autoFocus?: boolean;
  maxLength?: number;
  minLength?: number;
  inputMode?: "text" | "email" | "tel" | "numeric" | "search" | "url" | "none" | "decimal";
  spellcheck?: boolean;
  /** Each change, as the text that now stands there. */
  onValue?: (value: string) => void;
  onBlur?: (event: FocusEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

export interface TextFieldProps extends TextProps {
  type?:
    | "text"
    | "email"
    | "tel"
    | "search"
    | "url"
    | "date"
    | "number"
    | "password"
    | "datetime-local"
    | "time";
  min?: string | number;
  max?: string | number;
  /** Words before or after the text, inside the frame: a currency, a domain. */
  before?: ComponentChildren;
  after?: ComponentChildren;
}

/** A line of text with its label, hint and error. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, optional, hideLabel, id, before, after, onValue, ...input } = props;
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} id={id}>
      {(control) => (
        <div class="control">
          {before && <span class="control-aside">{before}</span>}
          <input
            {...({ type: "text", ...input, ...control } as InputHTMLAttributes<HTMLInputElement>)}
            onInput={(event) => onValue?.(event.currentTarget.value)}
          />
          {after && <span class="control-aside">{after}</span>}
        </div>
      )}
    </Field>
  );
}

/** A password with a button that shows what was typed. */
export function PasswordField(props: TextFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      spellcheck={false}
      {...props}
      type={shown ? "text" : "password"}
      after={
        <IconButton
          icon={shown ? "eye-off" : "eye"}
          label={shown ? "Hide password" : "Show password"}
          size="s"
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}

export interface TextAreaProps extends Omit<TextProps, "inputMode"> {
  rows?: number;
}

/** Several lines of text; it grows with what is written where the browser can. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, optional, hideLabel, id, rows = 3, onValue, ...area } = props;
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} id={id}>
      {(control) => (
        <div class="control control-area">
          <textarea
            {...area}
            {...control}
            rows={rows}
            style={{ "--rows": rows }}
            onInput={(event) => onValue?.(event.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}

export interface CheckboxProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  checked?: boolean;
  name?: string;
  disabled?: boolean;
  onChecked?: (checked: boolean) => void;
}

/** A box to tick, with its words. */
export function Checkbox({ label, hint, checked, name, disabled, onChecked }: CheckboxProps) {
  const id = useId();
  return (
    <div class="checkbox">
      <input
        type="checkbox"
        id={id}
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChecked?.(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
