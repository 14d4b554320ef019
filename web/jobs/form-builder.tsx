import "./jobs.css";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { FIELD_TYPES, type FieldType } from "../../worker/features/jobs/words";
import { Button, EmptyState, Menu, toast } from "../ui";
import { FormPreview } from "./form-preview";
import { type Faults, moved, newQuestion, type Question, withKeys } from "./question";
import { AlwaysAsked, QuestionRow } from "./question-row";
import { FIELD_WORDS } from "./words";

export interface FormBuilderProps {
  /** The job's title, over the preview. */
  title: string;
  questions: readonly Question[];
  /** Takes a function, so that an undo works on what is there by then. */
  onQuestions: (change: (before: readonly Question[]) => Question[]) => void;
  /** What has to be mended; shown once somebody tried to save. */
  faults: ReadonlyMap<string, Faults>;
  /** The question that is open, if any. */
  open: string | null;
  onOpen: (id: string | null) => void;
}

const NO_FAULTS: Faults = {};
const MOST = 100;

/** The questions of an application form, beside the form as candidates will see it. */
export function FormBuilder({ title, questions, onQuestions, faults, open, onOpen }: FormBuilderProps) {
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<{ id: string; after: boolean } | null>(null);
  const list = useRef<HTMLOListElement>(null);
  // An element that changes place loses the focus: it is given back.
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (!focused.current) return;
    list.current
      ?.querySelector<HTMLElement>(`[data-question="${focused.current}"] .question-toggle`)
      ?.focus();
    focused.current = null;
  });

  const move = (id: string, to: number) => {
    const from = questions.findIndex((one) => one.id === id);
    const at = Math.max(0, Math.min(questions.length - 1, to));
    if (from === at) return;
    focused.current = id;
    onQuestions((before) => moved(before, id, at));
    setSaid(`${questions[from]?.label || "The question"} is number ${at + 1} of ${questions.length} now.`);
  };
  const add = (type: FieldType) => {
    const made = newQuestion(type);
    onQuestions((before) => [...before, made]);
    onOpen(made.id);
  };
  const duplicate = (question: Question) => {
    const copy = { ...question, id: newQuestion(question.type).id, key: "", keyKept: false };
    onQuestions((before) => before.toSpliced(before.indexOf(question) + 1, 0, copy));
    onOpen(copy.id);
  };
  const remove = (question: Question, at: number) => {
    onQuestions((before) => before.filter(({ id }) => id !== question.id));
    focused.current = questions[at + 1]?.id ?? questions[at - 1]?.id ?? null;
    toast({
      text: `“${question.label.trim() || "The question"}” is taken out.`,
      undo: () => onQuestions((before) => before.toSpliced(Math.min(at, before.length), 0, question)),
    });
  };
  const drop = () => {
    const rest = questions.filter(({ id }) => id !== dragged);
    const at = rest.findIndex(({ id }) => id === over?.id);
    if (dragged && over && at >= 0) move(dragged, at + (over.after ? 1 : 0));
    setDragged(null);
    setOver(null);
  };
  const keyed = withKeys(questions);

  return (
    <div class="builder">
      <div class="builder-questions">
        <AlwaysAsked />
        {questions.length === 0 ? (
          <EmptyState icon="list" title="No questions of your own yet">
            Ask only what decides something: every question costs some of those who would have applied.
          </EmptyState>
        ) : (
          <ol class="questions" ref={list} aria-label="Questions">
            {questions.map((question, at) => (
              <QuestionRow
                key={question.id}
                question={question}
                at={at}
                count={questions.length}
                open={open === question.id}
                taken={keyed.filter(({ id }) => id !== question.id).map(({ key }) => key)}
                faults={faults.get(question.id) ?? NO_FAULTS}
                drop={
                  dragged && dragged !== question.id && over?.id === question.id
                    ? over.after
                      ? "after"
                      : "before"
                    : null
                }
                onOpen={() => onOpen(open === question.id ? null : question.id)}
                onChange={(change) =>
                  onQuestions((before) =>
                    before.map((one) => (one.id === question.id ? { ...one, ...change } : one)),
                  )
                }
                onMove={(to) => move(question.id, to)}
                onDuplicate={() => duplicate(question)}
                onDelete={() => remove(question, at)}
                onDrag={(on) => {
                  setDragged(on ? question.id : null);
                  if (!on) setOver(null);
                }}
                onDragOver={(after) => {
                  if (over?.id !== question.id || over.after !== after) setOver({ id: question.id, after });
                }}
                onDrop={drop}
              />
            ))}
          </ol>
        )}
        <div class="row builder-foot">
          <Menu
            label="Kinds of questions"
            align="start"
            trigger={
              <Button icon="plus" iconEnd="chevron-down" disabled={questions.length >= MOST}>
                Add a question
              </Button>
            }
            items={FIELD_TYPES.map((type) => ({ label: FIELD_WORDS[type], onSelect: () => add(type) }))}
          />
          {questions.length > 1 && (
            <span class="quiet question-hint">
              Drag a question, or press Alt with ↑ or ↓ on it, to move it.
            </span>
          )}
        </div>
        <p class="sr-only" role="status">
          {said}
        </p>
      </div>
      <FormPreview title={title} questions={questions} current={open} />
    </div>
  );
}
