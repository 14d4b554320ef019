import type { Context } from "hono";
import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint, sessionFor } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { invalid, notFound } from "../../lib/errors";
import { can } from "../users/permissions";
import { completeStep } from "./complete";
import { overview } from "./overview";
import {
  AgentQuery,
  CompletedStep,
  NewOnboardingStep,
  OnboardingProgress,
  OnboardingStep,
  OnboardingStepChange,
  OnboardingSteps,
  ProgressQuery,
  StepCompletion,
  StepOrder,
  StepsQuery,
  Waive,
} from "./schema";
import { readCopy } from "./seal";
import {
  addStep,
  getDefinition,
  getFor,
  listDefinitions,
  listFor,
  orderSteps,
  removeStep,
  updateStep,
} from "./steps";
import { waiveStep } from "./waive";

const tag = "Onboarding";

/** Whose onboarding is asked about: agents' own whatever they name, for the team whom it names. */
function agentIn(c: Context<HttpEnv>, asked: string | undefined): string | undefined {
  const session = sessionFor(c);
  if (can(session.role, "onboarding.read", { own: false })) return asked;
  const own = session.agentId ?? "";
  if (asked !== undefined && asked !== own) throw notFound("agent");
  return own;
}

export const onboardingRoutes = new Hono<HttpEnv>()
  .get(
    "/steps",
    endpoint({
      summary: "Steps of the onboarding: an agent's own, for the team those of an agent, or all as defined",
      tag,
      who: "onboarding.read",
      answers: { 200: OnboardingSteps },
      errors: [404, 422],
    }),
    query(StepsQuery),
    async (c) => {
      const agentId = agentIn(c, c.req.valid("query").agentId);
      const ctx = ctxFor(c);
      return await answerRead(
        c,
        agentId === undefined ? await listDefinitions(ctx) : await listFor(ctx, agentId),
      );
    },
  )
  .post(
    "/steps",
    endpoint({
      summary: "Define a step",
      tag,
      who: "onboarding.define",
      answers: { 201: OnboardingStep },
      errors: [409, 422],
    }),
    body(NewOnboardingStep),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => addStep(ctx, c.req.valid("json")),
        (step) => ({
          status: 201,
          body: step,
          location: `/api/onboarding/steps/${step.id}`,
          version: step.version,
        }),
      ),
  )
  .post(
    "/steps/order",
    endpoint({
      summary: "Put all steps in an order",
      tag,
      who: "onboarding.define",
      answers: { 200: OnboardingSteps },
      errors: [409, 422],
    }),
    body(StepOrder),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => orderSteps(ctx, c.req.valid("json")),
        (steps) => ({ status: 200, body: steps }),
      ),
  )
  .get(
    "/steps/:id",
    endpoint({
      summary: "One step: an agent's own, for the team that of an agent, or as it is defined",
      tag,
      who: "onboarding.read",
      answers: { 200: OnboardingStep },
      errors: [404, 422],
    }),
    query(AgentQuery),
    async (c) => {
      const [id, agentId] = [c.req.param("id"), agentIn(c, c.req.valid("query").agentId)];
      const ctx = ctxFor(c);
      const step = agentId === undefined ? await getDefinition(ctx, id) : await getFor(ctx, id, agentId);
      // How it stands for an agent changes without its version.
      if (agentId !== undefined) return await answerRead(c, step);
      c.header("etag", `"${step.version}"`);
      return c.json(step);
    },
  )
  .put(
    "/steps/:id",
    endpoint({
      summary: "Change the sent fields of a step",
      tag,
      who: "onboarding.define",
      answers: { 200: OnboardingStep },
      errors: [404, 409, 412, 422],
    }),
    body(OnboardingStepChange),
    async (c) => {
      const step = await updateStep(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${step.version}"`);
      return c.json(step);
    },
  )
  .delete(
    "/steps/:id",
    endpoint({
      summary: "Take a step away that no other step and no campaign asks for",
      tag,
      who: "onboarding.define",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await removeStep(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .get(
    "/progress",
    endpoint({
      summary: "Where everybody in the onboarding is stuck, the longest-waiting first",
      tag,
      who: "onboarding.oversee",
      answers: { 200: OnboardingProgress },
      errors: [422],
    }),
    query(ProgressQuery),
    async (c) => answerRead(c, await overview(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/:stepId/complete",
    endpoint({
      summary: "Complete a step of one's own onboarding",
      tag,
      who: "onboarding.complete",
      answers: { 200: CompletedStep },
      errors: [404, 409, 412, 422],
    }),
    body(StepCompletion),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) =>
          completeStep(
            ctx,
            sessionFor(c).agentId ?? "",
            c.req.param("stepId"),
            c.req.valid("json").data,
            ifMatch(c),
          ),
        (done) => ({ status: 200, body: done }),
      ),
  )
  .post(
    "/:stepId/waive",
    endpoint({
      summary: "Spare an agent a step, or have it done again",
      tag,
      who: "onboarding.oversee",
      answers: { 200: CompletedStep },
      errors: [404, 409, 422],
    }),
    body(Waive),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => waiveStep(ctx, c.req.param("stepId"), c.req.valid("json")),
        (done) => ({ status: 200, body: done }),
      ),
  )
  .get(
    "/:stepId/copy",
    endpoint({
      summary: "The sealed copy of what an agent signed",
      tag,
      who: "onboarding.read",
      answers: { 200: null },
      errors: [404, 422],
    }),
    query(AgentQuery),
    async (c) => {
      const agentId = agentIn(c, c.req.valid("query").agentId);
      if (agentId === undefined) throw invalid("agentId", "Say whose copy: agentId.");
      const { fileName, text } = await readCopy(ctxFor(c), agentId, c.req.param("stepId"));
      c.header("content-type", "text/plain; charset=utf-8");
      c.header("content-disposition", `attachment; filename="${fileName}"`);
      c.header("x-content-type-options", "nosniff");
      c.header("cache-control", "private, no-store");
      return c.body(text, 200);
    },
  );
