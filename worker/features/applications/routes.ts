import { type Context, Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { authenticate, authorize, ctxOf } from "../../http/authenticate";
import { ctxFor, endpoint } from "../../http/endpoint";
import { outsideCtx } from "../../http/outside";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, optionalBody, query } from "../../http/validate";
import { visitorOf } from "../../http/visitor";
import { invalid } from "../../lib/errors";
import { type ApplyInput, submitApplication } from "../apply/apply";
import { contentDisposition } from "../documents/inspect";
import { resolveOrganization } from "../organizations/organizations";
import { UndoResult } from "../pipelines/schema";
import { isTeam } from "../users/scope";
import { addToJob } from "./add";
import { getApplication, listApplications, visibleIn } from "./applications";
import { inputOf, isForm, jsonOrForm, readSentForm } from "./apply-body";
import { bulk } from "./bulk";
import { updateApplication } from "./change";
import { createApplication } from "./create";
import { readCandidate } from "./cv-body";
import { exportApplications } from "./export";
import { getHistory } from "./history";
import { type Moved, moveApplication, nextStage, ownWithdrawal, stageOfKind } from "./move";
import { deleteApplication } from "./remove";
import {
  AddedApplication,
  Advance,
  Application,
  ApplicationChange,
  ApplicationDetail,
  ApplicationExportQuery,
  ApplicationListQuery,
  ApplicationPage,
  BulkRequest,
  BulkResult,
  History,
  JobApplicationsQuery,
  MovedApplication,
  NewApplication,
  PublicApplication,
  StageMove,
  Withdrawal,
} from "./schema";
import { undoBatch } from "./undo";

const tag = "Applications";

/** How every move is answered: the application as it stands, and what an undo names. */
const movedAnswer = ({ application, batchId }: Moved) => ({
  status: 200 as const,
  body: { ...application, batchId } satisfies MovedApplication,
  version: application.version,
});

export const applicationsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Applications for jobs, the newest first",
      tag,
      who: "application.list",
      answers: { 200: ApplicationPage },
      errors: [422],
    }),
    query(ApplicationListQuery),
    async (c) => answerRead(c, await listApplications(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Apply for a job, as JSON or as a form with files; the team adds somebody to one",
      tag,
      who: "public",
      answers: { 201: Application.or(PublicApplication) },
      errors: [404, 409, 413, 415, 422, 429],
      form: {
        fields: ["org", "job", "firstName", "lastName", "email", "phone", "source", "formAnswers"],
        files: ["cv"],
      },
    }),
    jsonOrForm(NewApplication),
    async (c) => {
      if (isForm(c)) return await apply(c, await readSentForm(c));
      const sent = c.req.valid("json");
      const session = await authenticate(c);
      if (!session || !isTeam(ctxOf(c, session))) return await apply(c, inputOf(sent));
      const { org: _org, draft, equalOpportunity, formVersion: _version, ...input } = sent;
      if (draft ?? equalOpportunity) {
        throw invalid(draft ? "draft" : "equalOpportunity", "Only people who apply themselves send this.");
      }
      authorize(session, "application.create", false);
      c.set("session", session);
      return await answer(
        c,
        ctxOf(c, session),
        (ctx) =>
          createApplication(ctx, { ...input, source: input.source ?? "api" }, (application) => application),
        (result) => ({
          status: 201,
          body: result,
          location: `/api/applications/${result.id}`,
          version: result.version,
        }),
      );
    },
  )
  .post(
    "/bulk",
    endpoint({
      summary:
        "Do one thing to up to 500 applications, with a result for each; `dryRun` says what would happen",
      tag,
      who: "application.move",
      answers: { 200: BulkResult },
      errors: [422],
    }),
    body(BulkRequest),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => bulk(ctx, c.req.valid("json")),
        (result) => ({ status: 200, body: result }),
      ),
  )
  .get(
    "/export",
    endpoint({
      summary: "Applications of a job with their answers, as CSV",
      tag,
      who: "candidate.export",
      answers: { 200: null },
      errors: [404, 422],
    }),
    query(ApplicationExportQuery),
    async (c) => {
      const { fileName, stream } = await exportApplications(ctxFor(c), c.req.valid("query"));
      return c.body(stream, 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": contentDisposition(fileName),
      });
    },
  )
  .get(
    "/:id",
    endpoint({
      summary: "One application with the person and their answers",
      tag,
      who: "application.read",
      answers: { 200: ApplicationDetail },
      errors: [404],
    }),
    async (c) => {
      const application = await getApplication(ctxFor(c), c.req.param("id"));
      c.header("etag", `"${application.version}"`);
      return c.json(application);
    },
  )
  .patch(
    "/:id",
    endpoint({
      summary: "Change rating, tags, star, notes, archive, or what the client sees",
      tag,
      who: "application.update",
      answers: { 200: Application },
      errors: [404, 409, 412, 422],
    }),
    body(ApplicationChange),
    async (c) => {
      const application = await updateApplication(
        ctxFor(c),
        c.req.param("id"),
        c.req.valid("json"),
        ifMatch(c),
      );
      c.header("etag", `"${application.version}"`);
      return c.json(application);
    },
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Take an application away; the person stays",
      tag,
      who: "application.delete",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await deleteApplication(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/:id/advance",
    endpoint({
      summary: "Move to the next stage",
      tag,
      who: "application.move",
      answers: { 200: MovedApplication },
      errors: [404, 409, 412, 422],
    }),
    optionalBody(Advance),
    (c) => {
      const { reason } = c.req.valid("json");
      const move = {
        who: { applicationId: c.req.param("id") },
        stage: nextStage,
        reason,
        ifVersion: ifMatch(c),
      };
      return answer(c, ctxFor(c), (ctx) => moveApplication(ctx, move), movedAnswer);
    },
  )
  .post(
    "/:id/move-stage",
    endpoint({
      summary: "Move to the stage with this key",
      tag,
      who: "application.move",
      answers: { 200: MovedApplication },
      errors: [404, 409, 412, 422],
    }),
    body(StageMove),
    (c) => {
      const sent = c.req.valid("json");
      const move = { ...sent, who: { applicationId: c.req.param("id") }, ifVersion: ifMatch(c) };
      return answer(c, ctxFor(c), (ctx) => moveApplication(ctx, move), movedAnswer);
    },
  )
  .post(
    "/:id/withdraw",
    endpoint({
      summary: "Withdraw an application: one's own, or for somebody who asked for it",
      tag,
      who: "application.withdraw",
      answers: { 200: MovedApplication },
      errors: [404, 409, 412, 422],
    }),
    optionalBody(Withdrawal),
    (c) => {
      const id = c.req.param("id");
      const { reason } = c.req.valid("json");
      const move = {
        who: { applicationId: id },
        reason,
        ifVersion: ifMatch(c),
      };
      return answer(
        c,
        ctxFor(c),
        async (ctx) => {
          if (isTeam(ctx)) return await moveApplication(ctx, { ...move, stage: stageOfKind("withdrawn") });
          await visibleIn(ctx, id);
          return await moveApplication(ctx, { ...move, stage: ownWithdrawal });
        },
        movedAnswer,
      );
    },
  )
  .get(
    "/:id/history",
    endpoint({
      summary: "The whole way of an application, oldest first",
      tag,
      who: "application.list",
      answers: { 200: History },
      errors: [404],
    }),
    async (c) => answerRead(c, await getHistory(ctxFor(c), c.req.param("id"))),
  );

/** Takes an application from the public. A held one is answered as one that was taken. */
async function apply(
  c: Context<HttpEnv>,
  { org, input }: { org: string | undefined; input: ApplyInput },
): Promise<Response> {
  const organization = await resolveOrganization(c.env, new URL(c.req.url).hostname, org);
  return await answer(
    c,
    outsideCtx(c, organization.id),
    (ctx) => submitApplication(ctx, input, visitorOf(c)),
    ({ id, job, stage, appliedAt }) => ({
      status: 201,
      body: { id, job: { id: job.id, title: job.title }, stage, appliedAt } satisfies PublicApplication,
      location: `/api/applications/${id}`,
    }),
  );
}

/** People of a job: its applications, and a way to add somebody. */
export const jobApplicationsRoutes = new Hono<HttpEnv>()
  .get(
    "/:id/candidates",
    endpoint({
      summary: "People of a job, the newest application first",
      tag,
      who: "application.list",
      answers: { 200: ApplicationPage },
      errors: [404, 422],
    }),
    query(JobApplicationsQuery),
    async (c) => {
      const ctx = ctxFor(c);
      return answerRead(
        c,
        await listApplications(ctx, { ...c.req.valid("query"), jobId: c.req.param("id") }, true),
      );
    },
  )
  .post(
    "/:id/candidates",
    endpoint({
      summary: "Add somebody to a job, as JSON or as a form with their CV",
      tag,
      who: "application.create",
      answers: { 201: AddedApplication },
      errors: [404, 409, 413, 415, 422],
      files: true,
    }),
    async (c) => {
      const sent = await readCandidate(c);
      return await answer(
        c,
        ctxFor(c),
        (ctx) => addToJob(ctx, c.req.param("id"), sent),
        (application) => ({
          status: 201,
          body: application,
          location: `/api/applications/${application.id}`,
          version: application.version,
        }),
      );
    },
  );

export const bulkRoutes = new Hono<HttpEnv>().post(
  "/:batchId/undo",
  endpoint({
    summary: "Take a move or a bulk action back while its mails wait",
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
