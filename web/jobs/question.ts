import type { FormChange, FormField } from "../../worker/features/jobs/schema";
import { type FieldType, type KnockOutOperator, RESERVED_FIELD_KEYS } from "../../worker/features/jobs/words";

/** When an answer raises a flag, as one writes it. */
export interface Rule {
  operator: KnockOutOperator;
  /** What is compared to: a number, a day, `yes` or `no`, or words with commas between them. */
  text: string;
  /** Of a question with options: those chosen. */
  chosen: string[];
}

/** A question of a form while it is written. */
export interface Question {
  /** Stays with it wherever it is moved. */
  id: string;
  label: string;
  key: string;
  /** Answers are kept by the key, so one that is stored or written by hand no longer follows the label. */
  keyKept: boolean;
  type: FieldType;
  required: boolean;
  help: string;
  /** An option a line. */
  options: string;
  consentText: string;
  rule: Rule | null;
}

/** A question's faults by part, in words. */
export type Faults = Partial<Record<"label" | "key" | "options" | "consentText" | "rule", string>>;

const WORDS: readonly { value: KnockOutOperator; label: string }[] = [
  { value: "includes", label: "is one of" },
  { value: "excludes", label: "is none of" },
];

/** How answers of each type can be compared, in the words of a sentence that begins "Flag an answer that". */
export const OPERATORS: Partial<Record<FieldType, readonly { value: KnockOutOperator; label: string }[]>> = {
  text: WORDS,
  long_text: WORDS,
  number: [
    { value: "less_than", label: "is less than" },
    { value: "greater_than", label: "is more than" },
    { value: "equals", label: "is" },
    { value: "not_equals", label: "is not" },
  ],
  date: [
    { value: "less_than", label: "is before" },
    { value: "greater_than", label: "is after" },
    { value: "equals", label: "is" },
    { value: "not_equals", label: "is not" },
  ],
  select: WORDS,
  multi_select: [
    { value: "includes", label: "has one of" },
    { value: "excludes", label: "has none of" },
  ],
  yes_no: [{ value: "equals", label: "is" }],
};

export const hasOptions = (type: FieldType) => type === "select" || type === "multi_select";

/** The options of a question as a list, without empty lines. */
export function optionsOf({ options }: Pick<Question, "options">): string[] {
  return options
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

let made = 0;
const newId = () => `q${++made}`;

/** A question that nobody has written yet. */
export function newQuestion(type: FieldType): Question {
  const consent = type === "consent";
  return {
    id: newId(),
    label: "",
    key: "",
    keyKept: false,
    type,
    required: consent,
    help: "",
    options: "",
    consentText: "",
    rule: null,
  };
}

/** The rule that a question of this type begins with. */
export function newRule(type: FieldType): Rule | null {
  const operator = OPERATORS[type]?.[0]?.value;
  return operator ? { operator, text: type === "yes_no" ? "no" : "", chosen: [] } : null;
}

/** A stored question, to be changed. */
export function questionOf(field: FormField): Question {
  return {
    id: newId(),
    label: field.label,
    key: field.key,
    keyKept: true,
    type: field.type,
    required: field.required,
    help: field.help ?? "",
    options: field.options.join("\n"),
    consentText: field.consentText ?? "",
    rule: field.knockOut ? ruleOf(field.type, field.knockOut) : null,
  };
}

function ruleOf(type: FieldType, { operator, value }: NonNullable<FormField["knockOut"]>): Rule {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (type === "yes_no") {
    const yes = /^(true|yes)$/i.test(values[0] ?? "");
    return {
      operator: "equals",
      text: yes === (operator === "equals" || operator === "includes") ? "yes" : "no",
      chosen: [],
    };
  }
  const listed = hasOptions(type) || type === "text" || type === "long_text";
  // "Is" a word and "is one of" a list of one mean the same.
  const plural = { equals: "includes", not_equals: "excludes" } as Partial<
    Record<KnockOutOperator, KnockOutOperator>
  >;
  const single = { includes: "equals", excludes: "not_equals" } as Partial<
    Record<KnockOutOperator, KnockOutOperator>
  >;
  const same = (listed ? plural : single)[operator] ?? operator;
  return { operator: same, text: values.join(", "), chosen: values };
}

/** A key made from a label: what exports and integrations call the question. */
export function keyFrom(label: string, taken: readonly string[]): string {
  const words = label
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9\s]+/g, "")
    .split(/\s+/)
    .filter(Boolean);
  const start = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  const base = (/^[a-z]/.test(start) ? start : `question${start}`).slice(0, 40);
  const used = new Set<string>([...taken, ...RESERVED_FIELD_KEYS]);
  let key = base;
  for (let count = 2; used.has(key); count += 1) key = `${base}${count}`;
  return key;
}

/** Every key as it will be sent: made from the label where nobody wrote one. */
export function withKeys(questions: readonly Question[]): Question[] {
  const taken = questions.filter(({ keyKept }) => keyKept).map(({ key }) => key);
  return questions.map((question) => {
    if (question.keyKept) return question;
    const key = keyFrom(question.label, taken);
    taken.push(key);
    return { ...question, key };
  });
}

/** Takes a question to another place. */
export function moved(questions: readonly Question[], id: string, to: number): Question[] {
  const question = questions.find((one) => one.id === id);
  if (!question) return [...questions];
  const others = questions.filter((one) => one.id !== id);
  return others.toSpliced(Math.max(0, Math.min(others.length, to)), 0, question);
}

/** What has to be mended before the form can be saved, by question. */
export function faultsOf(questions: readonly Question[]): Map<string, Faults> {
  const found = new Map<string, Faults>();
  const keyed = withKeys(questions);
  for (const question of keyed) {
    const faults: Faults = {};
    const options = optionsOf(question);
    if (!question.label.trim()) faults.label = "Write the question.";
    if (!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(question.key))
      faults.key = "Use letters, digits and _, starting with a letter.";
    else if ((RESERVED_FIELD_KEYS as readonly string[]).includes(question.key))
      faults.key = "The form asks for this already: choose another key.";
    else if (keyed.some((other) => other.id !== question.id && other.key === question.key))
      faults.key = "Another question has this key.";
    if (hasOptions(question.type) && options.length === 0) faults.options = "Write at least one option.";
    else if (new Set(options).size < options.length) faults.options = "Two options are the same.";
    if (question.type === "consent" && !question.consentText.trim())
      faults.consentText = "Write what people agree to.";
    if (question.rule && knockOutOf(question) === null) faults.rule = "Say which answers are flagged.";
    if (Object.keys(faults).length > 0) found.set(question.id, faults);
  }
  return found;
}

type Sent = FormChange["fields"][number];

function knockOutOf({ type, rule, ...rest }: Question): Sent["knockOut"] {
  if (!rule || !OPERATORS[type]) return null;
  const { operator } = rule;
  const text = rule.text.trim();
  if (type === "yes_no") return { operator, value: text === "yes" };
  if (hasOptions(type)) {
    const options = optionsOf(rest);
    const value = rule.chosen.filter((one) => options.includes(one));
    return value.length > 0 ? { operator, value } : null;
  }
  if (text === "") return null;
  if (type === "number") {
    const value = Number(text.replace(",", "."));
    return Number.isFinite(value) ? { operator, value } : null;
  }
  if (type === "date") return { operator, value: text };
  const value = text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
  return value.length > 0 ? { operator, value } : null;
}

/** The questions as they are sent. */
export function fieldsOf(questions: readonly Question[]): Sent[] {
  return withKeys(questions).map((question) => ({
    key: question.key,
    label: question.label.trim(),
    type: question.type,
    required: question.required,
    help: question.help.trim() || null,
    options: hasOptions(question.type) ? optionsOf(question) : [],
    consentText: question.type === "consent" ? question.consentText.trim() : null,
    knockOut: knockOutOf(question),
  }));
}
