import { useRef } from "preact/hooks";
import type { OnboardingStep } from "../../worker/features/onboarding/schema";
import { Icon, IconButton, Menu } from "../ui";
import { askedOf, audienceWords, days, KIND_WORDS } from "./words";

export interface StepRowProps {
  step: OnboardingStep;
  at: number;
  of: number;
  /** Whether it can be changed, or only looked at. */
  may: boolean;
  typeName: (key: string) => string;
  titleOf: (id: string) => string | undefined;
  onMove: (to: number) => void;
  onRemove: () => void;
  onGrip: (event: PointerEvent) => void;
  /** Pixels that it stands off its place while one is dragged. */
  by: number;
  dragged: boolean;
}

/** One step in the list: its place, what it asks for, what it waits for. */
export function StepRow({ step, at, of, may, typeName, titleOf, by, dragged, ...verbs }: StepRowProps) {
  const row = useRef<HTMLLIElement>(null);
  const { onMove, onRemove, onGrip } = verbs;
  const move = (to: number) => {
    if (to < 0 || to >= of || to === at) return;
    onMove(to);
    const id = step.id;
    requestAnimationFrame(() => document.getElementById(`grip-${id}`)?.focus());
  };
  const after = step.dependsOn.map(titleOf).filter(Boolean);
  const facts = [
    askedOf(step, typeName),
    after.length > 0 ? `after ${after.join(", ")}` : null,
    step.dueDays === null ? null : `due in ${days(step.dueDays)}`,
    audienceWords(step),
  ].filter(Boolean);
  const { icon, word } = KIND_WORDS[step.kind];
  const href = `/settings/onboarding/${step.id}`;
  return (
    <li
      ref={row}
      class={dragged ? "step step-dragged" : "step"}
      data-step={step.key}
      style={by === 0 ? undefined : { transform: `translateY(${by}px)` }}
      onKeyDown={(event) => {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!may || !event.altKey || !step) return;
        event.preventDefault();
        move(at + step);
      }}
    >
      {may && (
        <button
          type="button"
          id={`grip-${step.id}`}
          class="step-grip"
          aria-label={`Move ${step.title}: place ${at + 1} of ${of}`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          title="Drag, or press Alt and an arrow"
          onPointerDown={onGrip}
        >
          <Icon name="grip-vertical" size={18} />
        </button>
      )}
      <span class="step-place num" aria-hidden="true">
        {at + 1}
      </span>
      <Icon name={icon} size={18} />
      <div class="step-words">
        <a class="step-title" href={href}>
          {step.title}
        </a>
        <span class="step-facts">
          <span class="step-kind">{word}</span>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
      </div>
      {may && (
        <Menu
          label={`Step ${step.title}`}
          trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${step.title}`} />}
          items={[
            { label: "Edit", icon: "pencil", href },
            { separator: true },
            {
              label: "Move up",
              icon: "arrow-up",
              kbd: "Alt ↑",
              disabled: at === 0,
              onSelect: () => move(at - 1),
            },
            {
              label: "Move down",
              icon: "arrow-down",
              kbd: "Alt ↓",
              disabled: at === of - 1,
              onSelect: () => move(at + 1),
            },
            { separator: true },
            { label: "Delete…", icon: "trash-2", danger: true, onSelect: onRemove },
          ]}
        />
      )}
    </li>
  );
}
