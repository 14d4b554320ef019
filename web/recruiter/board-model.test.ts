import { describe, expect, it } from "vitest";
import type { Board, Card, LiveEvent } from "../../worker/features/pipelines/schema";
import {
  appendPage,
  applyEvents,
  findPerson,
  matchStages,
  neighbour,
  nextStage,
  type PendingMove,
  putCard,
  settle,
  sideStep,
  step,
  withPending,
} from "./board-model";

const card = (name: string, enteredAt = "2026-03-01T00:00:00.000Z"): Card => ({
  applicationId: `app_${name}`,
  agentId: `agt_${name}`,
  name,
  enteredAt,
  rating: null,
  tags: [],
  waitingFor: null,
  waitingSince: null,
  version: 1,
});

function board(): Board {
  const stage = (
    key: string,
    kind: Board["stages"][number]["kind"],
    cards: Card[],
    nextCursor: string | null = null,
  ) => ({
    key,
    name: key[0]?.toUpperCase() + key.slice(1),
    kind,
    count: cards.length,
    cards,
    nextCursor,
  });
  return {
    pipeline: { id: "pipe_1", kind: "agent_pool", name: "Pool" },
    seq: 10,
    stages: [
      stage("applied", "open", [card("ada"), card("bo"), card("cy")]),
      stage("screening", "open", []),
      stage("documents", "open", [card("di")]),
      stage("active", "hired", []),
      stage("rejected", "rejected", []),
    ],
  };
}

function moved(seq: number, name: string, from: string, to: string): LiveEvent {
  return {
    id: `evt_${seq}`,
    seq,
    type: "agent.status_changed",
    at: "2026-03-02T00:00:00.000Z",
    actor: { kind: "user", id: "usr_2", name: "Chris" },
    entity: { type: "agent", id: `agt_${name}`, seq },
    data: { agentId: `agt_${name}`, oldStatus: from, newStatus: to, changedBy: "usr_2" },
  };
}

const pending = (id: number, name: string, from: string, to: string): PendingMove => ({
  id,
  personId: `agt_${name}`,
  from,
  to,
  at: "2026-03-02T00:00:00.000Z",
});

const names = (of: Board, key: string) =>
  of.stages.find((stage) => stage.key === key)?.cards.map(({ name }) => name);
const counts = (of: Board) => Object.fromEntries(of.stages.map(({ key, count }) => [key, count]));
/** No card twice, and each count at least as large as its loaded cards. */
function whole(of: Board) {
  const all = of.stages.flatMap(({ cards }) => cards.map(({ applicationId }) => applicationId));
  expect(new Set(all).size).toBe(all.length);
  for (const stage of of.stages) expect(stage.count).toBeGreaterThanOrEqual(stage.cards.length);
}

describe("events", () => {
  it("move a card to the top of its new stage, with both counts", () => {
    const { board: next, moves } = applyEvents(board(), [moved(11, "bo", "applied", "documents")]);
    expect(names(next, "applied")).toEqual(["ada", "cy"]);
    expect(names(next, "documents")).toEqual(["bo", "di"]);
    expect(counts(next)).toMatchObject({ applied: 2, documents: 2 });
    expect(moves).toMatchObject([{ name: "bo", actor: { name: "Chris" }, from: "applied", to: "documents" }]);
    expect(next.seq).toBe(11);
    whole(next);
  });

  it("change nothing when the board already holds them", () => {
    const start = board();
    const { board: next, moves } = applyEvents(start, [moved(10, "bo", "applied", "documents")]);
    expect(next).toBe(start);
    expect(moves).toEqual([]);
  });

  it("keep counts right for people whose card is not loaded, and ask for the card", () => {
    const start = board();
    start.stages[0] = { ...start.stages[0]!, count: 60 };
    const { board: next, stale } = applyEvents(start, [moved(11, "zoe", "applied", "screening")]);
    expect(counts(next)).toMatchObject({ applied: 59, screening: 1 });
    expect(stale).toEqual(["agt_zoe"]);
    const put = putCard(next, "screening", card("zoe"));
    expect(counts(put)).toMatchObject({ screening: 1 });
    whole(put);
  });

  it("count a new person once, in the first stage", () => {
    const created: LiveEvent = {
      ...moved(11, "new", "", ""),
      type: "agent.created",
      data: { agentId: "agt_new" },
    };
    const { board: next, stale } = applyEvents(board(), [created]);
    expect(counts(next)).toMatchObject({ applied: 4 });
    const put = putCard(next, "applied", card("new", "2026-03-02T00:00:00.000Z"));
    expect(names(put, "applied")).toEqual(["new", "ada", "bo", "cy"]);
    expect(stale).toEqual(["agt_new"]);
  });

  it("ask for the card of somebody whose document changed", () => {
    const uploaded: LiveEvent = {
      ...moved(11, "di", "", ""),
      type: "document.uploaded",
      data: { agentId: "agt_di" },
    };
    expect(applyEvents(board(), [uploaded]).stale).toEqual(["agt_di"]);
  });

  it("count only the people on a filtered board, and say that others may belong there now", () => {
    const { board: next, unsure } = applyEvents(board(), [moved(11, "zoe", "applied", "screening")], true);
    expect(counts(next)).toEqual(counts(board()));
    expect(unsure).toBe(true);
    expect(next.seq).toBe(11);
    expect(applyEvents(board(), [moved(11, "bo", "applied", "screening")], true).unsure).toBe(false);
  });

  it("find the card of an application, also where they name the candidate alone", () => {
    const start = board();
    const { agentId: _agent, ...plain } = card("kim");
    start.stages[1] = { ...start.stages[1]!, count: 1, cards: [{ ...plain, candidateId: "cand_kim" }] };
    const about = (seq: number, type: string, data: LiveEvent["data"]): LiveEvent => ({
      ...moved(seq, "kim", "", ""),
      type,
      data,
    });
    const move = about(11, "application.status_changed", {
      applicationId: "app_kim",
      candidateId: "cand_kim",
      oldStatus: "screening",
      newStatus: "documents",
    });
    const { board: next, moves } = applyEvents(start, [move]);
    expect(names(next, "documents")).toEqual(["kim", "di"]);
    expect(moves).toMatchObject([{ personId: "app_kim" }]);
    const edited = about(12, "candidate.updated", { candidateId: "cand_kim" });
    expect(applyEvents(next, [edited]).stale).toEqual(["app_kim"]);
  });

  it("ask for the whole board when its stages changed, or somebody left for the archive", () => {
    const changed: LiveEvent = {
      ...moved(11, "bo", "", ""),
      type: "pipeline.changed",
      data: { pipelineId: "pipe_1" },
    };
    expect(applyEvents(board(), [changed]).unsure).toBe(true);
    const updated = (fields: string[]): LiveEvent => ({
      ...changed,
      type: "application.updated",
      data: { applicationId: "app_bo", candidateId: "cand_bo", fields },
    });
    expect(applyEvents(board(), [updated(["archived"])]).unsure).toBe(true);
    expect(applyEvents(board(), [updated(["rating"])]).unsure).toBe(false);
  });

  it("survive a stage that this board doesn't have", () => {
    const { board: next } = applyEvents(board(), [moved(11, "bo", "applied", "elsewhere")]);
    expect(names(next, "applied")).toEqual(["ada", "cy"]);
    whole(next);
  });
});

describe("moves made here", () => {
  it("show at once, and are gone without a trace when refused", () => {
    const truth = board();
    const view = withPending(truth, [pending(1, "ada", "applied", "screening")]);
    expect(names(view, "screening")).toEqual(["ada"]);
    expect(counts(view)).toMatchObject({ applied: 2, screening: 1 });
    whole(view);
    expect(withPending(truth, [])).toBe(truth);
  });

  it("are not counted twice when the event comes", () => {
    const start = [pending(1, "ada", "applied", "screening")];
    const { board: truth, moves } = applyEvents(board(), [moved(11, "ada", "applied", "screening")]);
    const left = settle(start, moves);
    expect(left).toEqual([]);
    expect(counts(withPending(truth, left))).toMatchObject({ applied: 2, screening: 1 });
  });

  it("show where the other one put the card when somebody was faster", () => {
    const start = [pending(1, "ada", "applied", "screening")];
    const { board: truth, moves } = applyEvents(board(), [moved(11, "ada", "applied", "documents")]);
    const view = withPending(truth, settle(start, moves));
    expect(names(view, "documents")).toEqual(["ada", "di"]);
    whole(view);
  });

  it("may follow each other: the first event settles the first move only", () => {
    const start = [pending(1, "ada", "applied", "screening"), pending(2, "ada", "screening", "documents")];
    const { board: truth, moves } = applyEvents(board(), [moved(11, "ada", "applied", "screening")]);
    const left = settle(start, moves);
    expect(left.map(({ id }) => id)).toEqual([2]);
    expect(names(withPending(truth, left), "documents")).toEqual(["ada", "di"]);
  });
});

describe("pages and single cards", () => {
  it("append without repeating somebody who moved meanwhile", () => {
    const start = board();
    const page = { ...start.stages[0]!, cards: [card("di"), card("eve")], nextCursor: null };
    const next = appendPage(start, "applied", page);
    expect(names(next, "applied")).toEqual(["ada", "bo", "cy", "eve"]);
    expect(names(next, "documents")).toEqual(["di"]);
  });

  it("replace a card in place, and leave it where events put it", () => {
    const fresh = { ...card("bo"), waitingFor: "W-9" };
    expect(findPerson(putCard(board(), "applied", fresh), "agt_bo")?.card.waitingFor).toBe("W-9");
    expect(findPerson(putCard(board(), "screening", fresh), "agt_bo")?.stage.key).toBe("applied");
  });

  it("leave a card out that belongs to a later page", () => {
    const start = board();
    start.stages[0] = { ...start.stages[0]!, nextCursor: "more" };
    expect(names(putCard(start, "applied", card("old", "2020-01-01T00:00:00.000Z")), "applied")).toEqual([
      "ada",
      "bo",
      "cy",
    ]);
  });
});

describe("walking by keys", () => {
  const none = new Set<string>();
  it("goes down and up inside a stage", () => {
    expect(step(board(), null, 1)).toBe("agt_ada");
    expect(step(board(), "agt_ada", 1)).toBe("agt_bo");
    expect(step(board(), "agt_cy", 1)).toBe("agt_cy");
    expect(step(board(), "agt_ada", -1)).toBe("agt_ada");
  });

  it("goes sideways to the nearest stage with people, past empty and folded ones", () => {
    expect(sideStep(board(), "agt_cy", 1, none)).toBe("agt_di");
    expect(sideStep(board(), "agt_cy", 1, new Set(["documents"]))).toBe("agt_cy");
    expect(sideStep(board(), "agt_di", -1, none)).toBe("agt_ada");
  });

  it("goes to the next card when this one leaves", () => {
    expect(neighbour(board(), "agt_ada")).toBe("agt_bo");
    expect(neighbour(board(), "agt_cy")).toBe("agt_bo");
    expect(neighbour(board(), "agt_di")).toBeNull();
  });
});

describe("stages", () => {
  const { stages } = board();
  it("are found by the start of any word", () => {
    expect(matchStages(stages, "scr").map(({ key }) => key)).toEqual(["screening"]);
    expect(matchStages([{ key: "w", name: "On hold" }], "hol")).toHaveLength(1);
    expect(matchStages(stages, "xyz")).toEqual([]);
    expect(matchStages(stages, "")).toHaveLength(5);
  });

  it("follow each other up to the one people are won into", () => {
    expect(nextStage(stages, "screening")?.key).toBe("documents");
    expect(nextStage(stages, "documents")?.key).toBe("active");
    expect(nextStage(stages, "active")).toBeNull();
    expect(nextStage(stages, "rejected")).toBeNull();
  });
});
