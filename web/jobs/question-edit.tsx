import { FIELD_TYPES, type FieldType } from "../../worker/features/jobs/words";
import { Checkbox, Select, TextArea, TextField } from "../ui";
import { type Faults, hasOptions, keyFrom, OPERATORS, type Question } from "./question";
import { QuestionRule } from "./question-rule";
import { FIELD_WORDS } from "./words";

export interface QuestionEditProps {
  question: Question;
  /** Keys of the other questions. */
  taken: readonly string[];
  faults: Faults;
  onChange: (change: Partial<Question>) => void;
}

const TYPES = FIELD_TYPES.map((value) => ({ value, label: FIELD_WORDS[value] }));

/** Everything about one question. */
export function QuestionEdit({ question, taken, faults, onChange }: QuestionEditProps) {
  const { type } = question;
  const changeType = (next: FieldType) => {
    // A rule is a sentence about answers of its type.
    const keeps = question.rule && OPERATORS[next] === OPERATORS[type];
    onChange({ type: next, ...(keeps ? {} : { rule: null }) });
  };
  return (
    <div class="question-edit">
      <div class="question-pair">
        <TextField
          label={type === "consent" ? "Title" : "Question"}
          value={question.label}
          maxLength={500}
          error={faults.label}
          autoFocus={question.label === ""}
          onValue={(label) => onChange({ label })}
        />
        <Select
          label="Kind of answer"
          value={type}
          options={TYPES}
          onValue={(value) => changeType(value as FieldType)}
        />
      </div>
      {hasOptions(type) && (
        <TextArea
          label="Options"
          hint="One a line, in the order shown."
          rows={4}
          value={question.options}
          error={faults.options}
          onValue={(options) => onChange({ options })}
        />
      )}
      {type === "consent" && (
        <TextArea
          label="What people agree to"
          hint="In your own words. Say what it is for, how long it holds, and how to take it back."
          rows={4}
          value={question.consentText}
          maxLength={5000}
          error={faults.consentText}
          onValue={(consentText) => onChange({ consentText })}
        />
      )}
      <div class="question-pair">
        <TextField
          label="Help"
          optional
          hint="Stands under the question."
          value={question.help}
          maxLength={1000}
          onValue={(help) => onChange({ help })}
        />
        <TextField
          label="Key"
          optional={!question.keyKept}
          hint="What exports call it."
          value={question.keyKept ? question.key : ""}
          placeholder={keyFrom(question.label, taken)}
          spellcheck={false}
          maxLength={60}
          error={faults.key}
          onValue={(key) => onChange({ key, keyKept: key !== "" })}
        />
      </div>
      <Checkbox
        label="An answer is required"
        checked={question.required}
        onChecked={(required) => onChange({ required })}
      />
      <QuestionRule question={question} error={faults.rule} onRule={(rule) => onChange({ rule })} />
    </div>
  );
}
