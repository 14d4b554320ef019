import { useId, useState } from "preact/hooks";
import { MOST_QUESTIONS } from "../../worker/features/onboarding/words";
import { useFirstFocus } from "../lib/first-focus";
import { Banner, Button, IconButton, Menu, TextArea, TextField, toast } from "../ui";
import { PartError } from "./field-list";
import { OrderedList } from "./ordered-list";
import { newQuestion, type QuizQuestion, quizFaults } from "./quiz";
import { moved } from "./reorder";

export interface QuizListProps {
  questions: readonly QuizQuestion[];
  onQuestions: (change: (before: QuizQuestion[]) => QuizQuestion[]) => void;
  tried: boolean;
  error: string | undefined;
}

const MOST_OPTIONS = 12;

/** The questions of a quiz with what is right, which the server keeps and never sends back. */
export function QuizList({ questions, onQuestions, tried, error }: QuizListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const faults = tried ? quizFaults(questions) : new Map<string, string>();
  const add = (typed: boolean) => {
    const made = { ...newQuestion(), ...(typed ? { options: null } : {}) };
    onQuestions((before) => [...before, made]);
    setOpen(made.id);
  };
  const remove = (question: QuizQuestion) => {
    const at = questions.indexOf(question);
    onQuestions((before) => before.filter(({ id }) => id !== question.id));
    toast({
      text: `“${question.label.trim() || "The question"}” is taken out.`,
      undo: () => onQuestions((before) => before.toSpliced(Math.min(at, before.length), 0, question)),
    });
  };
  return (
    <div class="builder-part" role="group" aria-label="Questions">
      <h2 class="builder-title">Questions</h2>
      <OrderedList
        label="Questions"
        items={questions}
        nameOf={({ label }) => label.trim() || "Question without words"}
        kindOf={(question) => stateOf(question)}
        faultOf={({ id }) => faults.get(id)}
        open={open}
        onOpen={setOpen}
        onMove={(from, to) => onQuestions((before) => moved(before, from, to))}
        onRemove={remove}
      >
        {(question) => (
          <QuestionEdit
            key={question.id}
            question={question}
            fault={faults.get(question.id)}
            onChange={(change) =>
              onQuestions((before) =>
                before.map((one) => (one.id === question.id ? { ...one, ...change } : one)),
              )
            }
          />
        )}
      </OrderedList>
      <div class="row builder-foot">
        <Menu
          label="Kinds of questions"
          align="start"
          trigger={
            <Button icon="plus" iconEnd="chevron-down" disabled={questions.length >= MOST_QUESTIONS}>
              Add a question
            </Button>
          }
          items={[
            { label: "With options", onSelect: () => add(false) },
            { label: "With a typed answer", onSelect: () => add(true) },
          ]}
        />
        {questions.length > 1 && (
          <span class="quiet builder-hint">Drag a question, or press Alt with ↑ or ↓ on it, to move it.</span>
        )}
      </div>
      <PartError>{error}</PartError>
    </div>
  );
}

function stateOf({ options, right, kept }: QuizQuestion): string {
  if (kept && right === null) return "answer kept";
  return options ? `${options.filter((one) => one.trim()).length} options` : "typed answer";
}

interface QuestionEditProps {
  question: QuizQuestion;
  fault: string | undefined;
  onChange: (change: Partial<QuizQuestion>) => void;
}

function QuestionEdit({ question, fault, onChange }: QuestionEditProps) {
  const { label, options, right, kept } = question;
  const root = useFirstFocus<HTMLDivElement>();
  return (
    <div class="stack" ref={root}>
      <TextArea
        label="Question"
        rows={1}
        value={label}
        maxLength={1000}
        error={label.trim() === "" ? fault : undefined}
        onValue={(next) => onChange({ label: next })}
      />
      {kept && right === null && (
        <Banner tone="info" icon="lock" role="none">
          The right answer is kept on the server and never shown.{" "}
          {options ? "Mark an option to set a new one." : "Write one below to replace it."}
        </Banner>
      )}
      {options ? (
        <Options question={question} options={options} onChange={onChange} />
      ) : (
        <TextField
          label={kept ? "New answer" : "Right answer"}
          optional={kept}
          hint="Capital letters and spaces at the ends make no difference."
          value={typeof right === "string" ? right : ""}
          maxLength={500}
          onValue={(words) => onChange({ right: words === "" ? null : words })}
        />
      )}
      {kept && right !== null && (
        <div class="row">
          <Button size="s" icon="undo-2" onClick={() => onChange({ right: null })}>
            Keep the answer from before
          </Button>
        </div>
      )}
      {label.trim() !== "" && <PartError>{fault}</PartError>}
    </div>
  );
}

interface OptionsProps {
  question: QuizQuestion;
  options: string[];
  onChange: (change: Partial<QuizQuestion>) => void;
}

/** A line an option, with a mark beside the right one; Enter adds the next. */
function Options({ question, options, onChange }: OptionsProps) {
  const name = useId();
  const set = (at: number, value: string) => onChange({ options: options.with(at, value) });
  const add = () => {
    if (options.length >= MOST_OPTIONS) return;
    onChange({ options: [...options, ""] });
    requestAnimationFrame(() => document.getElementById(`${name}-${options.length}`)?.focus());
  };
  const remove = (at: number) => {
    const { right } = question;
    const shifted = typeof right === "number" && right > at ? right - 1 : right;
    onChange({ options: options.toSpliced(at, 1), right: right === at ? null : shifted });
  };
  return (
    <fieldset class="options">
      <legend class="field-label">Options, with the right one marked</legend>
      {options.map((option, at) => (
        <div key={at} class="option">
          <label class="option-right">
            <input
              type="radio"
              class="tick"
              name={name}
              aria-label={`Option ${at + 1} is right`}
              checked={question.right === at}
              onChange={() => onChange({ right: at })}
            />
          </label>
          <TextField
            id={`${name}-${at}`}
            label={`Option ${at + 1}`}
            hideLabel
            placeholder={`Option ${at + 1}`}
            value={option}
            maxLength={500}
            onValue={(value) => set(at, value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.isComposing) return;
              event.preventDefault();
              if (at === options.length - 1) add();
              else document.getElementById(`${name}-${at + 1}`)?.focus();
            }}
          />
          <IconButton
            icon="x"
            size="s"
            label={`Remove option ${at + 1}`}
            disabled={options.length <= 2}
            onClick={() => remove(at)}
          />
        </div>
      ))}
      <div class="row">
        <Button size="s" icon="plus" disabled={options.length >= MOST_OPTIONS} onClick={add}>
          Add an option
        </Button>
      </div>
    </fieldset>
  );
}
