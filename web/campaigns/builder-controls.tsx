import { useId, useMemo } from "preact/hooks";
import type { RequirementWords } from "../../worker/features/campaigns/schema";
import { countries } from "../agent/countries";
import { Field, Select, TextField } from "../ui";
import { usualScore } from "./new-draft";
import type { Draft } from "./requirement-draft";
import { LEVELS, languages } from "./requirement-words";

export interface ControlsProps {
  draft: Draft;
  words: RequirementWords;
  onChange: (change: Partial<Draft>) => void;
}

/** A requirement as a sentence with what can be chosen in it. */
export function Controls({ draft, words, onChange }: ControlsProps) {
  const what = (value: string) => onChange({ what: value });
  switch (draft.kind) {
    case "stage":
      return (
        <>
          <span>Stands in</span>
          <Choice
            label="Stage"
            value={draft.what}
            options={words.stages.map(({ key, name }) => ({ value: key, label: name }))}
            onValue={what}
          />
          <span>or later</span>
        </>
      );
    case "document":
      return (
        <>
          <span>Has an approved</span>
          <Choice
            label="Type of document"
            value={draft.what}
            options={words.documentTypes.map(({ key, name }) => ({ value: key, label: name }))}
            onValue={what}
          />
          <Age draft={draft} onChange={onChange} />
        </>
      );
    case "evaluation":
      return <Score draft={draft} words={words} onChange={onChange} />;
    case "onboarding":
      return (
        <>
          <span>Has completed</span>
          <Choice
            label="Step of the onboarding"
            value={draft.what}
            options={[
              { value: "", label: "the whole onboarding" },
              ...words.steps.map(({ id, key, title }) => ({
                value: draft.what === id ? id : key,
                label: title,
              })),
            ]}
            onValue={what}
          />
        </>
      );
    case "skill":
      return (
        <>
          <span>Has the skill</span>
          <Word label="Skill" value={draft.what} suggestions={words.skills} onValue={what} />
        </>
      );
    case "language":
      return <Language draft={draft} onChange={onChange} />;
    case "location":
      return <Country value={draft.what} onValue={what} />;
    case "tag":
      return (
        <>
          <span>Has the tag</span>
          <Word label="Tag" value={draft.what} suggestions={words.tags} onValue={what} />
        </>
      );
  }
}

interface ChoiceProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onValue: (value: string) => void;
}

/** A choice within a sentence; what was chosen once stays to be seen when it is gone. */
function Choice({ label, value, options, onValue }: ChoiceProps) {
  const known = options.some((option) => option.value === value);
  const all = known ? options : [{ value, label: value ? `${value} (gone)` : "Choose…" }, ...options];
  return <Select label={label} hideLabel value={value} options={all} onValue={onValue} />;
}

function Word({
  label,
  value,
  suggestions,
  onValue,
}: {
  label: string;
  value: string;
  suggestions: readonly string[];
  onValue: (value: string) => void;
}) {
  const list = useId();
  return (
    <Field label={label} hideLabel>
      {(control) => (
        <div class="control">
          <input
            {...control}
            type="text"
            list={list}
            value={value}
            maxLength={60}
            autoComplete="off"
            onInput={(event) => onValue(event.currentTarget.value)}
          />
          <datalist id={list}>
            {suggestions.map((word) => (
              <option key={word} value={word} />
            ))}
          </datalist>
        </div>
      )}
    </Field>
  );
}

function Score({ draft, words, onChange }: ControlsProps) {
  const type = words.evaluationTypes.find(({ key }) => key === draft.what);
  return (
    <>
      <span>Has</span>
      <span class="req-number-field">
        <TextField
          label="Score that is needed"
          hideLabel
          inputMode="decimal"
          autoComplete="off"
          value={draft.score}
          onValue={(score) => onChange({ score })}
        />
      </span>
      <span>{type ? `or more of ${type.maxScore} in` : "or more in"}</span>
      <Choice
        label="Evaluation"
        value={draft.what}
        options={words.evaluationTypes.map(({ key, name }) => ({ value: key, label: name }))}
        onValue={(key) => {
          const next = words.evaluationTypes.find((one) => one.key === key);
          // A score on another scale means nothing on this one.
          const same = next?.minScore === type?.minScore && next?.maxScore === type?.maxScore;
          onChange({ what: key, ...(next && !same ? { score: usualScore(next) } : {}) });
        }}
      />
      <Age draft={draft} onChange={onChange} />
    </>
  );
}

/** How old it may be at most. */
function Age({ draft: { age }, onChange }: Pick<ControlsProps, "draft" | "onChange">) {
  return (
    <>
      <span>at most</span>
      <span class="req-number-field">
        <TextField
          label="Days old at most; empty for any age"
          hideLabel
          inputMode="numeric"
          placeholder="any"
          autoComplete="off"
          value={age}
          onValue={(next) => onChange({ age: next })}
        />
      </span>
      <span>days old</span>
    </>
  );
}

function Language({ draft, onChange }: Pick<ControlsProps, "draft" | "onChange">) {
  const all = useMemo(languages, []);
  return (
    <>
      <span>Speaks</span>
      <Choice
        label="Language"
        value={draft.what}
        options={all}
        onValue={(code) => onChange({ what: code })}
      />
      <Choice
        label="How well"
        value={draft.level}
        options={[{ value: "", label: "at any level" }, ...LEVELS]}
        onValue={(level) => onChange({ level })}
      />
    </>
  );
}

function Country({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const all = useMemo(countries, []);
  return (
    <>
      <span>Lives in</span>
      <Choice label="Country" value={value} options={all} onValue={onValue} />
    </>
  );
}
