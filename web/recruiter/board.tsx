import "./board.css";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { UNDO_SECONDS } from "../../worker/features/pipelines/words";
import { useShortcuts } from "../lib/keys";
import { me } from "../lib/session";
import { leaveQuery, queryValue, setQuery } from "../lib/url";
import { EmptyState, Page, toast } from "../ui";
import { Column } from "./board-column";
import { findPerson, neighbour, sideStep, step } from "./board-model";
import { BoardSkeleton, NoOne } from "./board-parts";
import { type Filter, openBoard } from "./board-store";
import {
  FilterMenu,
  FilterTags,
  Find,
  focusFind,
  HelpButton,
  LivePill,
  tagsOf,
  Viewers,
} from "./board-tools";
import { makeDesk, type Question } from "./desk";
import { useKeptFocus } from "./keep-focus";
import { MoveDialog } from "./move-dialog";
import type { Who } from "./move-refusal";
import { PersonPanel } from "./person-panel";
import { ShortcutHelp } from "./shortcut-help";
import { slideCards } from "./slide";
import { StageSwitch } from "./stage-switch";
import { LoadTrouble } from "./trouble";

/** Closing a dialog gives focus back to a card that has just moved away; after that it can go elsewhere. */
const DIALOG_CLOSES_MS = 80;

/** The agent pool as a board: a column a stage, a card a person. */
export default function BoardScreen() {
  const pipelineId = me.value?.pipelineId;
  if (!pipelineId) {
    return (
      <Page title="Agent pool" width="full">
        <EmptyState icon="square-kanban" title="There is no agent pool here">
          An organization gets its agent pool when it signs up. Ask an admin to look into it.
        </EmptyState>
      </Page>
    );
  }
  return <BoardOf key={pipelineId} pipelineId={pipelineId} />;
}

/** A move made here that can still be taken back. */
interface LastMove {
  /** Who, standing where the move put them. */
  who: Who;
  from: string;
  batchId: string;
  until: number;
  close: () => void;
}

function readFilter(): Filter {
  const waiting = queryValue("waiting");
  return {
    q: queryValue("q"),
    tag: queryValue("tag"),
    waiting: waiting === "yes" || waiting === "no" ? waiting : "",
  };
}

function BoardOf({ pipelineId }: { pipelineId: string }) {
  const root = useRef<HTMLDivElement>(null);
  const store = useMemo(
    () =>
      openBoard(pipelineId, {
        myId: me.value?.id ?? "",
        slide: (personIds) => slideCards(root.current, personIds),
      }),
    [pipelineId],
  );
  const [filter, setFilter] = useState(readFilter);
  const [asked, setAsked] = useState<Question | null>(null);
  const [help, setHelp] = useState(false);
  const lastMove = useRef<LastMove | null>(null);
  useKeptFocus(root);

  useEffect(() => () => store.close(), [store]);
  useEffect(() => {
    void store.load(filter);
    setQuery({ q: filter.q, tag: filter.tag, waiting: filter.waiting });
  }, [store, filter]);

  const change = (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part }));
  const clear = () => setFilter({ q: "", tag: "", waiting: "" });

  const undo = async (move: LastMove) => {
    if (lastMove.current === move) lastMove.current = null;
    move.close();
    const outcome = await store.undo(move.batchId, move.who, move.from);
    if (!outcome.ok) toast({ text: outcome.text, tone: "warn" });
  };
  const undoLast = () => {
    const last = lastMove.current;
    if (last && Date.now() < last.until) void undo(last);
  };

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
    if (next) setTimeout(() => focusPerson(next), DIALOG_CLOSES_MS);
    const outcome = await sent;
    const target = board.stages.find(({ key }) => key === to)?.name ?? to;
    if (!outcome.ok) {
      toast({ text: outcome.text, tone: "warn", seconds: 10 });
      return;
    }
    const move: LastMove = {
      who: { ...who, stage: to },
      from: who.stage,
      batchId: outcome.batchId,
      until: Date.now() + UNDO_SECONDS * 1000,
      close: () => {},
    };
    move.close = toast({
      text: `${who.name} is in ${target} now.`,
      undo: () => undo(move),
      seconds: UNDO_SECONDS,
    });
    lastMove.current = move;
  };

  const desk = useMemo(
    () => makeDesk(store, { send: (who, to) => void actions.current.send(who, to), ask: setAsked }),
    [store],
  );
  const actions = useRef({ send });
  actions.current.send = send;

  useEffect(() => {
    const back = () => {
      desk.opened.value = queryValue("agent") || null;
    };
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [desk]);

  const closePanel = () => {
    const personId = desk.opened.value;
    desk.opened.value = null;
    leaveQuery({ agent: null });
    if (personId) requestAnimationFrame(() => focusPerson(personId));
  };

  /** Puts the keys on a card, drawing it first where its column is long. */
  const focusPerson = (personId: string | null) => {
    const board = store.view.value;
    const place = personId && board ? findPerson(board, personId) : null;
    if (!place || !personId) return;
    desk.cursor.value = personId;
    desk.reveal.get(place.stage.key)?.(place.index);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const card = root.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(personId)}"]`);
        card?.scrollIntoView({ block: "nearest", inline: "nearest" });
        card?.querySelector<HTMLElement>(".bcard-name")?.focus({ preventScroll: true });
      }),
    );
    if (desk.opened.value && desk.opened.value !== personId) desk.open(personId);
  };
  const walk = (by: 1 | -1) => {
    const board = store.view.value;
    if (board) focusPerson(desk.cursor.value ? step(board, desk.cursor.value, by) : desk.tabStop.value);
  };
  const cross = (by: 1 | -1) => {
    const board = store.view.value;
    if (board)
      focusPerson(
        desk.cursor.value ? sideStep(board, desk.cursor.value, by, desk.folded.value) : desk.tabStop.value,
      );
  };
  const onBoard = (run: () => void) => () => {
    if (!root.current?.contains(document.activeElement)) return false;
    run();
  };
  useShortcuts("Board", [
    { key: "j", label: "Next person", run: () => walk(1) },
    { key: "k", label: "Person before", run: () => walk(-1) },
    { key: "l", label: "Next stage", run: () => cross(1) },
    { key: "h", label: "Stage before", run: () => cross(-1) },
    { key: "ArrowDown", run: onBoard(() => walk(1)) },
    { key: "ArrowUp", run: onBoard(() => walk(-1)) },
    { key: "ArrowRight", run: onBoard(() => cross(1)) },
    { key: "ArrowLeft", run: onBoard(() => cross(-1)) },
    {
      key: "m",
      label: "Move to a stage",
      run: () => {
        const personId = desk.opened.value ?? desk.cursor.value;
        const who = personId ? desk.who(personId) : null;
        if (who) desk.ask(who);
      },
    },
    { key: "Enter", label: "Open the person", run: () => false },
    { key: "u", label: "Take the last move back", run: undoLast },
    { key: "/", label: "Find by name", run: focusFind },
    { key: "?", label: "Show these keys", run: () => setHelp(true) },
    {
      key: "Escape",
      label: "Close the person",
      run: () => {
        if (!desk.opened.value) return false;
        closePanel();
      },
    },
  ]);

  const board = store.view.value;
  const total = board?.stages.reduce((sum, stage) => sum + stage.count, 0) ?? 0;
  const isFiltered = Boolean(filter.q || filter.tag || filter.waiting);
  return (
    <Page
      title={board?.pipeline.name ?? "Agent pool"}
      width="full"
      fill
      actions={
        <>
          <Find value={filter.q} onFind={(q) => change({ q })} />
          <FilterMenu filter={filter} tags={tagsOf(board, filter.tag)} onFilter={change} />
          <HelpButton onOpen={() => setHelp(true)} />
          <LivePill state={store.live.value} />
          <Viewers people={store.viewers.value} />
        </>
      }
    >
      <div class="board-frame" ref={root}>
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
          <NoOne filtered={isFiltered} onClear={clear} />
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
      </div>
      <PersonPanel desk={desk} onClose={closePanel} />
      <MoveDialog
        person={asked?.who ?? null}
        stages={board?.stages ?? []}
        to={asked?.to}
        onClose={() => setAsked(null)}
        onMove={(to, reason) => {
          setAsked(null);
          if (asked) void send(asked.who, to, reason || undefined);
        }}
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}
