import "./step-preview.css";
import type { DocumentType } from "../../worker/features/documents/schema";
import { type FormField as Asked, fieldsOf as askedBy } from "../agent/json-form";
import { Checkbox, Field, Select, TextArea, TextField } from "../ui";
import { schemaOf } from "./form-fields";
import type { QuizQuestion } from "./quiz";
import { daysOf, readJson, type StepDraft } from "./step-draft";
import { days } from "./words";

export interface StepPreviewProps {
  draft: StepDraft;
  types: readonly DocumentType[];
}

/** The step as an agent will see it. It can be looked at, and not be filled in. */
export function StepPreview({ draft, types }: StepPreviewProps) {
  const due = daysOf(draft.dueDays, 365);
  return (
    <section class="step-preview" aria-labelledby="step-preview">
      <h2 id="step-preview" class="step-preview-head">
        What agents see
      </h2>
      <div class="step-preview-page" data-mood="portal" inert>
        <p class="step-preview-title">{draft.title.trim() || "The step’s title"}</p>
        {due !== null && !Number.isNaN(due) && <p class="quiet">Due {days(due)} after onboarding begins</p>}
        {draft.description.trim() && <p class="step-preview-text">{draft.description.trim()}</p>}
        <Body draft={draft} types={types} />
        <span class="button button-primary">{buttonOf(draft)}</span>
      </div>
    </section>
  );
}

function buttonOf({ kind }: StepDraft): string {
  if (kind === "acknowledgement") return "Sign";
  if (kind === "quiz") return "Send my answers";
  if (kind === "document") return "Choose a file";
  return kind === "form" ? "Send" : "Open it";
}

function Body({ draft, types }: StepPreviewProps) {
  switch (draft.kind) {
    case "form": {
      const schema = draft.json === null ? schemaOf(draft.fields) : readJson(draft.json);
      const fields = schema ? askedBy(schema) : [];
      if (fields.length === 0) return <p class="quiet">Its fields will stand here.</p>;
      return (
        <>
          {fields.map((field) => (
            <FormLine key={field.name} field={field} />
          ))}
        </>
      );
    }
    case "document": {
      const type = types.find(({ key }) => key === draft.documentType);
      return (
        <div class="step-preview-box">
          {type ? `Send your ${type.name}` : "The document will be named here."}
        </div>
      );
    }
    case "acknowledgement":
      return (
        <>
          <div class="step-preview-box step-preview-text">{draft.text.trim() || "The text to sign."}</div>
          <TextField label="Your full name, as your signature" readOnly />
        </>
      );
    case "quiz":
      return (
        <>
          {draft.questions.length === 0 && <p class="quiet">Its questions will stand here.</p>}
          {draft.questions.map((question) => (
            <QuizLine key={question.id} question={question} />
          ))}
        </>
      );
    default:
      return <p class="step-preview-link">{draft.url.trim() || "The address will stand here."}</p>;
  }
}

function FormLine({ field }: { field: Asked }) {
  const shared = { label: field.label, hint: field.hint ?? undefined, optional: !field.required };
  if (field.kind === "check") return <Checkbox label={field.label} hint={field.hint} />;
  if (field.kind === "area" || field.kind === "list") return <TextArea {...shared} readOnly />;
  if (field.kind === "date") return <TextField {...shared} type="date" readOnly />;
  if (field.kind === "choice") return <Select {...shared} placeholder="Choose" options={field.options} />;
  if (field.kind === "choices") {
    return (
      <Field {...shared}>
        {(control) => (
          <div id={control.id} class="step-preview-choices">
            {field.options.map(({ value, label }) => (
              <label key={value}>
                <input type="checkbox" class="tick" /> {label}
              </label>
            ))}
          </div>
        )}
      </Field>
    );
  }
  return <TextField {...shared} readOnly />;
}

function QuizLine({ question: { label, options } }: { question: QuizQuestion }) {
  const words = label.trim() || "Your question";
  if (!options) return <TextField label={words} readOnly />;
  return (
    <Field label={words}>
      {(control) => (
        <div id={control.id} class="step-preview-choices">
          {options.map((option, at) => (
            <label key={at}>
              <input type="radio" class="tick" /> {option.trim() || `Option ${at + 1}`}
            </label>
          ))}
        </div>
      )}
    </Field>
  );
}
