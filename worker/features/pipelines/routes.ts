import { and, eq } from "drizzle-orm";
import { Hono } from "hono";
import { database } from "../../db/database";
import { answerRead } from "../../http/answer";
import { ctxOf } from "../../http/authenticate";
import { ctxFor, endpoint, sessionFor } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { query } from "../../http/validate";
import { notFound } from "../../lib/errors";
import { authenticateSocket, connect } from "../../live/connect";
import { getBoard, getStageCards, listPipelines } from "./board";
import { audienceOf, getChanges } from "./changes";
import { Board, BoardQuery, Changes, ChangesQuery, PipelineList } from "./schema";
import { pipelines } from "./table";
import { visiblePipelines } from "./visible";

const tag = "Pipelines";

export const pipelinesRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Pipelines with their stages",
      tag,
      who: "pipeline.list",
      answers: { 200: PipelineList },
    }),
    async (c) => answerRead(c, { data: await listPipelines(ctxFor(c)), nextCursor: null }),
  )
  .get(
    "/:id/board",
    endpoint({
      summary: "Stages with counts and the cards that entered last",
      tag,
      who: "pipeline.board",
      answers: { 200: Board },
      errors: [404, 422],
    }),
    query(BoardQuery),
    async (c) => {
      const { stage, cursor, ...filter } = c.req.valid("query");
      const ctx = ctxFor(c);
      const id = c.req.param("id");
      return answerRead(
        c,
        stage === undefined
          ? await getBoard(ctx, id, filter)
          : await getStageCards(ctx, id, stage, filter, cursor),
      );
    },
  )
  .get(
    "/:id/changes",
    endpoint({
      summary: "Events after a seq: for those who can't keep a socket open",
      tag,
      who: "pipeline.watch",
      answers: { 200: Changes },
      errors: [404, 422],
    }),
    query(ChangesQuery),
    async (c) => {
      const session = sessionFor(c);
      const audience = audienceOf(session.role, session.userId);
      return answerRead(
        c,
        await getChanges(ctxFor(c), c.req.param("id"), { ...c.req.valid("query"), audience }),
      );
    },
  )
  .get(
    "/:id/live",
    endpoint({
      summary: "WebSocket: the pipeline's events as they happen",
      tag: "Live",
      who: "pipeline.watch",
      socket: true,
      answers: { 101: null },
      errors: [400, 404],
    }),
    async (c) => {
      const session = await authenticateSocket(c, "pipeline.watch");
      const id = c.req.param("id");
      const db = database(c.env, session.orgId, c.get("meter"));
      const [found] = await db.read(
        db.select({ id: pipelines.id }, pipelines, {
          where: and(eq(pipelines.id, id), visiblePipelines(ctxOf(c, session), "pipeline.watch")),
        }),
      );
      if (!found[0]) throw notFound("pipeline");
      return await connect(c, { kind: "pipeline", id }, session);
    },
  );

export const meLive = new Hono<HttpEnv>().get(
  "/",
  endpoint({
    summary: "WebSocket: what concerns me, as it happens",
    tag: "Live",
    who: "session",
    socket: true,
    answers: { 101: null },
    errors: [400],
  }),
  async (c) => {
    const session = await authenticateSocket(c, "session");
    return await connect(c, { kind: "user", id: session.userId }, session);
  },
);
