import { Checkbox, Field, Select, TextArea, TextField } from "../ui";
import { optionsOf, type Question } from "./question";

export interface FormPreviewProps {
  title: string;
  questions: readonly Question[];
  /** The question that is being written: it is marked. */
  current: string | null;
}

/** The form as candidates will see it. It can be looked at, and not be filled in. */
export function FormPreview({ title, questions, current }: FormPreviewProps) {
  return (
    <section class="form-preview" aria-labelledby="form-preview">
      <h3 id="form-preview" class="form-preview-head">
        What candidates see
      </h3>
      <div class="form-preview-page" data-mood="portal" inert>
        <p class="form-preview-title">{title.trim() || "The job’s title"}</p>
        <div class="form-preview-pair">
          <TextField label="First name" readOnly />
          <TextField label="Last name" readOnly />
        </div>
        <TextField label="E-mail address" readOnly />
        <TextField label="Phone" optional readOnly />
        <File label="CV" />
        {questions.map((question) => (
          <div key={question.id} class={question.id === current ? "form-preview-current" : undefined}>
            <Preview question={question} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Preview({ question }: { question: Question }) {
  const { type, required } = question;
  const label = question.label.trim() || "Your question";
  const shared = { label, hint: question.help.trim() || undefined, optional: !required };
  switch (type) {
    case "long_text":
      return <TextArea {...shared} readOnly />;
    case "date":
      return <TextField {...shared} type="date" readOnly />;
    case "number":
      return <TextField {...shared} inputMode="decimal" readOnly />;
    case "select":
      return (
        <Select
          {...shared}
          placeholder="Choose"
          options={optionsOf(question).map((value) => ({ value, label: value }))}
        />
      );
    case "multi_select":
      return <Choices {...shared} options={optionsOf(question)} />;
    case "yes_no":
      return <Choices {...shared} options={["Yes", "No"]} round />;
    case "file":
      return <File {...shared} />;
    case "consent":
      return (
        <Checkbox
          label={
            <>
              {label}
              {!required && <span class="field-optional"> optional</span>}
            </>
          }
          hint={question.consentText.trim() || "What people agree to."}
        />
      );
    default:
      return <TextField {...shared} readOnly />;
  }
}

interface ChoicesProps {
  label: string;
  hint?: string | undefined;
  optional: boolean;
  options: readonly string[];
  round?: boolean;
}

function Choices({ options, round = false, ...field }: ChoicesProps) {
  return (
    <Field {...field}>
      {(control) => (
        <div id={control.id} class={round ? "row form-preview-choices" : "form-preview-choices"}>
          {(options.length > 0 ? options : ["An option"]).map((option) => (
            <label key={option} class="form-preview-choice">
              <input type={round ? "radio" : "checkbox"} class="tick" /> {option}
            </label>
          ))}
        </div>
      )}
    </Field>
  );
}

function File(field: { label: string; hint?: string | undefined; optional?: boolean }) {
  return (
    <Field {...field}>
      {(control) => (
        <div id={control.id} class="form-preview-file">
          Choose a file, or drop it here
        </div>
      )}
    </Field>
  );
}
