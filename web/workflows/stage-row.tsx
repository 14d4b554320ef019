import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { STAGE_KINDS, type StageKind } from "../../worker/features/pipelines/words";
import type { StageAction, WorkflowStep } from "../../worker/features/workflows/schema";
import { useFirstFocus } from "../lib/first-focus";
import { Icon, IconButton, Menu, type MenuEntry, StatusPill, type Tone } from "../ui";
import { ActionCards } from "./action-cards";
import type { Names } from "./action-words";
import { saidOf } from "./candidate-words";

export const KINDS: Record<StageKind, { tone: Tone; word: string; long: string }> = {
  open: { tone: "info", word: "Under way", long: "Under way: people here are being considered" },
  hired: { tone: "good", word: "Hired", long: "Hired: it ended well" },
  rejected: { tone: "bad", word: "Rejected", long: "Rejected: the team said no" },
  withdrawn: { tone: "plain", word: "Withdrawn", long: "Withdrawn: the person said no" },
};

/** What can be done with a stage. */
export interface StageVerbs {
  rename: (stage: WorkflowStep, name: string) => void;
  describe: (stage: WorkflowStep) => void;
  /** Asks what the candidate reads of it. */
  say: (stage: WorkflowStep) => void;
  kind: (stage: WorkflowStep, kind: StageKind) => void;
  share: (stage: WorkflowStep, shares: boolean) => void;
  move: (stage: WorkflowStep, to: number) => void;
  remove: (stage: WorkflowStep) => void;
  addAction: (stage: WorkflowStep) => void;
  editAction: (stage: WorkflowStep, action: StageAction) => void;
  moveAction: (stage: WorkflowStep, action: StageAction, to: number) => void;
  removeAction: (stage: WorkflowStep, action: StageAction) => void;
}

export interface StageRowProps {
  stage: WorkflowStep;
  at: number;
  of: number;
  /** Whether people stand in these stages, as they never do in a template. */
  peopled: boolean;
  /** In the agent pool what a stage means stays as it is, and no client looks on. */
  pool: boolean;
  names: Names;
  verbs: StageVerbs;
  /** Begins a drag by the grip. */
  onGrip: (event: PointerEvent) => void;
  /** Pixels that it stands off its place while one is dragged. */
  by: number;
  dragged: boolean;
}

/** One stage: its place, its name, what it means, and what happens when somebody enters it. */
export function StageRow({ stage, at, of, peopled, pool, names, verbs, onGrip, by, dragged }: StageRowProps) {
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (!event.altKey || !step || (event.target as Element).closest(".action-card")) return;
    // Alt and an arrow would leave the page.
    event.preventDefault();
    const to = at + step;
    if (to < 0 || to >= of) return;
    verbs.move(stage, to);
    const grip = row.current?.querySelector<HTMLElement>(".stage-grip");
    requestAnimationFrame(() => {
      grip?.focus();
      row.current?.scrollIntoView({ block: "nearest" });
    });
  };
  const facts = factsOf(stage, peopled, pool);
  return (
    <li
      ref={row}
      class={dragged ? "stage stage-dragged" : "stage"}
      data-stage={stage.key}
      style={by === 0 ? undefined : { transform: `translateY(${by}px)` }}
      onKeyDown={onKeyDown}
    >
      <div class="stage-what">
        <button
          type="button"
          class="stage-grip"
          aria-label={`Move ${stage.name}: place ${at + 1} of ${of}`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          title="Drag, or press Alt and an arrow"
          onPointerDown={onGrip}
        >
          <Icon name="grip-vertical" size={18} />
        </button>
        <span class="stage-place num" aria-hidden="true">
          {at + 1}
        </span>
        <div class="stage-words">
          {renaming ? (
            <NameField
              name={stage.name}
              onClose={() => setRenaming(false)}
              onName={(name) => {
                setRenaming(false);
                if (name !== stage.name) verbs.rename(stage, name);
              }}
            />
          ) : (
            <div class="stage-head">
              <h2>
                <button type="button" class="stage-name" title="Rename" onClick={() => setRenaming(true)}>
                  {stage.name}
                  <span class="sr-only">, rename</span>
                </button>
              </h2>
              <Menu
                label={`Stage ${stage.name}`}
                align="start"
                trigger={<IconButton icon="ellipsis" size="s" label={`Actions for ${stage.name}`} />}
                items={stageMenu({ stage, at, of, pool, verbs }, () => setRenaming(true))}
              />
            </div>
          )}
          {facts.length > 0 && <div class="stage-facts">{facts}</div>}
          {stage.description && <p class="stage-description">{stage.description}</p>}
        </div>
      </div>
      <ActionCards stage={stage} names={names} verbs={verbs} />
    </li>
  );
}

/** What there is to say of a stage; that people in it are under way goes without saying. */
function factsOf(stage: WorkflowStep, peopled: boolean, pool: boolean): VNode[] {
  const { tone, word } = KINDS[stage.kind];
  const facts: (VNode | false)[] = [
    stage.kind !== "open" && (
      <StatusPill key="kind" tone={tone}>
        {word}
      </StatusPill>
    ),
    !pool && (
      <span key="said" class="stage-fact">
        <Icon name="eye" size={14} /> <span class="sr-only">The candidate reads:</span> “{saidOf(stage)}”
      </span>
    ),
    stage.replyByDays !== null && (
      <span key="promise" class="stage-fact num">
        <Icon name="hourglass" size={14} /> Answer within{" "}
        {stage.replyByDays === 1 ? "1 day" : `${stage.replyByDays} days`}
      </span>
    ),
    stage.sharesWithClient && (
      <span key="client" class="stage-fact">
        <Icon name="share-2" size={14} /> Shown to the client
      </span>
    ),
    peopled && stage.count > 0 && (
      <span key="people" class="stage-fact num">
        <Icon name="users" size={14} /> {stage.count === 1 ? "1 person" : `${stage.count} people`}
      </span>
    ),
  ];
  return facts.filter((fact) => fact !== false);
}

function stageMenu(
  { stage, at, of, pool, verbs }: Pick<StageRowProps, "stage" | "at" | "of" | "pool" | "verbs">,
  rename: () => void,
): MenuEntry[] {
  return [
    { label: "Rename", icon: "pencil", onSelect: rename },
    {
      label: stage.description ? "Change the description…" : "Add a description…",
      icon: "file-text",
      onSelect: () => verbs.describe(stage),
    },
    ...(pool
      ? []
      : [
          {
            label: "What the candidate reads…",
            icon: "eye" as const,
            onSelect: () => verbs.say(stage),
          },
        ]),
    ...(pool ? [] : meaning(stage, verbs)),
    { separator: true },
    {
      label: "Move up",
      icon: "arrow-up",
      kbd: "Alt ↑",
      disabled: at === 0,
      onSelect: () => verbs.move(stage, at - 1),
    },
    {
      label: "Move down",
      icon: "arrow-down",
      kbd: "Alt ↓",
      disabled: at === of - 1,
      onSelect: () => verbs.move(stage, at + 1),
    },
    { separator: true },
    { label: "Delete…", icon: "trash-2", danger: true, onSelect: () => verbs.remove(stage) },
  ];
}

/** What jobs' stages can mean: how it stands with people there, and whether the client sees them. */
function meaning(stage: WorkflowStep, verbs: StageVerbs): MenuEntry[] {
  return [
    {
      label: stage.sharesWithClient
        ? "Don’t show people here to the client"
        : "Show people here to the client",
      icon: "share-2",
      onSelect: () => verbs.share(stage, !stage.sharesWithClient),
    },
    { heading: "What it means to stand here" },
    ...STAGE_KINDS.map((kind) => ({
      label: KINDS[kind].long,
      checked: stage.kind === kind,
      onSelect: () => {
        if (stage.kind !== kind) verbs.kind(stage, kind);
      },
    })),
  ];
}

interface NameFieldProps {
  name: string;
  onName: (name: string) => void;
  onClose: () => void;
}

/** The name as a field in its own place: Enter or leaving it saves, Escape doesn't. */
function NameField({ name, onName, onClose }: NameFieldProps) {
  const [typed, setTyped] = useState(name);
  const over = useRef(false);
  const frame = useFirstFocus<HTMLDivElement>();
  const save = () => {
    if (over.current) return;
    over.current = true;
    if (typed.trim()) onName(typed.trim());
    else onClose();
  };
  return (
    <div class="control stage-rename" ref={frame}>
      <input
        type="text"
        aria-label={`New name of ${name}`}
        maxLength={200}
        autoComplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === "Enter") {
            event.preventDefault();
            save();
          } else if (event.key === "Escape") {
            event.preventDefault();
            over.current = true;
            onClose();
          }
        }}
      />
    </div>
  );
}
