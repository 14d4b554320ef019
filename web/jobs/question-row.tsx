import { Icon, IconButton, Menu, type MenuEntry, Tag } from "../ui";
import type { Faults, Question } from "./question";
import { QuestionEdit } from "./question-edit";
import { FIELD_WORDS } from "./words";

export interface QuestionRowProps {
  question: Question;
  /** Its place, from 0, and how many there are. */
  at: number;
  count: number;
  open: boolean;
  taken: readonly string[];
  faults: Faults;
  /** Where what is dragged would come to stand: before or after this one. */
  drop: "before" | "after" | null;
  onOpen: () => void;
  onChange: (change: Partial<Question>) => void;
  onMove: (to: number) => void;
  onDuplicate: () => void;
  onDelete: () => void;
  onDrag: (on: boolean) => void;
  onDragOver: (after: boolean) => void;
  onDrop: () => void;
}

/** A question in the list: closed it says what it is, open it can be changed. */
export function QuestionRow(props: QuestionRowProps) {
  const { question, at, count, open, faults, drop, onMove } = props;
  const name = question.label.trim() || "Question without words";
  const wrong = Object.values(faults)[0];
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowUp") onMove(at - 1);
    else if (event.key === "ArrowDown") onMove(at + 1);
    else return;
    event.preventDefault();
  };
  const last = count - 1;
  const items: MenuEntry[] = [
    { label: "Move up", icon: "arrow-up", kbd: "Alt ↑", disabled: at === 0, onSelect: () => onMove(at - 1) },
    {
      label: "Move down",
      icon: "arrow-down",
      kbd: "Alt ↓",
      disabled: at === last,
      onSelect: () => onMove(at + 1),
    },
    { label: "Move to the start", disabled: at === 0, onSelect: () => onMove(0) },
    { label: "Move to the end", disabled: at === last, onSelect: () => onMove(last) },
    { separator: true },
    { label: "Duplicate", icon: "copy", onSelect: props.onDuplicate },
    { label: "Delete", icon: "trash-2", danger: true, onSelect: props.onDelete },
  ];
  return (
    <li
      class={`question${open ? " question-open" : ""}${drop ? ` question-${drop}` : ""}`}
      data-question={question.id}
      onDragOver={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        props.onDragOver(event.clientY > box.top + box.height / 2);
      }}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop();
      }}
    >
      <div class="question-head">
        <span
          class="question-grip"
          title="Drag to another place"
          aria-hidden="true"
          draggable
          onDragStart={(event) => {
            const row = event.currentTarget.closest("li");
            event.dataTransfer?.setData("text/plain", name);
            if (row) event.dataTransfer?.setDragImage(row, 12, 20);
            props.onDrag(true);
          }}
          onDragEnd={() => props.onDrag(false)}
        >
          <Icon name="grip-vertical" size={16} />
        </span>
        <button
          type="button"
          class="question-toggle"
          aria-expanded={open}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={props.onOpen}
          onKeyDown={onKeyDown}
        >
          <span class="question-name">
            <span class="quiet num">{at + 1}</span> {name}
            {question.required && (
              <span class="question-must" title="Required">
                *<span class="sr-only"> required</span>
              </span>
            )}
          </span>
          <span class="question-facts">
            {FIELD_WORDS[question.type]}
            {question.rule && (
              <span class="question-flag">
                <Icon name="flag" size={14} /> flags
              </span>
            )}
          </span>
          {wrong && !open && (
            <span class="question-fault">
              <Icon name="circle-alert" size={14} /> {wrong}
            </span>
          )}
        </button>
        <Menu
          label={`Actions for ${name}`}
          trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${name}`} />}
          items={items}
        />
      </div>
      {open && (
        <QuestionEdit question={question} taken={props.taken} faults={faults} onChange={props.onChange} />
      )}
    </li>
  );
}

/** Parts that every form begins with; they can't be taken out. */
export function AlwaysAsked() {
  return (
    <div class="question-always">
      <Icon name="lock" size={14} />
      <span>Always asked:</span>
      {["First name", "Last name", "E-mail address", "Phone", "CV"].map((name) => (
        <Tag key={name}>{name}</Tag>
      ))}
    </div>
  );
}
