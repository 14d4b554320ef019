import { useState } from "preact/hooks";
import type { Flag } from "../../worker/features/applications/schema";
import type { Document } from "../../worker/features/documents/schema";
import type { FormField } from "../../worker/features/jobs/schema";
import { absolute } from "../lib/time";
import { DocumentPreview, downloadAddress } from "../recruiter/document-preview";
import { Button, Dialog, Icon } from "../ui";
import { answerText, keyWords } from "./answer-words";
import type { ApplicationData } from "./use-application";

type Field = Pick<FormField, "key" | "label" | "type" | "consentText">;

export interface AnswersProps {
  data: Pick<ApplicationData, "application" | "form" | "documents">;
}

/** The questions with the answers, as the person saw them; those that raise a flag come first. */
export function Answers({ data: { application, form, documents } }: AnswersProps) {
  const [shown, setShown] = useState<Document | null>(null);
  const { formAnswers, extraAnswers, flags } = application;
  const asked: Field[] = form?.fields ?? [];
  const keys = new Set([...asked.map(({ key }) => key), ...Object.keys(formAnswers)]);
  const fields = [...keys].map(
    (key): Field =>
      asked.find((field) => field.key === key) ?? {
        key,
        label: keyWords(key),
        type: "text",
        consentText: null,
      },
  );
  const flagged = (key: string) => flags.some((flag: Flag) => flag.key === key);
  const sorted = [...fields.filter(({ key }) => flagged(key)), ...fields.filter(({ key }) => !flagged(key))];
  const extra = Object.entries(extraAnswers).flatMap(([key, value]) => extraLines(key, value));
  const fileOf = (value: unknown) => documents.find(({ id }) => id === value);
  if (sorted.length === 0 && extra.length === 0) return <p class="quiet">Nothing was asked.</p>;
  return (
    <>
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
              {field.type === "file" ? (
                <FileAnswer
                  value={formAnswers[field.key]}
                  file={fileOf(formAnswers[field.key])}
                  onShow={setShown}
                />
              ) : (
                answerText(formAnswers[field.key], field)
              )}
              {field.type === "consent" && formAnswers[field.key] === true && (
                <span class="answer-consent">
                  {field.consentText && <>“{field.consentText}” </>}
                  <time dateTime={application.appliedAt}>{absolute(application.appliedAt)}</time>
                </span>
              )}
            </dd>
          </div>
        ))}
        {extra.map(([key, label, value]) => (
          <div key={key} class="answer">
            <dt>
              {label} <span class="quiet">not asked</span>
            </dt>
            <dd>
              {fileOf(value) ? (
                <FileAnswer value={value} file={fileOf(value)} onShow={setShown} />
              ) : (
                answerText(value, undefined)
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Dialog open={shown !== null} size="l" onClose={() => setShown(null)} title={shown?.fileName}>
        {shown && (
          <div class="stack">
            <div class="row">
              <Button icon="download" href={downloadAddress(shown)} download>
                Download
              </Button>
            </div>
            <DocumentPreview document={shown} />
          </div>
        )}
      </Dialog>
    </>
  );
}

/** What a known person wrote of themselves stands under its own words, a line each. */
function extraLines(key: string, value: unknown): [key: string, label: string, value: unknown][] {
  if (key !== "candidateData" || typeof value !== "object" || value === null) {
    return [[key, keyWords(key), value]];
  }
  return Object.entries(value).map(([name, said]) => [
    `${key}.${name}`,
    `${keyWords(name)}, this time`,
    said,
  ]);
}

interface FileAnswerProps {
  value: unknown;
  file: Document | undefined;
  onShow: (document: Document) => void;
}

function FileAnswer({ value, file, onShow }: FileAnswerProps) {
  if (file) {
    return (
      <button type="button" class="answer-file" onClick={() => onShow(file)}>
        <Icon name="file-text" size={16} />
        {file.fileName}
      </button>
    );
  }
  return <>{value ? "A file, among the documents" : "No answer"}</>;
}
