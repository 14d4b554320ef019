import "./board.css";
import { computed, signal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useShortcuts } from "../lib/keys";
import { me } from "../lib/session";
import { queryValue, setQuery } from "../lib/url";
import { Button, EmptyState, Loading, Page, Skeleton, toast } from "../ui";
import { findPerson, needsReason, neighbour, personOf, sideStep, step } from "./board-model";
import { Column } from "./board-column";
import { PersonPanel } from "./person-panel";
import { type Filter, openBoard } from "./board-store";
import { FilterMenu, FilterTags, Find, focusFind, HelpButton, LivePill, tagsOf, Viewers } from "./board-tools";
import type { Desk } from "./desk";
import { MoveDialog } from "./move-dialog";
import { ShortcutHelp } from "./shortcut-help";
import { slideCards } from "./slide";
import { StageSwitch } from "./stage-switch";
import { LoadTrouble } from "./trouble";

const FOLDED = "portico-folded-stages";

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

function readFilter(): Filter {
  const waiting = queryValue("waiting");
  return { q: queryValue("q"), tag: queryValue("tag"), waiting: waiting === "yes" || waiting === "no" ? waiting : "" };
}

function readFolded(): ReadonlySet<string> | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(FOLDED) ?? "null");
    return Array.isArray(kept) ? new Set(kept.map(String)) : null;
  } catch {
    return null;
  }
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
  const [asked, setAsked] = useState<{ personId: string; to?: string } | null>(null);
  const [help, setHelp] = useState(false);
  const lastMove = useRef<{ personId: string; from: string; batchId: string; until: number; close: () => void } | null>(null);

  useEffect(() => () => store.close(), [store]);
  useEffect(() => {
    void store.load(filter);
    setQuery({ q: filter.q, tag: filter.tag, waiting: filter.waiting });
  }, [store, filter]);

  const change = (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part }));
  const clear = () => setFilter({ q: "", tag: "", waiting: "" });

  const undo = async () => {
    const last = lastMove.current;
    if (!last || Date.now() > last.until) return;
    lastMove.current = null;
    last.close();
    const outcome = await store.undo(last.batchId, last.personId, last.from);
    if (!outcome.ok) toast({ text: outcome.text, tone: "warn" });
  };

  const send = async (personId: string, to: string, reason?: string) => {
    const board = store.view.value;
    const place = board && findPerson(board, personId);
    if (!place) return;
    const { card, stage } = place;
    const after = slideCards(root.current, [personId]);
    if (desk.cursor.value === personId && !desk.opened.value) {
      const next = neighbour(board, personId);
      if (next && root.current?.contains(document.activeElement)) focusPerson(next);
    }
    const sent = store.move(personId, to, reason);
    after();
    const outcome = await sent;
    const target = board.stages.find(({ key }) => key === to)?.name ?? to;
    if (!outcome.ok) {
      toast({ text: outcome.text, tone: "warn", seconds: 10 });
      return;
    }
    const close = toast({ text: `${card.name} is in ${target} now.`, undo });
    lastMove.current = { personId, from: stage.key, batchId: outcome.batchId, until: Date.now() + 10_000, close };
  };

  const desk = useMemo<Desk>(() => {
    const cursor = signal<string | null>(null);
    const folded = signal<ReadonlySet<string>>(readFolded() ?? new Set(["inactive", "rejected", "withdrawn"]));
    return {
      store,
      cursor,
      folded,
      tabStop: computed(() => {
        const board = store.view.value;
        if (!board) return null;
        if (cursor.value && findPerson(board, cursor.value)) return cursor.value;
        const first = board.stages.find((stage) => stage.cards.length > 0 && !folded.value.has(stage.key))?.cards[0];
        return first ? personOf(first) : null;
      }),
      opened: signal<string | null>(queryValue("agent") || null),
      dragging: signal(null),
      over: signal(null),
      reveal: new Map(),
      open: (personId) => {
        cursor.value = personId;
        setQuery({ agent: personId }, desk.opened.value === null);
        desk.opened.value = personId;
      },
      ask: (personId, to) => setAsked({ personId, to }),
      move: (personId, to) => {
        const stage = store.view.value?.stages.find(({ key }) => key === to);
        if (stage && needsReason(stage.kind)) setAsked({ personId, to });
        else void actions.current.send(personId, to);
      },
      fold: (stageKey, fold) => {
        const next = new Set(folded.value);
        if (fold) next.add(stageKey);
        else next.delete(stageKey);
        folded.value = next;
        try {
          localStorage.setItem(FOLDED, JSON.stringify([...next]));
        } catch {
          // Not kept in a private window; it holds while the page is open.
        }
      },
    };
  }, [store]);
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
    setQuery({ agent: null });
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
    if (board) focusPerson(desk.cursor.value ? sideStep(board, desk.cursor.value, by, desk.folded.value) : desk.tabStop.value);
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
        if (personId) desk.ask(personId);
      },
    },
    { key: "Enter", label: "Open the person", run: () => false },
    { key: "u", label: "Take the last move back", run: () => void undo() },
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
  const person = asked && board ? findPerson(board, asked.personId) : null;
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
            <LoadTrouble what="The board" error={store.trouble.value} onRetry={() => void store.load(filter)} />
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
      <PersonPanel desk={desk} onClose={closePanel} onMove={send} />
      <MoveDialog
        person={person && { name: person.card.name, stage: person.stage.key }}
        stages={board?.stages ?? []}
        to={asked?.to}
        onClose={() => setAsked(null)}
        onMove={(to, reason) => {
          setAsked(null);
          if (asked) void send(asked.personId, to, reason || undefined);
        }}
      />
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </Page>
  );
}

function NoOne({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState icon="search" title="Nobody matches" action={<Button onClick={onClear}>Show everyone</Button>}>
        Names, e-mail addresses and phone numbers are found by the start of any word.
      </EmptyState>
    );
  }
  const address = `${location.origin}/register?org=${me.value?.organization.slug ?? ""}`;
  return (
    <EmptyState
      icon="users"
      title="Nobody is in the pool yet"
      action={
        <Button
          icon="copy"
          onClick={() => {
            void navigator.clipboard?.writeText(address).then(() => toast({ text: "The address is copied.", tone: "good" }));
          }}
        >
          Copy the address to register at
        </Button>
      }
    >
      People appear in Applied as soon as they register as agents. Send them this address: {address}
    </EmptyState>
  );
}

function BoardSkeleton() {
  return (
    <Loading label="Loading the board">
      <div class="board" aria-hidden="true">
        {[6, 4, 5, 3, 2, 4].map((cards, at) => (
          <div key={at} class="bcol">
            <div class="bcol-head">
              <Skeleton width="50%" />
            </div>
            <div class="stack bcol-list">
              {Array.from({ length: cards }, (_, card) => (
                <Skeleton key={card} height="3.5rem" />
              ))}
            </div>
          </div>
        ))}
      </div>
    </Loading>
  );
}
