import type { BoardStage, Card } from "../../worker/features/pipelines/schema";
import { Ago } from "../lib/ago";
import { absolute, now } from "../lib/time";
import { isDue, isLate, promiseWords } from "../tasks/promise";
import { Avatar, Icon, IconButton, Menu, type MenuEntry, Tag } from "../ui";
import { needsReason, nextStage, personOf, waitsOnUs } from "./board-model";
import type { Desk } from "./desk";

/** The height of a card with its gap: what it shows decides, so that a column can count without drawing. */
export function cardHeight(card: Card, coarse: boolean): number {
  return (coarse ? 58 : 46) + extraLines(card) * 22;
}

function extraLines(card: Card): number {
  return (card.waitingFor ? 1 : 0) + (isDue(card.replyBy, now.value) ? 1 : 0) + (hasMarks(card) ? 1 : 0);
}

function hasMarks({ tags, rating, starred, flagged, shared }: Card): boolean {
  return tags.length > 0 || rating !== null || Boolean(starred || flagged || shared);
}

const MOST_TAGS = 2;

export interface BoardCardProps {
  desk: Desk;
  card: Card;
  stage: BoardStage;
  stages: readonly BoardStage[];
  index: number;
  height: number;
}

/** One person on the board: a link to them, the one fact, and a menu that does what dragging does. */
export function BoardCard({ desk, card, stage, stages, index, height }: BoardCardProps) {
  const personId = personOf(card);
  const mover = desk.store.movers.value[personId];
  const dragged = desk.dragging.value?.personId === personId;
  const opened = desk.opened.value === personId;
  const stop = desk.tabStop.value === personId;
  const { chosen } = desk.selection;
  const selecting = chosen.value.size > 0;
  const selected = chosen.value.has(personId);
  const name = `bcard${selected ? " bcard-chosen" : ""}${dragged ? " bcard-dragged" : ""}${opened ? " bcard-open" : ""}${mover ? " bcard-moved" : ""}`;

  return (
    <li
      class="bcard-place"
      style={{ height: `${height}px` }}
      aria-setsize={stage.count}
      aria-posinset={index + 1}
      data-person={personId}
      draggable={desk.canMove}
      onDragStart={(event) => {
        event.dataTransfer?.setData("text/plain", card.name);
        if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
        // Chromium ends a drag whose element changes before it began.
        setTimeout(() => {
          desk.dragging.value = { personId, from: stage.key };
        });
      }}
      onDragEnd={() => {
        desk.dragging.value = null;
        desk.over.value = null;
      }}
    >
      <div class={name}>
        <div class="bcard-line">
          {selecting && (
            <label class="bcard-tick">
              <input
                type="checkbox"
                class="tick"
                tabIndex={-1}
                aria-label={`Select ${card.name}`}
                checked={selected}
                onClick={(event) => {
                  if (event.shiftKey) desk.selection.reach(personId);
                  else desk.selection.toggle(personId);
                }}
              />
            </label>
          )}
          <a
            class="bcard-name"
            href={desk.subject.href(card)}
            draggable={false}
            tabIndex={stop ? 0 : -1}
            onFocus={() => {
              desk.cursor.value = personId;
            }}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.button !== 0) return;
              if (event.shiftKey && !desk.canMove) return;
              event.preventDefault();
              // The router listens further up, and would leave the board.
              event.stopPropagation();
              if (event.shiftKey) desk.selection.reach(personId);
              else desk.open(personId);
            }}
          >
            {card.name}
          </a>
          {mover ? (
            <span class="bcard-mover" title={`Moved by ${mover.name}`}>
              <Avatar name={mover.name} id={mover.id ?? undefined} size={20} />
            </span>
          ) : (
            <span class="bcard-age">
              <span class="sr-only">in this stage </span>
              <Ago at={card.enteredAt} short />
            </span>
          )}
          {desk.canMove && (
            <span class="bcard-menu">
              <Menu
                label={`Actions for ${card.name}`}
                trigger={
                  <IconButton
                    icon="ellipsis"
                    size="s"
                    label={`Actions for ${card.name}`}
                    tabIndex={stop ? 0 : -1}
                  />
                }
                items={cardMenu(desk, card, stage, stages)}
              />
            </span>
          )}
        </div>
        {isDue(card.replyBy, now.value) && (
          <div
            class={
              isLate(card.replyBy, now.value) ? "bcard-line bcard-fact bcard-late" : "bcard-line bcard-fact"
            }
            title={`Answer promised by ${absolute(card.replyBy)}`}
          >
            <Icon name="hourglass" size={14} />
            <span class="bcard-words">Answer {promiseWords(card.replyBy, now.value)}</span>
          </div>
        )}
        {card.waitingFor && (
          <div
            class={waitsOnUs(card.waitingFor) ? "bcard-line bcard-fact bcard-ours" : "bcard-line bcard-fact"}
          >
            <Icon name={waitsOnUs(card.waitingFor) ? "file-check" : "hourglass"} size={14} />
            <span class="bcard-words">{card.waitingFor}</span>
            {card.waitingSince && <Ago at={card.waitingSince} short class="bcard-since" />}
          </div>
        )}
        {hasMarks(card) && <Marks card={card} />}
      </div>
    </li>
  );
}

/** The small line of a card: what the team, or an answer, says of somebody. */
function Marks({ card }: { card: Card }) {
  const extra = card.tags.length - MOST_TAGS;
  return (
    <div class="bcard-line bcard-tags">
      {card.starred && (
        <span class="bcard-mark bcard-star" role="img" aria-label="Starred" title="Starred">
          <Icon name="star" size={14} />
        </span>
      )}
      {card.flagged && (
        <span
          class="bcard-mark bcard-flag"
          role="img"
          aria-label="An answer is flagged"
          title="An answer is flagged"
        >
          <Icon name="flag" size={14} />
        </span>
      )}
      {card.rating !== null && (
        <span
          class="bcard-rating"
          role="img"
          aria-label={`Rated ${card.rating} of 5`}
          title={`Rated ${card.rating} of 5`}
        >
          <b>{card.rating}</b>/5
        </span>
      )}
      {card.shared && (
        <span
          class="bcard-mark"
          role="img"
          aria-label="Shared with the client"
          title="Shared with the client"
        >
          <Icon name="share-2" size={14} />
        </span>
      )}
      {card.tags.slice(0, MOST_TAGS).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
      {extra > 0 && (
        <span class="quiet" title={card.tags.slice(MOST_TAGS).join(", ")}>
          +{extra}
        </span>
      )}
    </div>
  );
}

function cardMenu(desk: Desk, card: Card, stage: BoardStage, stages: readonly BoardStage[]): MenuEntry[] {
  const personId = personOf(card);
  const who = { personId, name: card.name, stage: stage.key };
  const next = nextStage(stages, stage.key);
  const away = stages.filter(({ key, kind }) => key !== stage.key && needsReason(kind));
  return [
    { label: "Open", icon: "panel-right", kbd: "Enter", onSelect: () => desk.open(personId) },
    ...(next
      ? [
          {
            label: `Move to ${next.name}`,
            icon: "arrow-right" as const,
            onSelect: () => desk.move(who, next.key),
          },
        ]
      : []),
    { label: "Move to…", icon: "move-right", kbd: "m", onSelect: () => desk.ask(who) },
    ...(desk.schedule && stage.kind === "open"
      ? [
          {
            label: "Schedule interview…",
            icon: "calendar-clock" as const,
            kbd: "i",
            onSelect: () => desk.schedule?.(who),
          },
        ]
      : []),
    { separator: true },
    {
      label: desk.selection.chosen.value.has(personId) ? "Take out of the selection" : "Select",
      icon: "check",
      kbd: "x",
      onSelect: () => desk.selection.toggle(personId),
    },
    {
      label: `Select all in ${stage.name}`,
      icon: "check-check",
      onSelect: () => void desk.selection.all(stage.key),
    },
    { separator: true },
    ...away.map((other) => ({
      label: `${other.name}…`,
      icon: "circle-x" as const,
      danger: other.kind === "rejected",
      kbd: other.kind === "rejected" ? "r" : undefined,
      onSelect: () => desk.ask(who, other.key),
    })),
  ];
}
