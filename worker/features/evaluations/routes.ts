import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { evaluatePerson } from "./evaluate";
import { getEvaluation, listEvaluations } from "./evaluations";
import {
  Evaluation,
  EvaluationListQuery,
  EvaluationPage,
  EvaluationType,
  EvaluationTypeChange,
  EvaluationTypePage,
  NewEvaluation,
  NewEvaluationType,
} from "./schema";
import { addEvaluationType, changeEvaluationType, listEvaluationTypes } from "./types";

const tag = "Evaluations";

export const evaluationsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Results of assessments that I may see, the newest first",
      tag,
      who: "evaluation.read",
      answers: { 200: EvaluationPage },
      errors: [422],
    }),
    query(EvaluationListQuery),
    async (c) => answerRead(c, await listEvaluations(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Keep the result of an assessment of somebody; sent again with the same externalId it is 200",
      tag,
      who: "evaluation.write",
      scope: "evaluations:write",
      answers: { 201: Evaluation, 200: Evaluation },
      errors: [404, 409, 422],
    }),
    body(NewEvaluation),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => evaluatePerson(ctx, c.req.valid("json")),
        ({ evaluation, made }) => ({
          status: made ? 201 : 200,
          body: evaluation,
          location: `/api/evaluations/${evaluation.id}`,
        }),
      ),
  )
  .get(
    "/types",
    endpoint({
      summary: "Evaluation types with their scales and scorecards",
      tag,
      who: "evaluation.write",
      answers: { 200: EvaluationTypePage },
    }),
    async (c) => answerRead(c, { data: await listEvaluationTypes(ctxFor(c)), nextCursor: null }),
  )
  .post(
    "/types",
    endpoint({
      summary: "Add an evaluation type",
      tag,
      who: "evaluation.types.write",
      answers: { 201: EvaluationType },
      errors: [409, 422],
    }),
    body(NewEvaluationType),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => addEvaluationType(ctx, c.req.valid("json")),
        (type) => ({ status: 201, body: type, location: "/api/evaluations/types", version: type.version }),
      ),
  )
  .patch(
    "/types",
    endpoint({
      summary: "Change the evaluation type with this key, or take it out of use",
      tag,
      who: "evaluation.types.write",
      answers: { 200: EvaluationType },
      errors: [404, 409, 412, 422],
    }),
    body(EvaluationTypeChange),
    async (c) => {
      const type = await changeEvaluationType(ctxFor(c), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${type.version}"`);
      return c.json(type);
    },
  )
  .get(
    "/:id",
    endpoint({
      summary: "One result",
      tag,
      who: "evaluation.read",
      answers: { 200: Evaluation },
      errors: [404],
    }),
    async (c) => answerRead(c, await getEvaluation(ctxFor(c), c.req.param("id"))),
  );
