import type { ComponentChildren, InputHTMLAttributes } from "preact";
import type { FormField } from "../../worker/features/jobs/schema";
import { sizeWords } from "./apply/words";

/** What stands in the form: the texts of each field, by its name. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** A file that came already and is kept until the form is sent. */
export interface KeptFile {
  field: string;
  fileName: string;
  /** Bytes. */
  size: number;
}

/** What every field of the form needs to know. */
export interface Filled {
  values: Values;
  /** What is wrong, by the name of the field. */
  errors: ReadonlyMap<string, string>;
  files: readonly KeptFile[];
}

export const idOf = (name: string): string => `f-${name}`;
const first = ({ values }: Filled, name: string) => values[name]?.[0] ?? "";

/** Ends the name of a control that is no field: what a button of the form does. */
export const ACTION = "form-do";
/** Files that are taken, as the `accept` of an input. */
const ACCEPT = ".pdf,.docx,.png,.jpg,.jpeg,.txt";
export const FILE_HINT = "PDF, Word (.docx), PNG, JPG or text, 10 MB at most.";

interface Tied {
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

const tied = (name: string, hint: boolean, wrong: boolean): Tied => ({
  "aria-describedby":
    [hint && `${idOf(name)}-hint`, wrong && `${idOf(name)}-error`].filter(Boolean).join(" ") || undefined,
  "aria-invalid": wrong ? "true" : undefined,
});

const Optional = () => <span class="field-optional"> optional</span>;

function Below({ name, error }: { name: string; error: string | undefined }) {
  return error === undefined ? null : (
    <p class="field-error" id={`${idOf(name)}-error`}>
      {error}
    </p>
  );
}

const Hint = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="field-hint" id={`${idOf(name)}-hint`} dir="auto">
    {children}
  </div>
);

interface LineProps {
  filled: Filled;
  name: string;
  label: string;
  hint?: string | null;
  required?: boolean;
  /** Several lines. */
  rows?: number;
  input?: InputHTMLAttributes<HTMLInputElement>;
}

/** A line of text, or several. */
export function Line({ filled, name, label, hint, required = false, rows, input }: LineProps) {
  const error = filled.errors.get(name);
  const control = {
    id: idOf(name),
    name,
    required,
    dir: "auto" as const,
    ...tied(name, Boolean(hint), error !== undefined),
  };
  return (
    <div class={error === undefined ? "field" : "field field-wrong"} data-field={name}>
      <label class="field-label" for={idOf(name)} dir="auto">
        {label}
        {!required && <Optional />}
      </label>
      {hint && <Hint name={name}>{hint}</Hint>}
      <div class="control">
        {rows === undefined ? (
          <input type="text" maxLength={1000} value={first(filled, name)} {...input} {...control} />
        ) : (
          <textarea {...control} rows={rows} maxLength={20_000}>
            {first(filled, name)}
          </textarea>
        )}
      </div>
      <Below name={name} error={error} />
    </div>
  );
}

interface ChoiceProps {
  filled: Filled;
  name: string;
  label: string;
  hint?: string | null;
  required: boolean;
  options: readonly { value: string; label: string }[];
}

/** One of many, in the browser's own list. */
export function Choose({ filled, name, label, hint, required, options }: ChoiceProps) {
  const error = filled.errors.get(name);
  const chosen = first(filled, name);
  return (
    <div class={error === undefined ? "field" : "field field-wrong"} data-field={name}>
      <label class="field-label" for={idOf(name)} dir="auto">
        {label}
        {!required && <Optional />}
      </label>
      {hint && <Hint name={name}>{hint}</Hint>}
      <div class="control">
        <select
          id={idOf(name)}
          name={name}
          required={required}
          {...tied(name, Boolean(hint), error !== undefined)}
        >
          <option value="">Choose</option>
          {options.map(({ value, label: words }) => (
            <option key={value} value={value} selected={value === chosen}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <Below name={name} error={error} />
    </div>
  );
}

/** One of a few, or several: all are seen at once. */
export function Pick({
  several,
  filled,
  name,
  label,
  hint,
  required,
  options,
}: ChoiceProps & { several: boolean }) {
  const error = filled.errors.get(name);
  const chosen = filled.values[name] ?? [];
  const about = tied(name, Boolean(hint), error !== undefined);
  return (
    <fieldset
      class={error === undefined ? "field" : "field field-wrong"}
      data-field={name}
      data-required={required || undefined}
      aria-describedby={about["aria-describedby"]}
    >
      <legend class="field-label" dir="auto">
        {label}
        {!required && <Optional />}
      </legend>
      {hint && <Hint name={name}>{hint}</Hint>}
      <div class="picks">
        {options.map(({ value, label: words }, index) => (
          <label key={value} class="pick">
            <input
              id={index === 0 ? idOf(name) : undefined}
              type={several ? "checkbox" : "radio"}
              name={name}
              value={value}
              checked={chosen.includes(value)}
              required={required && !several}
              aria-invalid={about["aria-invalid"]}
            />
            <span dir="auto">{words}</span>
          </label>
        ))}
      </div>
      <Below name={name} error={error} />
    </fieldset>
  );
}

/** Something to agree to, with the organization's own words. */
function Consent({ filled, field }: { filled: Filled; field: FormField }) {
  const { key: name, label, required } = field;
  const error = filled.errors.get(name);
  const text = [field.help, field.consentText].filter(Boolean).join("\n");
  return (
    <div class={error === undefined ? "field" : "field field-wrong"} data-field={name}>
      <label class="pick">
        <input
          id={idOf(name)}
          type="checkbox"
          name={name}
          value="yes"
          required={required}
          checked={first(filled, name) === "yes"}
          {...tied(name, text !== "", error !== undefined)}
        />
        <span dir="auto">
          {label}
          {!required && <Optional />}
        </span>
      </label>
      {text !== "" && (
        <div class="consent" id={`${idOf(name)}-hint`} dir="auto">
          {text}
        </div>
      )}
      <Below name={name} error={error} />
    </div>
  );
}

interface FileProps {
  filled: Filled;
  name: string;
  label: string;
  hint?: string | null;
  required: boolean;
}

/** A file: one that is kept already, or the browser's own way to choose one. */
export function FilePick({ filled, name, label, hint, required }: FileProps) {
  const error = filled.errors.get(name);
  const kept = filled.files.find((file) => file.field === name);
  return (
    <div class={error === undefined ? "field" : "field field-wrong"} data-field={name} data-file={name}>
      <label class="field-label" for={idOf(name)} dir="auto">
        {label}
        {!required && <Optional />}
      </label>
      <Hint name={name}>
        {hint ? `${hint} ${FILE_HINT}` : FILE_HINT}
        {kept && <span data-plain> Choose another file to replace it.</span>}
      </Hint>
      {kept && (
        <div class="kept">
          <span class="kept-name" dir="auto">
            {kept.fileName}
          </span>
          <span class="quiet">is kept, {sizeWords(kept.size)}</span>
          <button type="submit" class="button button-plain button-s" name={ACTION} value={`remove:${name}`}>
            Remove<span class="sr-only"> {kept.fileName}</span>
          </button>
        </div>
      )}
      <input
        class="file"
        id={idOf(name)}
        type="file"
        name={name}
        accept={ACCEPT}
        data-required={(required && !kept) || undefined}
        {...tied(name, true, error !== undefined)}
      />
      <Below name={name} error={error} />
    </div>
  );
}

/** More options than this are a list that opens. */
const SEEN_AT_ONCE = 5;
const plain = (options: readonly string[]) => options.map((value) => ({ value, label: value }));

/** A question of the job's own form. */
export function Question({ filled, field }: { filled: Filled; field: FormField }) {
  const { key: name, label, help: hint, required } = field;
  const shared = { filled, name, label, hint, required };
  switch (field.type) {
    case "long_text":
      return <Line {...shared} rows={4} />;
    case "number":
      return (
        <Line
          {...shared}
          input={{ inputMode: "decimal", autoComplete: "off", "data-kind": "number" } as object}
        />
      );
    case "date":
      return <Line {...shared} input={{ type: "date" }} />;
    case "select":
      return field.options.length > SEEN_AT_ONCE ? (
        <Choose {...shared} options={plain(field.options)} />
      ) : (
        <Pick {...shared} several={false} options={plain(field.options)} />
      );
    case "multi_select":
      return <Pick {...shared} several options={plain(field.options)} />;
    case "yes_no": {
      const options = [
        { value: "yes", label: "Yes" },
        { value: "no", label: "No" },
      ];
      return <Pick {...shared} several={false} options={options} />;
    }
    case "file":
      return <FilePick {...shared} />;
    case "consent":
      return <Consent filled={filled} field={field} />;
    default:
      return <Line {...shared} />;
  }
}
