import type { WorkflowStep } from "../../worker/features/workflows/schema";
import { Button, Icon, IconButton, Menu } from "../ui";
import { ACTION_ICONS, ADDABLE, actionWords, type Names } from "./action-words";
import type { StageVerbs } from "./stage-row";

export interface ActionCardsProps {
  stage: WorkflowStep;
  names: Names;
  verbs: StageVerbs;
}

/** What happens when somebody enters a stage, in its order, with the way to add to it. */
export function ActionCards({ stage, names, verbs }: ActionCardsProps) {
  const { actions } = stage;
  return (
    <div class="stage-actions">
      {actions.length > 0 && (
        <ol class="action-list" aria-label={`What happens on entering ${stage.name}`}>
          {actions.map((action, at) => {
            const words = actionWords(action, names);
            const editable = ADDABLE.some(({ type }) => type === action.type);
            const move = (to: number) => {
              if (to >= 0 && to < actions.length) verbs.moveAction(stage, action, to);
            };
            const inside = (
              <>
                <Icon name={ACTION_ICONS[action.type]} size={16} />
                <span class="action-words">
                  {action.name ? (
                    <>
                      {action.name} <span class="quiet">{words}</span>
                    </>
                  ) : (
                    words
                  )}
                </span>
              </>
            );
            return (
              <li
                key={action.id}
                class="action-card"
                onKeyDown={(event) => {
                  const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
                  if (!event.altKey || !step) return;
                  event.preventDefault();
                  const held = event.target as HTMLElement;
                  move(at + step);
                  requestAnimationFrame(() => held.focus());
                }}
              >
                {editable ? (
                  <button
                    type="button"
                    class="action-open"
                    aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    onClick={() => verbs.editAction(stage, action)}
                  >
                    {inside}
                  </button>
                ) : (
                  <span class="action-open">{inside}</span>
                )}
                <Menu
                  label={words}
                  trigger={<IconButton icon="ellipsis" size="s" label={`Change: ${words}`} />}
                  items={[
                    ...(editable
                      ? [
                          {
                            label: "Edit…",
                            icon: "pencil" as const,
                            onSelect: () => verbs.editAction(stage, action),
                          },
                        ]
                      : []),
                    {
                      label: "Earlier",
                      icon: "arrow-up",
                      kbd: "Alt ↑",
                      disabled: at === 0,
                      onSelect: () => move(at - 1),
                    },
                    {
                      label: "Later",
                      icon: "arrow-down",
                      kbd: "Alt ↓",
                      disabled: at === actions.length - 1,
                      onSelect: () => move(at + 1),
                    },
                    { separator: true },
                    {
                      label: "Delete",
                      icon: "trash-2",
                      danger: true,
                      onSelect: () => verbs.removeAction(stage, action),
                    },
                  ]}
                />
              </li>
            );
          })}
        </ol>
      )}
      {actions.length > 0 ? (
        <IconButton
          icon="plus"
          size="s"
          label={`Add an action to ${stage.name}`}
          onClick={() => verbs.addAction(stage)}
        />
      ) : (
        <Button
          size="s"
          variant="plain"
          icon="plus"
          class="action-first"
          onClick={() => verbs.addAction(stage)}
        >
          Add an action<span class="sr-only"> to {stage.name}</span>
        </Button>
      )}
    </div>
  );
}
