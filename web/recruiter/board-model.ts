import type { Board, BoardStage, Card, LiveEvent } from "../../worker/features/pipelines/schema";

/**
 * What the board shows comes from two layers: the truth, which only the server's answers and events
 * change, and the moves made here that the truth doesn't hold yet. Taking a move back is then no more
 * than leaving it out.
 */
export interface PendingMove {
  id: number;
  personId: string;
  from: string;
  to: string;
  at: string;
}

/** Somebody else's move, as the screen tells it. */
export interface SeenMove {
  personId: string;
  name: string | null;
  from: string;
  to: string;
  actor: { id: string | null; name: string };
}

export interface Applied {
  board: Board;
  moves: SeenMove[];
  /** People whose card has to be read: new on the board, or with a fact that an event doesn't carry. */
  stale: string[];
  /** The whole board has to be read: its stages changed, or somebody may belong on it or off it now. */
  unsure: boolean;
}

/** What a card is known by: in the pool the agent's id, in a job the application's. */
export function personOf(card: Card): string {
  return card.agentId ?? card.applicationId;
}

export interface Place {
  card: Card;
  stage: BoardStage;
  index: number;
}

/** Where a person stands among the loaded cards. */
export function findPerson(board: Board, personId: string): Place | null {
  for (const stage of board.stages) {
    const index = stage.cards.findIndex((card) => personOf(card) === personId);
    const card = stage.cards[index];
    if (card) return { card, stage, index };
  }
  return null;
}

/**
 * Applies committed events in order. Those that the board already holds change nothing. On a filtered
 * board the counts are those of the filter, so people who are not on it count nothing.
 */
export function applyEvents(board: Board, events: readonly LiveEvent[], filtered = false): Applied {
  const moves: SeenMove[] = [];
  const stale = new Set<string>();
  let unsure = false;
  let next = board;
  for (const event of events) {
    if (event.seq <= next.seq) continue;
    next = { ...next, seq: event.seq };
    if (changesBoard(event)) unsure = true;
    const personId = subjectOf(next, event);
    if (!personId) continue;
    if (filtered && !findPerson(next, personId)) {
      unsure = true;
      continue;
    }
    if (event.type.endsWith(".status_changed")) {
      const from = text(event.data.oldStatus);
      const to = text(event.data.newStatus);
      if (!from || !to) continue;
      const place = findPerson(next, personId);
      moves.push({ personId, from, to, name: place?.card.name ?? null, actor: event.actor });
      next = count(next, from, to);
      if (place && place.stage.key !== to) next = relocate(next, place, to, event.at);
      // What is waited for depends on the stage, and the event doesn't say it.
      stale.add(personId);
    } else if (event.type === "agent.created" || event.type === "application.received") {
      const first = next.stages.find(({ kind }) => kind === "open");
      if (first && !findPerson(next, personId)) next = count(next, null, first.key);
      stale.add(personId);
    } else if (CHANGES_CARD.test(event.type) && findPerson(next, personId)) {
      stale.add(personId);
    }
  }
  return { board: next, moves, stale: [...stale], unsure };
}

/** Events after which a card may say something else. */
const CHANGES_CARD = /^(document\.|agent\.updated$|application\.updated$|candidate\.updated$)/;
/** Changes of an application that put it on boards or take it off them. */
const COMES_OR_GOES = ["archived", "sharedWithClient", "deleted"];

function changesBoard({ type, data }: LiveEvent): boolean {
  if (type === "pipeline.changed") return true;
  const fields: unknown = type === "application.updated" ? data.fields : null;
  return Array.isArray(fields) && COMES_OR_GOES.some((field) => fields.includes(field));
}

/** Whom an event is about, in the words of `personOf`. */
export function personIn(event: LiveEvent): string | null {
  return text(event.data.agentId) ?? text(event.data.applicationId);
}

/** The same on a board, where an event about a candidate alone is about their card. */
export function subjectOf(board: Board, event: LiveEvent): string | null {
  const known = personIn(event);
  const candidateId = text(event.data.candidateId);
  if (known || !candidateId) return known;
  const cards = board.stages.flatMap((stage) => stage.cards);
  return cards.find((card) => card.candidateId === candidateId)?.applicationId ?? null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function count(board: Board, from: string | null, to: string | null): Board {
  if (from === to) return board;
  return changeStages(board, (stage) => {
    if (stage.key === from) return { ...stage, count: Math.max(0, stage.count - 1) };
    if (stage.key === to) return { ...stage, count: stage.count + 1 };
    return stage;
  });
}

function changeStages(board: Board, change: (stage: BoardStage) => BoardStage): Board {
  return { ...board, stages: board.stages.map(change) };
}

/** Puts a card on top of another stage, where those that entered last stand. */
function relocate(board: Board, place: Place, to: string, at: string): Board {
  const card = { ...place.card, enteredAt: at };
  return changeStages(board, (stage) => {
    if (stage.key === place.stage.key)
      return { ...stage, cards: stage.cards.filter((other) => other !== place.card) };
    if (stage.key === to) return { ...stage, cards: [card, ...stage.cards] };
    return stage;
  });
}

/**
 * Takes over a card that was read by itself. A card on the board keeps its stage, because only events
 * move it: an answer may be older or newer than the last of them.
 */
export function putCard(board: Board, stageKey: string, card: Card): Board {
  const place = findPerson(board, personOf(card));
  if (place && (place.stage.key !== stageKey || place.card.version > card.version)) return board;
  return changeStages(board, (stage) => {
    if (stage.key !== stageKey) return stage;
    if (place) return { ...stage, cards: stage.cards.with(place.index, card) };
    const at = stage.cards.findIndex((other) => other.enteredAt < card.enteredAt);
    // Below the last loaded card stand those that a later page brings.
    if (at < 0 && stage.nextCursor) return stage;
    return { ...stage, cards: stage.cards.toSpliced(at < 0 ? stage.cards.length : at, 0, card) };
  });
}

/** Adds the next cards of a stage; people who have meanwhile moved elsewhere stay where events put them. */
export function appendPage(board: Board, stageKey: string, page: BoardStage): Board {
  const known = new Set(board.stages.flatMap(({ cards }) => cards.map(personOf)));
  const added = page.cards.filter((card) => !known.has(personOf(card)));
  return changeStages(board, (stage) =>
    stage.key === stageKey
      ? { ...stage, cards: [...stage.cards, ...added], nextCursor: page.nextCursor }
      : stage,
  );
}

/** The board as the person sees it: the truth with the moves made here on top. */
export function withPending(board: Board, pending: readonly PendingMove[]): Board {
  let view = board;
  for (const move of pending) {
    const place = findPerson(view, move.personId);
    if (!place || place.stage.key === move.to) continue;
    view = relocate(count(view, place.stage.key, move.to), place, move.to, move.at);
  }
  return view;
}

/**
 * Drops the pending moves that these events settle: each event about a person is either the oldest
 * move made here, or one that came first and makes the server refuse ours.
 */
export function settle(pending: readonly PendingMove[], moves: readonly SeenMove[]): PendingMove[] {
  const left = [...pending];
  for (const { personId } of moves) {
    const at = left.findIndex((move) => move.personId === personId);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

/** The person above or below, staying inside the stage. */
export function step(board: Board, personId: string | null, by: 1 | -1): string | null {
  const place = personId ? findPerson(board, personId) : null;
  if (!place) return firstPerson(board);
  const next = place.stage.cards[place.index + by];
  return personOf(next ?? place.card);
}

/** The person beside, in the nearest stage that has any. */
export function sideStep(
  board: Board,
  personId: string | null,
  by: 1 | -1,
  hidden: ReadonlySet<string>,
): string | null {
  const place = personId ? findPerson(board, personId) : null;
  if (!place) return firstPerson(board);
  for (let at = board.stages.indexOf(place.stage) + by; board.stages[at]; at += by) {
    const stage = board.stages[at];
    const card =
      stage && !hidden.has(stage.key) && stage.cards[Math.min(place.index, stage.cards.length - 1)];
    if (card) return personOf(card);
  }
  return personOf(place.card);
}

/** Whom the keys go to when the card that had them leaves its stage: the one that takes its place. */
export function neighbour(board: Board, personId: string): string | null {
  const place = findPerson(board, personId);
  if (!place) return null;
  const card = place.stage.cards[place.index + 1] ?? place.stage.cards[place.index - 1];
  return card ? personOf(card) : null;
}

function firstPerson(board: Board): string | null {
  const card = board.stages.find(({ cards }) => cards.length > 0)?.cards[0];
  return card ? personOf(card) : null;
}

/** Stages whose name or key has a word that starts with what was typed; all of them for nothing typed. */
export function matchStages<T extends { key: string; name: string }>(
  stages: readonly T[],
  typed: string,
): T[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ key, name }: T) => {
    const low = name.toLowerCase();
    if (low.startsWith(wanted) || key.startsWith(wanted)) return 0;
    return low.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return stages.filter((stage) => rank(stage) < 2).sort((a, b) => rank(a) - rank(b));
}

/** The stage that follows in order, among those under way and the one that people are won into. */
export function nextStage<T extends { key: string; kind: string }>(
  stages: readonly T[],
  key: string,
): T | null {
  const path = stages.filter(({ kind }) => kind === "open" || kind === "hired");
  const at = path.findIndex((stage) => stage.key === key);
  return at < 0 ? null : (path[at + 1] ?? null);
}

/** Whether leaving for this stage turns someone away, which is never done without saying why. */
export function needsReason(kind: string): boolean {
  return kind === "rejected" || kind === "withdrawn";
}

/** Whether it is our turn: what is waited for is a review by the team, in the words that cards carry. */
export function waitsOnUs(waitingFor: string): boolean {
  return waitingFor.endsWith(" to review");
}
