import type { Flag } from "../../worker/features/applications/schema";
import type { FormField } from "../../worker/features/jobs/schema";
import { calendarDay } from "../lib/time";
import { Icon } from "../ui";
import type { ApplicationData } from "./use-application";

type Field = Pick<FormField, "key" | "label" | "type">;

/** An answer as one reads it. */
export function answerText(value: unknown, field: Pick<FormField, "type"> | undefined): string {
  if (value === null || value === undefined || value === "") return "No answer";
  if (typeof value === "boolean") {
    if (field?.type === "consent") return value ? "Agreed" : "Not agreed";
    return value ? "Yes" : "No";
  }
  if (typeof value === "number") return value.toLocaleString();
  if (Array.isArray(value)) return value.map((one) => answerText(one, field)).join(", ") || "No answer";
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  return field?.type === "date" && /^\d{4}-\d{2}-\d{2}$/.test(text) ? calendarDay(text) : text;
}

/** A key as words, for answers whose question is not known: `notice_period` is "Notice period". */
export function keyWords(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The questions with the answers; those that raise a flag come first. */
export function Answers({ application, form }: Pick<ApplicationData, "application" | "form">) {
  const { formAnswers, extraAnswers, flags } = application;
  const asked: Field[] = form?.fields ?? [];
  const keys = new Set([...asked.map(({ key }) => key), ...Object.keys(formAnswers)]);
  const fields = [...keys].map(
    (key): Field => asked.find((field) => field.key === key) ?? { key, label: keyWords(key), type: "text" },
  );
  const flagged = (key: string) => flags.some((flag: Flag) => flag.key === key);
  const sorted = [...fields.filter(({ key }) => flagged(key)), ...fields.filter(({ key }) => !flagged(key))];
  const extra = Object.entries(extraAnswers);
  if (sorted.length === 0 && extra.length === 0) return <p class="quiet">Nothing was asked.</p>;
  return (
    <dl class="answers">
      {sorted.map((field) => (
        <div key={field.key} class={flagged(field.key) ? "answer answer-flagged" : "answer"}>
          <dt>{field.label}</dt>
          <dd>
            {flagged(field.key) && (
              <span
                class="answer-flag"
                role="img"
                aria-label="Flagged by the form’s rule"
                title="Flagged by the form’s rule"
              >
                <Icon name="flag" size={14} />
              </span>
            )}
            {field.type === "file" ? "See documents" : answerText(formAnswers[field.key], field)}
          </dd>
        </div>
      ))}
      {extra.map(([key, value]) => (
        <div key={key} class="answer">
          <dt>
            {keyWords(key)} <span class="quiet">not asked</span>
          </dt>
          <dd>{answerText(value, undefined)}</dd>
        </div>
      ))}
    </dl>
  );
}
