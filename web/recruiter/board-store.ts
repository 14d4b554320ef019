import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
  Board,
  BoardStage,
  Changes,
  LiveEvent,
  UndoResult,
} from "../../worker/features/pipelines/schema";
import { get, post } from "../lib/client";
import { type Channel, type LiveState, openChannel, type Viewer } from "../lib/live";
import {
  appendPage,
  applyEvents,
  findPerson,
  type PendingMove,
  putCard,
  type SeenMove,
  settle,
  subjectOf,
  withPending,
} from "./board-model";
import type { ReadCard, Subject } from "./board-subject";
import { Refusal, refusalText, type Who } from "./move-refusal";

export interface Filter {
  q: string;
  tag: string;
  waiting: "" | "yes" | "no";
}

/** What a move came to: taken back with `batchId`, or refused for a reason in words. */
export type Outcome = { ok: true; batchId: string } | { ok: false; text: string };

export interface BoardStore {
  /** What is shown: the truth with the moves made here. */
  view: ReadonlySignal<Board | undefined>;
  loading: Signal<boolean>;
  trouble: Signal<unknown>;
  live: Signal<LiveState>;
  viewers: Signal<Viewer[]>;
  /** Who moved a person just now, for three seconds. */
  movers: Signal<Record<string, { id: string | null; name: string }>>;
  /** The newest event about each person, so that what is open beside the board reads again. */
  touched: Signal<Record<string, number>>;
  /** Other people's moves in words, for screen readers. */
  news: Signal<string>;
  load: (filter: Filter) => Promise<void>;
  more: (stageKey: string) => Promise<void>;
  /** Reads the board again behind what is shown. */
  refresh: () => Promise<void>;
  move: (who: Who, to: string, reason?: string) => Promise<Outcome>;
  undo: (batchId: string, who: Who, to: string) => Promise<Outcome>;
  close: () => void;
}

export interface BoardHooks {
  /** The id of the user who looks, whose own moves need no announcement. */
  myId: string;
  /** True where the board holds only some of the people, as a client's does. */
  partial: boolean;
  /** Called before cards change place, and answers what to do after. */
  slide: (personIds: string[]) => () => void;
}

const MOVER_MS = 3_000;
/** More cards than these are read as a board and not one by one. */
const MOST_SINGLE_READS = 6;
const MOST_RECENT = 500;
const ANSWER_MS = 1_000;

type Pending = PendingMove & { confirmed: boolean };

/** Keeps one pipeline's board: loads it, follows it live, and moves people on it. */
export function openBoard(pipelineId: string, subject: Subject, hooks: BoardHooks): BoardStore {
  const truth = signal<Board | undefined>(undefined);
  const pending = signal<Pending[]>([]);
  const loading = signal(true);
  const trouble = signal<unknown>(null);
  const live = signal<LiveState>("connecting");
  const viewers = signal<Viewer[]>([]);
  const movers = signal<BoardStore["movers"]["value"]>({});
  const touched = signal<Record<string, number>>({});
  const news = signal("");
  const view = computed(() => truth.value && withPending(truth.value, pending.value));
  const path = `/api/pipelines/${pipelineId}`;

  let filter: Filter = { q: "", tag: "", waiting: "" };
  let channel: Channel | null = null;
  let closed = false;
  let lastId = 0;
  let loads = 0;
  let reading: ReturnType<typeof setTimeout> | undefined;
  let recent: LiveEvent[] = [];
  const stale = new Set<string>();
  const answers = new Map<string, ReadCard>();
  const lines = new Map<string, Promise<unknown>>();
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const query = () => ({ q: filter.q, tag: filter.tag, waiting: filter.waiting });
  const filtered = () => hooks.partial || Boolean(filter.q || filter.tag || filter.waiting);
  const stageName = (key: string) => view.value?.stages.find((stage) => stage.key === key)?.name ?? key;

  const read = async (quiet: boolean) => {
    loads += 1;
    const turn = loads;
    if (!quiet) loading.value = true;
    const known = new Set(pending.value.filter(({ confirmed }) => confirmed));
    try {
      const board = await get<Board>(`${path}/board`, query());
      if (closed || turn !== loads) return;
      batch(() => {
        // The channel may have brought news that came after this answer was read, and won't repeat them.
        truth.value = applyEvents(board, recent, filtered()).board;
        pending.value = pending.value.filter((move) => !known.has(move));
        trouble.value = null;
        loading.value = false;
      });
      channel ??= connect(board.seq);
    } catch (error) {
      if (closed || turn !== loads) return;
      loading.value = false;
      if (!quiet || !truth.value) trouble.value = error;
    }
  };

  const connect = (since: number) =>
    openChannel({
      path: `${path}/live`,
      since,
      poll: (seq) => get<Changes>(`${path}/changes`, { since: seq }),
      onEvents: heard,
      onPresence: (list) => {
        viewers.value = list.filter(
          ({ id }, at) => id !== hooks.myId && list.findIndex((one) => one.id === id) === at,
        );
      },
      onState: (state) => {
        live.value = state;
      },
    });

  const heard = (events: LiveEvent[]) => {
    const before = truth.value;
    if (!before) return;
    const applied = applyEvents(before, events, filtered());
    const others = applied.moves.filter(({ actor }) => actor.id !== hooks.myId);
    recent = [...recent, ...events].slice(-MOST_RECENT);
    const after = hooks.slide(applied.moves.map(({ personId }) => personId));
    batch(() => {
      truth.value = applied.board;
      pending.value = settle(pending.value, applied.moves) as Pending[];
      const latest: Record<string, number> = {};
      for (const event of events) {
        const personId = subjectOf(before, event);
        if (personId) latest[personId] = event.seq;
      }
      touched.value = { ...touched.value, ...latest };
      announce(others);
    });
    after();
    for (const personId of applied.stale) stale.add(personId);
    if (applied.unsure) scheduleRead(true);
    else if (stale.size > 0) scheduleRead(false);
  };

  const announce = (moves: SeenMove[]) => {
    if (moves.length === 0) return;
    const named = moves.filter(({ name }) => name !== null);
    news.value =
      named.length === 1 && named[0]
        ? `${named[0].actor.name} moved ${named[0].name} from ${stageName(named[0].from)} to ${stageName(named[0].to)}.`
        : `${moves.length} people were moved.`;
    const marks = Object.fromEntries(moves.map(({ personId, actor }) => [personId, actor]));
    movers.value = { ...movers.value, ...marks };
    later(MOVER_MS, () => {
      const left = { ...movers.value };
      for (const [personId, actor] of Object.entries(marks))
        if (left[personId] === actor) delete left[personId];
      movers.value = left;
    });
  };

  const later = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };

  let wholeBoard = false;
  const scheduleRead = (whole: boolean) => {
    wholeBoard ||= whole;
    if (reading !== undefined) return;
    reading = setTimeout(() => {
      reading = undefined;
      const people = [...stale];
      stale.clear();
      const all = wholeBoard || people.filter((id) => !answers.has(id)).length > MOST_SINGLE_READS;
      wholeBoard = false;
      if (all) void read(true);
      else for (const personId of people) void readCard(personId);
    }, 200);
  };

  const readCard = async (personId: string) => {
    // The answer to one's own move already says all that is new, unless somebody moved them on since.
    const answer = answers.get(personId);
    answers.delete(personId);
    const place = truth.value && findPerson(truth.value, personId);
    const known = answer && answer.stage === place?.stage.key ? answer : undefined;
    const found = known ?? (await subject.read(personId).catch(() => null));
    if (found?.card && !closed && truth.value) truth.value = putCard(truth.value, found.stage, found.card);
  };

  /** One request a person at a time: a second move must find the first one done. */
  const inLine = <T>(personId: string, run: () => Promise<T>): Promise<T> => {
    const turn = (lines.get(personId) ?? Promise.resolve()).then(run, run);
    lines.set(personId, turn);
    return turn;
  };

  const attempt = async (who: Who, to: string, send: () => Promise<string>): Promise<Outcome> => {
    const { personId, stage: from } = who;
    if (from === to) return { ok: false, text: `${who.name} is in ${stageName(to)} already.` };
    lastId += 1;
    const mine: Pending = { id: lastId, personId, from, to, at: new Date().toISOString(), confirmed: false };
    pending.value = [...pending.value, mine];
    try {
      const batchId = await inLine(personId, send);
      pending.value = pending.value.map((move) =>
        move.id === mine.id ? { ...move, confirmed: true } : move,
      );
      return { ok: true, batchId };
    } catch (error) {
      const text = await refusalText(error, who, subject);
      const after = hooks.slide([personId]);
      pending.value = pending.value.filter(({ id }) => id !== mine.id);
      after();
      channel?.wake();
      return { ok: false, text };
    }
  };

  return {
    view,
    loading,
    trouble,
    live,
    viewers,
    movers,
    touched,
    news,
    load: (next) => {
      filter = next;
      return read(false);
    },
    more: async (stageKey) => {
      const cursor = truth.value?.stages.find(({ key }) => key === stageKey)?.nextCursor;
      if (!cursor) return;
      const turn = loads;
      const page = await get<Board>(`${path}/board`, { ...query(), stage: stageKey, cursor });
      const found: BoardStage | undefined = page.stages.find(({ key }) => key === stageKey);
      const still = truth.value?.stages.find(({ key }) => key === stageKey)?.nextCursor === cursor;
      if (found && truth.value && still && turn === loads && !closed) {
        truth.value = appendPage(truth.value, stageKey, found);
      }
    },
    refresh: () => read(true),
    move: (who, to, reason) =>
      attempt(who, to, async () => {
        const moved = await subject.move(who, to, reason);
        answers.set(who.personId, moved);
        // The event may have come before it: kept longer, it would pass for the answer to a later one.
        later(ANSWER_MS, () => {
          if (answers.get(who.personId) === moved) answers.delete(who.personId);
        });
        return moved.batchId;
      }),
    undo: (batchId, who, to) =>
      attempt(who, to, async () => {
        const result = await post<UndoResult>(`/api/bulk/${batchId}/undo`, {});
        const refused = result.results.find(({ ok }) => !ok);
        if (refused) throw new Refusal(refused.error);
        return batchId;
      }),
    close: () => {
      closed = true;
      channel?.close();
      clearTimeout(reading);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
