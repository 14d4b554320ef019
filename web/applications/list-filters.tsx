import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FormField } from "../../worker/features/jobs/schema";
import { Button, Checkbox, Popover, Select, Tag, TextField } from "../ui";
import { answerFault, type Filters } from "./filters";

type Question = Pick<FormField, "key" | "label" | "type" | "options">;

export interface ListFiltersProps {
  filters: Filters;
  tags: readonly string[];
  /** The questions of the job's form; without a job an answer is named by its key. */
  questions?: readonly Question[];
  onFilter: (change: Partial<Filters>) => void;
}

/** The filters that are used less often, in a panel of their own. */
export function ListFilters({ filters, tags, questions, onFilter }: ListFiltersProps) {
  const { tag, starred, flagged, answer, archived } = filters;
  const set = [tag, starred, flagged, answer, archived].filter(Boolean).length;
  return (
    <Popover
      label="More filters"
      width="19rem"
      trigger={
        <Button icon="funnel" aria-label={set ? `Filter, ${set} set` : undefined}>
          Filter
          {set > 0 && <span class="filter-count num">{set}</span>}
        </Button>
      }
    >
      <div class="filter stack">
        <Select
          label="Tag"
          value={tag}
          options={[{ value: "", label: "Any" }, ...tags.map((one) => ({ value: one, label: one }))]}
          onValue={(value) => onFilter({ tag: value })}
        />
        <Select
          label="Flags"
          value={flagged}
          options={[
            { value: "", label: "With or without" },
            { value: "yes", label: "With a flagged answer" },
            { value: "no", label: "Without flags" },
          ]}
          onValue={(value) => onFilter({ flagged: value })}
        />
        <AnswerFilter value={answer} questions={questions} onValue={(value) => onFilter({ answer: value })} />
        <Checkbox
          label="Starred only"
          checked={starred === "yes"}
          onChecked={(on) => onFilter({ starred: on ? "yes" : "" })}
        />
        <Checkbox
          label="The archive"
          checked={archived === "yes"}
          onChecked={(on) => onFilter({ archived: on ? "yes" : "" })}
        />
      </div>
    </Popover>
  );
}

interface AnswerFilterProps {
  value: string;
  questions: readonly Question[] | undefined;
  onValue: (value: string) => void;
}

function AnswerFilter({ value, questions, onValue }: AnswerFilterProps) {
  const at = value.indexOf(":");
  const [key, setKey] = useState(at > 0 ? value.slice(0, at) : "");
  const [text, setText] = useState(questions ? value.slice(at + 1) : value);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    if (value === "") {
      setKey("");
      setText("");
    }
  }, [value]);
  const say = (next: string) => {
    const fault = answerFault(next);
    setWrong(fault);
    if (!fault) onValue(next);
  };
  const commit = (event: { preventDefault: () => void; key?: string }) => {
    if (event.key !== undefined && event.key !== "Enter") return;
    if (event.key) event.preventDefault();
    if (!questions) say(text.trim());
    else say(key && text.trim() ? `${key}:${text.trim()}` : "");
  };
  const field = (label: string, hint: string) => (
    <TextField
      label={label}
      hint={hint}
      error={wrong}
      value={text}
      onValue={setText}
      onBlur={commit}
      onKeyDown={commit}
    />
  );
  if (!questions) return field("Answer", "A question’s key and the answer: visa:yes, years:>=5");
  const question = questions.find((one) => one.key === key);
  const choices = question && choicesOf(question);
  return (
    <>
      <Select
        label="Answer to"
        value={key}
        options={[
          { value: "", label: "Any question" },
          ...questions
            .filter(({ type }) => type !== "file")
            .map((one) => ({ value: one.key, label: one.label })),
        ]}
        onValue={(next) => {
          setKey(next);
          setText("");
          onValue("");
        }}
      />
      {question &&
        (choices ? (
          <Select
            label="Is"
            value={text}
            options={[{ value: "", label: "Anything" }, ...choices]}
            onValue={(next) => {
              setText(next);
              say(next ? `${key}:${next}` : "");
            }}
          />
        ) : (
          field(
            "Is",
            question.type === "number" ? "A number, or >=5, <10 and the like." : "The whole answer.",
          )
        ))}
    </>
  );
}

function choicesOf({ type, options }: Question): { value: string; label: string }[] | null {
  if (type === "yes_no" || type === "consent") {
    return [
      { value: "yes", label: "Yes" },
      { value: "no", label: "No" },
    ];
  }
  if (type === "select" || type === "multi_select") return options.map((value) => ({ value, label: value }));
  return null;
}

/** The filters that are set and not seen otherwise, each with what takes it off. */
export function SetFilters({ filters, onFilter }: Pick<ListFiltersProps, "filters" | "onFilter">) {
  const words: [keyof Filters, string][] = [
    ["tag", filters.tag],
    ["source", filters.source && `From ${filters.source}`],
    ["starred", filters.starred && "Starred"],
    ["flagged", filters.flagged && (filters.flagged === "yes" ? "Flagged" : "Without flags")],
    ["answer", filters.answer],
    ["archived", filters.archived && "The archive"],
  ];
  const set = words.filter(([, word]) => word);
  if (set.length === 0) return null;
  const children: ComponentChildren = set.map(([name, word]) => (
    <Tag key={name} onRemove={() => onFilter({ [name]: "" })}>
      {word}
    </Tag>
  ));
  return (
    <div class="row filter-tags" role="group" aria-label="Filters that are set">
      {children}
    </div>
  );
}
