import { z } from "zod";
import { ActorShape, pageOf, Time } from "../../http/shapes";
import { PIPELINE_KINDS, STAGE_KINDS, STATUS_WORDS } from "./words";

export const StageBrief = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(STAGE_KINDS),
  status: z.enum(STATUS_WORDS),
  count: z.number().int(),
});

export const Pipeline = z
  .object({
    id: z.string(),
    kind: z.enum(PIPELINE_KINDS),
    name: z.string(),
    stages: z.array(StageBrief),
    createdAt: Time,
  })
  .meta({ id: "Pipeline" });
export type Pipeline = z.infer<typeof Pipeline>;
export const PipelineList = pageOf(Pipeline);

export const Card = z
  .object({
    applicationId: z.string(),
    agentId: z.string().optional(),
    candidateId: z.string().optional(),
    name: z.string(),
    enteredAt: Time,
    /** Until when they are promised an answer. Absent where nothing is promised; never for a client user. */
    replyBy: Time.optional(),
    rating: z.number().int().min(1).max(5).nullable(),
    tags: z.array(z.string()),
    /** The one thing waited for, in words, and since when. Null: nothing is missing. */
    waitingFor: z.string().nullable(),
    waitingSince: Time.nullable(),
    /** Present where it is true; never for a client user. */
    starred: z.boolean().optional(),
    /** An answer raised a flag. */
    flagged: z.boolean().optional(),
    /** The client sees them. */
    shared: z.boolean().optional(),
    version: z.number().int(),
  })
  .meta({ id: "Card" });
export type Card = z.infer<typeof Card>;

export const BoardStage = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.enum(STAGE_KINDS),
  count: z.number().int(),
  cards: z.array(Card),
  nextCursor: z.string().nullable(),
});

export const Board = z
  .object({
    pipeline: z.object({ id: z.string(), kind: z.enum(PIPELINE_KINDS), name: z.string() }),
    /** Resume the socket from here. */
    seq: z.number().int(),
    stages: z.array(BoardStage),
  })
  .meta({ id: "Board" });
export type Board = z.infer<typeof Board>;
export type BoardStage = z.infer<typeof BoardStage>;

/** A committed fact as the socket and `changes` send it. */
export const LiveEvent = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    type: z.string(),
    at: Time,
    actor: ActorShape,
    entity: z.object({ type: z.string(), id: z.string(), seq: z.number().int() }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Event" });
export type LiveEvent = z.infer<typeof LiveEvent>;

export const Changes = z
  .object({ data: z.array(LiveEvent), seq: z.number().int(), hasMore: z.boolean() })
  .meta({ id: "Changes" });
export type Changes = z.infer<typeof Changes>;

export const BoardQuery = z
  .strictObject({
    /** With `stage`, the next cards of that stage only. */
    stage: z.string().max(60).optional(),
    cursor: z.string().max(1000).optional(),
    /** Words that start a name, an e-mail address or a phone number. */
    q: z.string().trim().max(100).optional(),
    tag: z.string().trim().max(60).optional(),
    /** `documents`: only people from whom something is waited for. */
    waiting: z.enum(["yes", "no"]).optional(),
    starred: z.enum(["yes"]).optional(),
    flagged: z.enum(["yes"]).optional(),
  })
  .refine((query) => query.cursor === undefined || query.stage !== undefined, {
    path: ["cursor"],
    message: "A cursor belongs to one stage: name it as `stage`.",
  });
export const ChangesQuery = z.strictObject({
  since: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** The answer of every move, whoever moves and through whichever route. */
export const UndoResult = z
  .object({
    batchId: z.string(),
    results: z.array(z.object({ id: z.string(), ok: z.boolean(), error: z.string().optional() })),
  })
  .meta({ id: "UndoResult" });
export type UndoResult = z.infer<typeof UndoResult>;
