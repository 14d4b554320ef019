import type { DocumentType } from "../../worker/features/documents/schema";
import { MOST_TEXT } from "../../worker/features/onboarding/words";
import { Button, Select, TextArea, TextField } from "../ui";
import { FieldList } from "./field-list";
import { QuizList } from "./quiz-list";
import type { Faults, StepDraft } from "./step-draft";
import { goodFor } from "./words";

export interface KindFieldsProps {
  draft: StepDraft;
  onDraft: (change: (before: StepDraft) => Partial<StepDraft>) => void;
  types: readonly DocumentType[];
  faults: Faults;
  /** Somebody tried to save. */
  tried: boolean;
}

/** What a kind of step has of its own. */
export function KindFields({ draft, onDraft, types, faults, tried }: KindFieldsProps) {
  switch (draft.kind) {
    case "form":
      return draft.json === null ? (
        <FieldList
          fields={draft.fields}
          onFields={(change) => onDraft((before) => ({ fields: change(before.fields) }))}
          tried={tried}
          error={faults.fields}
        />
      ) : (
        <JsonForm draft={draft} onDraft={onDraft} error={faults.json} />
      );
    case "document": {
      const type = types.find(({ key }) => key === draft.documentType);
      return (
        <Select
          label="Document"
          placeholder="Choose the document"
          hint={
            <>
              {type ? `${type.name} is ${goodFor(type.validDays)}. ` : ""}
              <a href="/settings/documents">Document types and their templates</a>
            </>
          }
          value={draft.documentType}
          options={types.map(({ key, name }) => ({ value: key, label: name }))}
          error={faults.documentType}
          onValue={(documentType) => onDraft(() => ({ documentType }))}
        />
      );
    }
    case "acknowledgement":
      return (
        <TextArea
          label="The text that is signed"
          hint="A copy of it as it stands at that moment is sealed with the signature."
          rows={10}
          value={draft.text}
          maxLength={MOST_TEXT}
          error={faults.text}
          onValue={(text) => onDraft(() => ({ text }))}
        />
      );
    case "quiz":
      return (
        <>
          <QuizList
            questions={draft.questions}
            onQuestions={(change) => onDraft((before) => ({ questions: change(before.questions) }))}
            tried={tried}
            error={faults.questions}
          />
          <TextField
            label="Score to pass"
            hint="Of 100. Who stays under it tries again; each try is kept as an evaluation."
            inputMode="decimal"
            after="of 100"
            value={draft.passScore}
            error={faults.passScore}
            onValue={(passScore) => onDraft(() => ({ passScore }))}
          />
        </>
      );
    default:
      return (
        <TextField
          label={draft.kind === "video" ? "Address of the video or text" : "Address where it happens"}
          type="url"
          inputMode="url"
          placeholder="https://example.com/safety"
          hint={
            draft.kind === "video" ? (
              "Agents open it and then say that they have seen it."
            ) : (
              <>
                Agents go there. It is done when that system, connected as one of the{" "}
                <a href="/settings/sources">sources</a>, sends a signed onboarding.step_completed event.
              </>
            )
          }
          spellcheck={false}
          value={draft.url}
          maxLength={2000}
          error={faults.url}
          onValue={(url) => onDraft(() => ({ url }))}
        />
      );
  }
}

/** A schema that says more than fields can: it is changed as JSON, and nothing of it is lost. */
function JsonForm({
  draft,
  onDraft,
  error,
}: Pick<KindFieldsProps, "draft" | "onDraft"> & { error?: string }) {
  return (
    <div class="builder-part">
      <TextArea
        label="Schema of the form"
        hint="It says more than the fields here can show, so it stands as JSON Schema and is kept as it is."
        rows={12}
        spellcheck={false}
        value={draft.json ?? ""}
        error={error}
        onValue={(json) => onDraft(() => ({ json }))}
      />
      <div class="row">
        <Button size="s" onClick={() => onDraft(() => ({ json: null, fields: [] }))}>
          Begin anew with fields
        </Button>
      </div>
    </div>
  );
}
