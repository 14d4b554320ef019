import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BoardStage } from "../../worker/features/pipelines/schema";
import { now } from "../lib/time";
import { Button, Icon, IconButton, Menu, Skeleton } from "../ui";
import { BoardCard, cardHeight } from "./board-card";
import { needsReason, personOf } from "./board-model";
import { ages, type Window, windowOf } from "./column-model";
import type { Desk } from "./desk";

const coarse = matchMedia("(pointer: coarse)").matches;
/** How near the end of the loaded cards one scrolls before more are asked for, in pixels. */
const NEAR_END = 800;

export interface ColumnProps {
  desk: Desk;
  stage: BoardStage;
  stages: readonly BoardStage[];
}

/** A stage: its head stays, its cards scroll, and those far away are not drawn. */
export function Column({ desk, stage, stages }: ColumnProps) {
  const folded = desk.folded.value.has(stage.key);
  const target = desk.over.value === stage.key && desk.dragging.value?.from !== stage.key;
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!desk.dragging.value) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "move";
      if (desk.over.value !== stage.key) desk.over.value = stage.key;
    },
    onDragLeave: (event: DragEvent) => {
      const to = event.relatedTarget as Node | null;
      if (!(event.currentTarget as Node).contains(to) && desk.over.value === stage.key)
        desk.over.value = null;
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const dragged = desk.dragging.value;
      if (dragged) desk.drop(dragged.personId, stage.key);
      desk.dragging.value = null;
      desk.over.value = null;
    },
  };
  const id = `stage-${stage.key}`;
  if (folded) {
    return (
      <section
        class={`bcol bcol-folded${target ? " bcol-over" : ""}`}
        aria-labelledby={id}
        data-stage={stage.key}
        {...drop}
      >
        <h2 id={id}>
          <button
            type="button"
            class="bcol-unfold"
            aria-expanded="false"
            onClick={() => desk.fold(stage.key, false)}
          >
            <span class="bcol-count num">{stage.count}</span>
            <span class="bcol-name">{stage.name}</span>
            <Icon name="chevron-right" size={16} />
          </button>
        </h2>
      </section>
    );
  }
  return (
    <section
      class={`bcol${target ? " bcol-over" : ""}`}
      aria-labelledby={id}
      data-stage={stage.key}
      {...drop}
    >
      <header class="bcol-head">
        <h2 id={id} class="bcol-title">
          <span class="bcol-name">{stage.name}</span>
          <span class="bcol-count num">
            {stage.count}
            <span class="sr-only"> people</span>
          </span>
        </h2>
        {needsReason(stage.kind) && (
          <button
            type="button"
            class="bcol-fold"
            aria-expanded="true"
            onClick={() => desk.fold(stage.key, true)}
          >
            Fold<span class="sr-only"> {stage.name}</span>
          </button>
        )}
        {desk.canMove && <ColumnMenu desk={desk} stage={stage} />}
        {stage.kind === "open" && <AgeBar stage={stage} />}
      </header>
      <CardList desk={desk} stage={stage} stages={stages} />
    </section>
  );
}

function ColumnMenu({ desk, stage }: { desk: Desk; stage: BoardStage }) {
  const { selection } = desk;
  return (
    <span class="bcol-menu">
      <Menu
        label={`${stage.name}: actions`}
        trigger={
          <IconButton
            icon="ellipsis"
            size="s"
            label={`${stage.name}: actions`}
            busy={selection.gathering.value === stage.key}
          />
        }
        items={[
          {
            label: "Select all here",
            icon: "check-check",
            kbd: "X",
            disabled: stage.count === 0,
            onSelect: () => void selection.all(stage.key),
          },
        ]}
      />
    </span>
  );
}

/** How long people have stood here: a thin bar whose parts are under three days, under a week, longer. */
function AgeBar({ stage }: { stage: BoardStage }) {
  const { fresh, waiting, old } = ages(stage.cards, now.value);
  const words = `${fresh} under three days, ${waiting} under a week, ${old} longer`;
  return (
    <span class="bcol-age" role="img" aria-label={`Age: ${words}`} title={words}>
      {fresh > 0 && <i class="age-fresh" style={{ flexGrow: fresh }} />}
      {waiting > 0 && <i class="age-waiting" style={{ flexGrow: waiting }} />}
      {old > 0 && <i class="age-old" style={{ flexGrow: old }} />}
    </span>
  );
}

function CardList({ desk, stage, stages }: ColumnProps) {
  const list = useRef<HTMLUListElement>(null);
  const heights = useMemo(() => stage.cards.map((card) => cardHeight(card, coarse)), [stage.cards]);
  const shown = useWindow(list, heights);
  const more = useMore(desk, stage);

  useEffect(() => {
    const reveal = (index: number) => {
      const box = list.current;
      if (!box) return;
      const top = heights.slice(0, index).reduce((sum, height) => sum + height, 0);
      const bottom = top + (heights[index] ?? 0);
      if (top < box.scrollTop) box.scrollTop = top;
      else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
    };
    desk.reveal.set(stage.key, reveal);
    return () => {
      if (desk.reveal.get(stage.key) === reveal) desk.reveal.delete(stage.key);
    };
  }, [desk, stage.key, heights]);

  const onScroll = () => {
    const box = list.current;
    if (box && box.scrollTop + box.clientHeight > box.scrollHeight - NEAR_END) more.load();
  };

  return (
    <ul
      ref={list}
      class="bcol-list"
      aria-label={stage.name}
      tabIndex={stage.cards.length > 0 ? undefined : -1}
      onScroll={onScroll}
    >
      {shown.before > 0 && <li class="bcol-gap" style={{ height: `${shown.before}px` }} aria-hidden="true" />}
      {stage.cards.slice(shown.from, shown.to).map((card, at) => (
        <BoardCard
          key={personOf(card)}
          desk={desk}
          card={card}
          stage={stage}
          stages={stages}
          index={shown.from + at}
          height={heights[shown.from + at] ?? 0}
        />
      ))}
      {shown.after > 0 && <li class="bcol-gap" style={{ height: `${shown.after}px` }} aria-hidden="true" />}
      {stage.nextCursor && (
        <li class="bcol-more">
          {more.failed ? (
            <Button size="s" icon="refresh-cw" onClick={more.load}>
              Load more of {stage.name}
            </Button>
          ) : (
            <Skeleton height="2.25rem" />
          )}
        </li>
      )}
      {stage.cards.length === 0 && <li class="bcol-none">Nobody here</li>}
    </ul>
  );
}

/** Loads the next cards of a stage once at a time, and says when that failed. */
function useMore(desk: Desk, stage: BoardStage) {
  const [failed, setFailed] = useState(false);
  const busy = useRef(false);
  const load = useCallback(() => {
    if (busy.current || !stage.nextCursor) return;
    busy.current = true;
    setFailed(false);
    desk.store
      .more(stage.key)
      .catch(() => setFailed(true))
      .finally(() => {
        busy.current = false;
      });
  }, [desk, stage.key, stage.nextCursor]);
  return { failed, load };
}

/** The rows to draw of a list that scrolls, kept as one scrolls or the window changes. */
function useWindow(list: { current: HTMLElement | null }, heights: readonly number[]): Window {
  const [shown, setShown] = useState<Window>(() => windowOf(heights, 0, innerHeight));
  const current = useRef(heights);
  current.current = heights;
  const measure = useCallback(() => {
    const box = list.current;
    if (!box) return;
    const next = windowOf(current.current, box.scrollTop, box.clientHeight);
    // The margin makes most scrolling free: only a changed range is drawn anew.
    setShown((before) => (same(before, next) ? before : next));
  }, [list]);

  useLayoutEffect(measure, [heights]);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    let frame = 0;
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    const size = new ResizeObserver(soon);
    size.observe(box);
    box.addEventListener("scroll", soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      size.disconnect();
      box.removeEventListener("scroll", soon);
    };
  }, [list, measure]);
  // Cards may have gone since it was measured.
  return shown.to > heights.length ? windowOf(heights, list.current?.scrollTop ?? 0, innerHeight) : shown;
}

function same(a: Window, b: Window): boolean {
  return a.from === b.from && a.to === b.to && a.before === b.before && a.after === b.after;
}
