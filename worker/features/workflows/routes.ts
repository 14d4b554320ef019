import type { Context } from "hono";
import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { emptyStage } from "../applications/move";
import { stageMails } from "../email/templates";
import { applyTemplate } from "./apply";
import { moveToOf } from "./removal-body";
import {
  AppliedTemplate,
  ApplyTemplate,
  MailTemplateList,
  NewWorkflowAction,
  NewWorkflowStep,
  NewWorkflowTemplate,
  StageAction,
  StageActionPage,
  WorkflowActionChange,
  WorkflowActionQuery,
  WorkflowStep,
  WorkflowStepChange,
  WorkflowStepPage,
  WorkflowStepQuery,
  WorkflowStepRemoval,
  WorkflowTemplate,
  WorkflowTemplateChange,
  WorkflowTemplatePage,
  WorkflowTemplateQuery,
} from "./schema";
import { addAction, getAction, listActions, removeAction, updateAction } from "./step-actions";
import { addStep, checkRemoval, getStep, listSteps, removeStep, updateStep } from "./steps";
import { createTemplate, deleteTemplate, getTemplate, listTemplates, updateTemplate } from "./templates";

const tag = "Workflows";

/** PUT and PATCH change just the fields sent, both of them. */
const changeTemplate = [
  endpoint({
    summary: "Change the sent fields of a workflow template",
    tag,
    who: "workflow.write",
    answers: { 200: WorkflowTemplate },
    errors: [404, 409, 412, 422],
  }),
  body(WorkflowTemplateChange),
] as const;

async function change(c: Context<HttpEnv>, id: string, sent: WorkflowTemplateChange) {
  const template = await updateTemplate(ctxFor(c), id, sent, ifMatch(c));
  c.header("etag", `"${template.version}"`);
  return c.json(template);
}

export const workflowTemplatesRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Workflow templates with their stages and actions",
      tag,
      who: "workflow.read",
      answers: { 200: WorkflowTemplatePage },
      errors: [422],
    }),
    query(WorkflowTemplateQuery),
    async (c) => answerRead(c, await listTemplates(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Make a workflow template; without stages it begins with those of the default one",
      tag,
      who: "workflow.write",
      answers: { 201: WorkflowTemplate },
      errors: [422],
    }),
    body(NewWorkflowTemplate),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createTemplate(ctx, c.req.valid("json")),
        (template) => ({
          status: 201,
          body: template,
          location: `/api/workflow-templates/${template.id}`,
          version: template.version,
        }),
      ),
  )
  .get(
    "/mails",
    endpoint({
      summary: "Mails that a stage can send",
      tag,
      who: "workflow.read",
      answers: { 200: MailTemplateList },
    }),
    async (c) => answerRead(c, { data: stageMails(), nextCursor: null }),
  )
  .get(
    "/:id",
    endpoint({
      summary: "One workflow template",
      tag,
      who: "workflow.read",
      answers: { 200: WorkflowTemplate },
      errors: [404],
    }),
    async (c) => {
      const template = await getTemplate(ctxFor(c), c.req.param("id"));
      c.header("etag", `"${template.version}"`);
      return c.json(template);
    },
  )
  .patch("/:id", ...changeTemplate, (c) => change(c, c.req.param("id"), c.req.valid("json")))
  .put("/:id", ...changeTemplate, (c) => change(c, c.req.param("id"), c.req.valid("json")))
  .delete(
    "/:id",
    endpoint({
      summary: "Delete a workflow template that isn't the default; jobs keep their own stages",
      tag,
      who: "workflow.write",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await deleteTemplate(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/:id/apply",
    endpoint({
      summary: "Carry a template's stages over to jobs that are under way",
      tag,
      who: "workflow.write",
      answers: { 200: AppliedTemplate },
      errors: [404, 422],
    }),
    body(ApplyTemplate),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => applyTemplate(ctx, c.req.param("id"), c.req.valid("json")),
        (applied) => ({ status: 200, body: applied }),
      ),
  );

export const workflowStepsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Stages of a template, a job's pipeline or the agent pool",
      tag,
      who: "workflow.read",
      answers: { 200: WorkflowStepPage },
      errors: [422],
    }),
    query(WorkflowStepQuery),
    async (c) => answerRead(c, await listSteps(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Add a stage",
      tag,
      who: "workflow.write",
      answers: { 201: WorkflowStep },
      errors: [404, 409, 422],
    }),
    body(NewWorkflowStep),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => addStep(ctx, c.req.valid("json")),
        (step) => ({ status: 201, body: step, location: `/api/workflow-steps/${step.id}` }),
      ),
  )
  .get(
    "/:id",
    endpoint({
      summary: "One stage",
      tag,
      who: "workflow.read",
      answers: { 200: WorkflowStep },
      errors: [404],
    }),
    async (c) => answerRead(c, await getStep(ctxFor(c), c.req.param("id"))),
  )
  .patch(
    "/:id",
    endpoint({
      summary: "Rename, move or describe a stage; its key stays",
      tag,
      who: "workflow.write",
      answers: { 200: WorkflowStep },
      errors: [404, 409, 422],
    }),
    body(WorkflowStepChange),
    async (c) => c.json(await updateStep(ctxFor(c), c.req.param("id"), c.req.valid("json"))),
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Take a stage away; people who stand in it move to `moveTo` first",
      tag,
      who: "workflow.write",
      answers: { 204: null },
      errors: [404, 409, 422],
    }),
    query(WorkflowStepRemoval),
    async (c) => {
      const ctx = ctxFor(c);
      const id = c.req.param("id");
      const moveTo = c.req.valid("query").moveTo ?? (await moveToOf(c));
      const people = await checkRemoval(ctx, id, moveTo);
      if (people > 0 && moveTo !== undefined) await emptyStage(ctx, id, moveTo);
      await removeStep(ctx, id);
      return c.body(null, 204);
    },
  );

export const workflowActionsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "What a stage does when somebody enters it",
      tag,
      who: "workflow.read",
      answers: { 200: StageActionPage },
      errors: [422],
    }),
    query(WorkflowActionQuery),
    async (c) => answerRead(c, await listActions(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Add an action to a stage",
      tag,
      who: "workflow.write",
      answers: { 201: StageAction },
      errors: [404, 409, 422],
    }),
    body(NewWorkflowAction),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => addAction(ctx, c.req.valid("json")),
        (action) => ({ status: 201, body: action, location: `/api/workflow-actions/${action.id}` }),
      ),
  )
  .get(
    "/:id",
    endpoint({
      summary: "One action",
      tag,
      who: "workflow.read",
      answers: { 200: StageAction },
      errors: [404],
    }),
    async (c) => answerRead(c, await getAction(ctxFor(c), c.req.param("id"))),
  )
  .patch(
    "/:id",
    endpoint({
      summary: "Change an action",
      tag,
      who: "workflow.write",
      answers: { 200: StageAction },
      errors: [404, 409, 422],
    }),
    body(WorkflowActionChange),
    async (c) => c.json(await updateAction(ctxFor(c), c.req.param("id"), c.req.valid("json"))),
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Take an action away",
      tag,
      who: "workflow.write",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await removeAction(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );
