import type { Flag } from "../../worker/features/applications/schema";
import type { FormField } from "../../worker/features/jobs/schema";
import { Icon } from "../ui";
import { answerText, keyWords } from "./answer-words";
import type { ApplicationData } from "./use-application";

type Field = Pick<FormField, "key" | "label" | "type">;

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
