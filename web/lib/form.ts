import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { errorText, NetworkError, ProblemError } from "./client";

export type Values = Record<string, string | boolean>;
type Errors = Record<string, string>;

export interface FormOptions<T extends Values> {
  initial: T;
  /**
   * Sends the values. `key` stays the same until the server answers or a value changes: give it to
   * `post`, so that pressing the button again after a lost answer does nothing twice.
   */
  submit: (values: T, key: string) => Promise<void>;
  /** What can be said before sending: a message per field, none when all is well. */
  validate?: (values: T) => Partial<Record<keyof T, string>>;
}

export interface Form<T extends Values> {
  values: T;
  errors: Errors;
  /** What is wrong with the whole, in words; null when nothing is. */
  problem: string | null;
  pending: boolean;
  /** Whether a value differs from the initial one. */
  changed: boolean;
  set: <K extends keyof T>(name: K, value: T[K]) => void;
  /** Starts again with these values. */
  reset: (values?: T) => void;
  /** For the form element. */
  onSubmit: (event: SubmitEvent) => void;
  /** For a TextField, PasswordField, TextArea or Select. */
  field: (name: keyof T & string) => {
    name: string;
    value: string;
    error: string | undefined;
    onValue: (value: string) => void;
  };
  /** For a Checkbox. */
  check: (name: keyof T & string) => {
    name: string;
    checked: boolean;
    onChecked: (checked: boolean) => void;
  };
}

/** State of a form: values, errors by field (also from a 422), pending, and the first bad field focused. */
export function useForm<T extends Values>(options: FormOptions<T>): Form<T> {
  const [initial, setInitial] = useState(options.initial);
  const [values, setValues] = useState(options.initial);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const element = useRef<HTMLFormElement | null>(null);
  const key = useRef<string | null>(null);

  useLayoutEffect(() => {
    if (refusals > 0 && element.current) focusFirst(element.current, errors);
  }, [refusals]);

  const refuse = (byField: Errors, whole: string | null) => {
    setErrors(byField);
    setProblem(whole);
    setRefusals((count) => count + 1);
  };

  const set: Form<T>["set"] = (name, value) => {
    key.current = null;
    setValues((before) => ({ ...before, [name]: value }));
    setErrors(({ [name as string]: _gone, ...rest }) => rest);
  };

  const send = async () => {
    const found = Object.entries(options.validate?.(values) ?? {}).filter(([, message]) => message);
    if (found.length > 0) return refuse(Object.fromEntries(found) as Errors, null);
    setPending(true);
    setErrors({});
    setProblem(null);
    key.current ??= crypto.randomUUID();
    try {
      await options.submit(values, key.current);
      key.current = null;
    } catch (error) {
      if (!(error instanceof NetworkError)) key.current = null;
      const sorted = sortErrors(error, values);
      refuse(sorted.byField, sorted.whole);
    } finally {
      setPending(false);
    }
  };

  return {
    values,
    errors,
    problem,
    pending,
    changed: Object.keys(values).some((name) => values[name] !== initial[name]),
    set,
    reset: (next = initial) => {
      setInitial(next);
      setValues(next);
      setErrors({});
      setProblem(null);
    },
    onSubmit: (event) => {
      event.preventDefault();
      element.current = event.currentTarget as HTMLFormElement;
      if (!pending) void send();
    },
    field: (name) => ({
      name,
      value: String(values[name] ?? ""),
      error: errors[name],
      onValue: (value) => set(name, value as T[typeof name]),
    }),
    check: (name) => ({
      name,
      checked: values[name] === true,
      onChecked: (checked) => set(name, checked as T[typeof name]),
    }),
  };
}

/** Errors of fields that the form shows go beside them; all others are told above it. */
export function sortErrors(error: unknown, values: Values): { byField: Errors; whole: string | null } {
  const byField: Errors = {};
  const others: string[] = [];
  const listed = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  for (const { path, message } of listed) {
    if (path in values) byField[path] ??= message;
    else others.push(message);
  }
  const allPlaced = listed.length > 0 && others.length === 0;
  return { byField, whole: allPlaced ? null : others.length > 0 ? others.join(" ") : errorText(error) };
}

function focusFirst(form: HTMLFormElement, errors: Errors): void {
  for (const control of Array.from(form.elements)) {
    if (control instanceof HTMLElement && (control.getAttribute("name") ?? "") in errors) {
      control.focus();
      return;
    }
  }
  form.querySelector<HTMLElement>("[role=alert]")?.scrollIntoView({ block: "nearest" });
}
