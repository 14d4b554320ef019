import { Hono } from "hono";
import { answer } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { UndoResult } from "../pipelines/schema";
import { undoBatch } from "./undo";

export const bulkRoutes = new Hono<HttpEnv>().post(
  "/:batchId/undo",
  endpoint({
    summary: "Take a move back while its mails wait",
    tag: "Moves",
    who: "agent.move",
    answers: { 200: UndoResult },
    errors: [404, 409],
  }),
  (c) =>
    answer(
      c,
      ctxFor(c),
      (ctx) => undoBatch(ctx, c.req.param("batchId")),
      (result) => ({ status: 200, body: result }),
    ),
);
