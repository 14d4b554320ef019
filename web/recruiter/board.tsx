import "./board.css";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BulkAction } from "../../worker/features/applications/words";
import type { Board as BoardData } from "../../worker/features/pipelines/schema";
import { UNDO_SECONDS } from "../../worker/features/pipelines/words";
import { BulkBar, UndoButton } from "../applications/bulk-bar";
import { sharedStage } from "../applications/chosen";
import { announce } from "../applications/last-action";
import { StageEffects } from "../applications/stage-effects";
import { onDemand } from "../lib/on-demand";
import { me } from "../lib/session";
import { leaveQuery, queryValue, setQuery } from "../lib/url";
import { toast } from "../ui";
import { Column } from "./board-column";
import { focusPerson, useBoardKeys } from "./board-keys";
import { neighbour } from "./board-model";
import { BoardSkeleton, NoOne } from "./board-parts";
import { type Filter, openBoard } from "./board-store";
import { AGENTS, APPLICATIONS, SHARED_APPLICATIONS, type Subject } from "./board-subject";
import { FilterMenu, FilterTags, Find, HelpButton, LivePill, tagsOf, Viewers } from "./board-tools";
import { makeDesk, type Question } from "./desk";
import { useKeptFocus } from "./keep-focus";
import { MoveDialog } from "./move-dialog";
import type { Who } from "./move-refusal";
import { PersonPanel, preloadPanel } from "./person-panel";
import { slideCards } from "./slide";
import { StageSwitch } from "./stage-switch";
import { LoadTrouble } from "./trouble";

const BulkDialog = onDemand(() => import("../applications/bulk-dialog").then((part) => part.BulkDialog));

const ScheduleDialog = onDemand(() =>
  import("../interviews/schedule-dialog").then((part) => part.ScheduleDialog),
);

const ShortcutHelp = onDemand(() => import("./shortcut-help").then((part) => part.ShortcutHelp));

/** Closing a dialog gives focus back to a card that has just moved away; after that it can go elsewhere. */
const DIALOG_CLOSES_MS = 80;

/** The agent pool, a job as its team sees it, or a job as its client does: fewer people, and nothing to move. */
export type BoardKind = "pool" | "job" | "shared";

const SUBJECTS: Record<BoardKind, Subject> = {
  pool: AGENTS,
  job: APPLICATIONS,
  shared: SHARED_APPLICATIONS,
};

export interface BoardProps {
  pipelineId: string;
  kind: BoardKind;
  /** What stands around the columns: the screen's heading, with the board's own tools in it. */
  frame: (tools: ComponentChildren, columns: ComponentChildren, board?: BoardData) => ComponentChildren;
  /** What stands there while nobody is on it. */
  empty: ComponentChildren;
}

function readFilter(): Filter {
  const waiting = queryValue("waiting");
  return {
    q: queryValue("q"),
    tag: queryValue("tag"),
    waiting: waiting === "yes" || waiting === "no" ? waiting : "",
  };
}

/** A pipeline as a board: a column a stage, a card a person. Give it another `key` for another pipeline. */
export function Board({ pipelineId, kind, frame, empty }: BoardProps) {
  const root = useRef<HTMLDivElement>(null);
  const subject = SUBJECTS[kind];
  const store = useMemo(
    () =>
      openBoard(pipelineId, subject, {
        myId: me.value?.id ?? "",
        partial: kind === "shared",
        slide: (personIds) => slideCards(root.current, personIds),
      }),
    [pipelineId, kind],
  );
  const [filter, setFilter] = useState(readFilter);
  const [asked, setAsked] = useState<Question | null>(null);
  const [bulk, setBulk] = useState<{ action: BulkAction; to?: string } | null>(null);
  const [help, setHelp] = useState(false);
  const [meeting, setMeeting] = useState<Who | null>(null);
  useKeptFocus(root);

  // What is opened from a board is fetched once somebody lays a hand on it.
  const preload = () => {
    preloadPanel(desk);
    if (desk.canMove) StageEffects.preload();
  };

  useEffect(() => () => store.close(), [store]);
  useEffect(() => {
    void store.load(filter);
    setQuery({ q: filter.q, tag: filter.tag, waiting: filter.waiting });
  }, [store, filter]);

  const change = (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part }));
  const clear = () => setFilter({ q: "", tag: "", waiting: "" });

  const send = async (who: Who, to: string, reason?: string) => {
    const board = store.view.value;
    if (!board) return;
    const { personId } = who;
    // Whoever works down a column by keys goes on with the card that takes this one's place.
    const byKeys = desk.cursor.value === personId && !desk.opened.value && !desk.dragging.value;
    const next = byKeys ? (neighbour(board, personId) ?? personId) : null;
    const after = slideCards(root.current, [personId]);
    const sent = store.move(who, to, reason);
    after();
    if (next) setTimeout(() => focusPerson(desk, root, next), DIALOG_CLOSES_MS);
    const outcome = await sent;
    if (!outcome.ok) {
      toast({ text: outcome.text, tone: "warn", seconds: 10 });
      return;
    }
    const target = board.stages.find(({ key }) => key === to)?.name ?? to;
    announce(`${who.name} is in ${target} now.`, Date.now() + UNDO_SECONDS * 1000, async () => {
      const back = await store.undo(outcome.batchId, { ...who, stage: to }, who.stage);
      if (!back.ok) toast({ text: back.text, tone: "warn" });
    });
  };

  const desk = useMemo(
    () =>
      makeDesk(store, subject, kind !== "shared", {
        send: (who, to) => void actions.current.send(who, to),
        ask: setAsked,
        askAll: (to) => setBulk({ action: "move", to }),
        ...(kind === "job" ? { schedule: setMeeting } : {}),
      }),
    [store],
  );
  const actions = useRef({ send });
  actions.current.send = send;

  useEffect(() => {
    const back = () => {
      desk.opened.value = queryValue(subject.param) || null;
    };
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [desk]);

  const closePanel = () => {
    const personId = desk.opened.value;
    desk.opened.value = null;
    leaveQuery({ [subject.param]: null });
    if (personId) requestAnimationFrame(() => focusPerson(desk, root, personId));
  };
  useBoardKeys({
    desk,
    root,
    help: () => setHelp(true),
    closePanel,
    bulk: (action) => setBulk({ action }),
  });

  const board = store.view.value;
  const total = board?.stages.reduce((sum, stage) => sum + stage.count, 0) ?? 0;
  const isFiltered = Boolean(filter.q || filter.tag || filter.waiting);
  const chosen = useMemo(() => [...desk.selection.chosen.value.values()], [desk.selection.chosen.value]);
  useEffect(() => {
    if (chosen.length > 0) BulkDialog.preload();
  }, [chosen]);
  const tools = (
    <>
      <Find value={filter.q} onFind={(q) => change({ q })} />
      {kind !== "shared" && (
        <FilterMenu
          filter={filter}
          tags={tagsOf(board, filter.tag)}
          onFilter={change}
          waits={kind === "pool"}
        />
      )}
      <UndoButton />
      <HelpButton onOpen={() => setHelp(true)} />
      <LivePill state={store.live.value} />
      {kind !== "shared" && <Viewers people={store.viewers.value} />}
    </>
  );
  const columns = (
    <>
      <div class="board-frame" ref={root} onPointerOver={preload} onFocusIn={preload}>
        <FilterTags filter={filter} onFilter={change} />
        <p class="sr-only" role="status">
          {store.news.value}
        </p>
        {!board ? (
          store.trouble.value ? (
            <LoadTrouble
              what="The board"
              error={store.trouble.value}
              onRetry={() => void store.load(filter)}
            />
          ) : (
            <BoardSkeleton />
          )
        ) : total === 0 ? (
          isFiltered ? (
            <NoOne onClear={clear} />
          ) : (
            empty
          )
        ) : (
          <>
            <StageSwitch stages={board.stages} root={root} />
            <div class={store.loading.value ? "board board-stale" : "board"} aria-busy={store.loading.value}>
              {board.stages.map((stage) => (
                <Column key={stage.key} desk={desk} stage={stage} stages={board.stages} />
              ))}
            </div>
          </>
        )}
        <BulkBar
          count={chosen.length}
          canMove
          onAction={(action) => setBulk({ action })}
          onClear={desk.selection.clear}
        />
      </div>
      <PersonPanel desk={desk} onClose={closePanel} />
      <MoveDialog
        person={asked?.who ?? null}
        pipelineId={pipelineId}
        stages={board?.stages ?? []}
        to={asked?.to}
        onClose={() => setAsked(null)}
        onMove={(to, reason) => {
          setAsked(null);
          if (asked) void send(asked.who, to, reason || undefined);
        }}
      />
      {bulk && (
        <BulkDialog
          action={bulk.action}
          to={bulk.to}
          from={sharedStage(chosen)}
          chosen={chosen}
          pipelineId={pipelineId}
          stages={board?.stages ?? []}
          onClose={() => setBulk(null)}
          onDone={() => {
            desk.selection.clear();
            void store.refresh();
          }}
          onUndone={() => void store.refresh()}
        />
      )}
      {meeting && (
        <ScheduleDialog
          of={{ applicationId: meeting.personId, name: meeting.name }}
          onClose={() => setMeeting(null)}
        />
      )}
      {help && <ShortcutHelp open onClose={() => setHelp(false)} />}
    </>
  );
  return <>{frame(tools, columns, board)}</>;
}
