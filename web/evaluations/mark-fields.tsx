import { useId, useRef, useState } from "preact/hooks";
import type { EvaluationType } from "../../worker/features/evaluations/schema";
import { useFirstFocus } from "../lib/first-focus";
import { TextField } from "../ui";
import { type Marks, stepsOf } from "./scorecard";
import { numberOf } from "./type-fields";

export interface MarkFieldsProps {
  type: EvaluationType;
  marks: Marks;
  onMarks: (marks: Marks) => void;
}

/** A mark a line of the scorecard. On a short scale one key gives it and goes on to the next line. */
export function MarkFields({ type, marks, onMarks }: MarkFieldsProps) {
  const root = useFirstFocus<HTMLDivElement>();
  const steps = stepsOf(type);
  const give = (key: string, mark: number | null) => {
    const { [key]: _before, ...others } = marks;
    onMarks(mark === null ? others : { ...marks, [key]: mark });
  };
  return (
    <div class="marking-list" ref={root}>
      {type.criteria.map((line) =>
        steps ? (
          <Steps
            key={line.key}
            label={line.label}
            steps={steps}
            mark={marks[line.key]}
            onMark={(mark) => give(line.key, mark)}
          />
        ) : (
          <Typed key={line.key} label={line.label} onMark={(mark) => give(line.key, mark)} />
        ),
      )}
    </div>
  );
}

interface StepsProps {
  label: string;
  steps: readonly number[];
  mark: number | undefined;
  onMark: (mark: number) => void;
}

function Steps({ label, steps, mark, onMark }: StepsProps) {
  const name = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
    const step = Number(event.key);
    if (!steps.includes(step)) return;
    event.preventDefault();
    onMark(step);
    const next = box.current?.nextElementSibling;
    const to =
      next?.querySelector<HTMLElement>("input:checked") ??
      next?.querySelector<HTMLElement>("input") ??
      box.current?.closest("form")?.querySelector<HTMLElement>("textarea");
    to?.focus();
  };
  return (
    <fieldset class="marking" ref={box} onKeyDown={onKeyDown} aria-label={label}>
      <span class="marking-name">{label}</span>
      <span class="marking-steps">
        {steps.map((step) => (
          <label key={step} class="marking-step num">
            <input
              type="radio"
              name={name}
              aria-label={String(step)}
              checked={mark === step}
              onChange={() => onMark(step)}
            />
            {step}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

function Typed({ label, onMark }: { label: string; onMark: (mark: number | null) => void }) {
  const [text, setText] = useState("");
  return (
    <div class="marking">
      <span class="marking-name" aria-hidden="true">
        {label}
      </span>
      <TextField
        label={label}
        hideLabel
        inputMode="decimal"
        value={text}
        onValue={(value) => {
          setText(value);
          onMark(numberOf(value));
        }}
      />
    </div>
  );
}
