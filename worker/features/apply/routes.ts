import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import { outsideCtx } from "../../http/outside";
import type { HttpEnv } from "../../http/types";
import { body, optionalBody, query } from "../../http/validate";
import { visitorOf } from "../../http/visitor";
import { Application } from "../applications/schema";
import { fileHeaders } from "../documents/file-headers";
import { resolveOrganization } from "../organizations/organizations";
import { takeTurn } from "../sessions/login";
import { acceptHeld, discardHeld, restoreHeld } from "./decide";
import { addDraftFile, removeDraftFile } from "./draft-files";
import { createDraft, getDraft, mailDraft, saveDraft } from "./drafts";
import { heldFile, listHeld, loadHeld, presentHeldDetail } from "./held";
import { beacon, readFileOf, worldOf } from "./outside-body";
import {
  AddedDraftFile,
  ApplySteps,
  CreatedDraft,
  Draft,
  DraftChange,
  DraftMail,
  EqualOpportunitySums,
  HeldApplication,
  HeldDetail,
  HeldPage,
  HeldQuery,
  JobSources,
  NewDraft,
  NewStep,
  StepsQuery,
} from "./schema";
import { sourcesOf } from "./sources";
import { noteStep, stepsOf } from "./steps";
import { equalOpportunitySums } from "./sums";

const tag = "Applying";

/** What the public form needs besides sending, and what the team decides of applications that are held. */
export const applyRoutes = new Hono<HttpEnv>()
  .post(
    "/drafts",
    endpoint({
      summary: "Begin an application that is sent later; its secret is told once",
      tag,
      who: "public",
      answers: { 201: CreatedDraft },
      errors: [404, 409, 422, 429],
      unkeyed: true,
    }),
    body(NewDraft),
    async (c) => {
      const { org, ...input } = c.req.valid("json");
      const organization = await resolveOrganization(c.env, new URL(c.req.url).hostname, org);
      const draft = await createDraft(outsideCtx(c, organization.id), input, visitorOf(c));
      c.header("location", `/api/applications/drafts/${draft.token}`);
      return c.json(draft, 201);
    },
  )
  .get(
    "/drafts/:token",
    endpoint({
      summary: "An application that is not sent yet",
      tag,
      who: "public",
      answers: { 200: Draft },
      errors: [404],
    }),
    async (c) => c.json(await getDraft(worldOf(c), c.req.param("token"))),
  )
  .put(
    "/drafts/:token",
    endpoint({
      summary: "Keep what is filled in so far",
      tag,
      who: "public",
      answers: { 200: Draft },
      errors: [404, 422],
    }),
    body(DraftChange),
    async (c) => c.json(await saveDraft(worldOf(c), c.req.param("token"), c.req.valid("json"))),
  )
  .put(
    "/drafts/:token/files/:field",
    endpoint({
      summary: "Keep a file: the CV as `cv`, others under the key of their question",
      tag,
      who: "public",
      answers: { 200: AddedDraftFile },
      errors: [404, 409, 413, 415, 422, 429],
      files: [],
    }),
    async (c) => {
      const file = await readFileOf(c, c.req.param("field"));
      return c.json(await addDraftFile(worldOf(c), c.req.param("token"), file, visitorOf(c)));
    },
  )
  .delete(
    "/drafts/:token/files/:field",
    endpoint({
      summary: "Take a file out again",
      tag,
      who: "public",
      answers: { 204: null },
      errors: [404],
    }),
    async (c) => {
      await removeDraftFile(worldOf(c), c.req.param("token"), c.req.param("field"));
      return c.body(null, 204);
    },
  )
  .post(
    "/drafts/:token/mail",
    endpoint({
      summary: "Mail a link by which the form can be filled in elsewhere",
      tag,
      who: "public",
      answers: { 204: null },
      errors: [404, 422, 429],
    }),
    optionalBody(DraftMail),
    (c) =>
      answer(
        c,
        worldOf(c),
        (world) => mailDraft(world, c.req.param("token"), c.req.valid("json").email, visitorOf(c)),
        () => ({ status: 204 }),
      ),
  )
  .post(
    "/steps",
    endpoint({
      summary: "Count somebody who came to a part of the form; takes a beacon",
      tag,
      who: "public",
      answers: { 204: null },
      errors: [404, 422, 429],
      unkeyed: true,
    }),
    beacon(NewStep),
    async (c) => {
      await takeTurn(c.env, "applySteps", visitorOf(c).address);
      await noteStep(c.env, c.req.valid("json"), c.get("meter"));
      return c.body(null, 204);
    },
  )
  .get(
    "/held",
    endpoint({
      summary: "Applications that look like nobody's, the newest first",
      tag,
      who: "application.move",
      answers: { 200: HeldPage },
      errors: [422],
    }),
    query(HeldQuery),
    async (c) => answerRead(c, await listHeld(ctxFor(c), c.req.valid("query"))),
  )
  .get(
    "/held/:id",
    endpoint({
      summary: "One of them with all that was sent",
      tag,
      who: "application.move",
      answers: { 200: HeldDetail },
      errors: [404],
    }),
    async (c) => answerRead(c, presentHeldDetail(await loadHeld(ctxFor(c), c.req.param("id")))),
  )
  .get(
    "/held/:id/files/:field",
    endpoint({
      summary: "A file that came with one of them",
      tag,
      who: "application.move",
      answers: { 200: null },
      errors: [404],
    }),
    async (c) => {
      const { file, object } = await heldFile(ctxFor(c), c.req.param("id"), c.req.param("field"));
      return new Response(object.body, { headers: fileHeaders(file, file.size) });
    },
  )
  .post(
    "/held/:id/accept",
    endpoint({
      summary: "Take one of them in: it goes on as if it had come now",
      tag,
      who: "application.move",
      answers: { 200: Application },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => acceptHeld(ctx, c.req.param("id")),
        (application) => ({ status: 200, body: application, version: application.version }),
      ),
  )
  .post(
    "/held/:id/discard",
    endpoint({
      summary: "Put one of them aside; it is kept for 30 days",
      tag,
      who: "application.move",
      answers: { 200: HeldApplication },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => discardHeld(ctx, c.req.param("id")),
        (held) => ({ status: 200, body: held }),
      ),
  )
  .post(
    "/held/:id/restore",
    endpoint({
      summary: "Take it back that one of them was put aside",
      tag,
      who: "application.move",
      answers: { 200: HeldApplication },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => restoreHeld(ctx, c.req.param("id")),
        (held) => ({ status: 200, body: held }),
      ),
  );

/** What a job's public form tells its team. */
export const jobApplyRoutes = new Hono<HttpEnv>()
  .get(
    "/:id/apply-steps",
    endpoint({
      summary: "How many got how far in a job's public form",
      tag,
      who: "dashboard.read",
      answers: { 200: ApplySteps },
      errors: [404, 422],
    }),
    query(StepsQuery),
    async (c) => answerRead(c, await stepsOf(ctxFor(c), c.req.param("id"), c.req.valid("query").days)),
  )
  .get(
    "/:id/sources",
    endpoint({
      summary: "How many of a job's applications came from where",
      tag,
      who: "dashboard.read",
      answers: { 200: JobSources },
      errors: [404],
    }),
    async (c) => answerRead(c, await sourcesOf(ctxFor(c), c.req.param("id"))),
  )
  .get(
    "/:id/equal-opportunity",
    endpoint({
      summary: "Sums of a job's equal-opportunity answers, without small groups",
      tag,
      who: "equal_opportunity.read",
      answers: { 200: EqualOpportunitySums },
      errors: [404],
    }),
    async (c) => answerRead(c, await equalOpportunitySums(ctxFor(c), c.req.param("id"))),
  );

export const equalOpportunityRoutes = new Hono<HttpEnv>().get(
  "/",
  endpoint({
    summary: "Sums of all equal-opportunity answers, without small groups",
    tag,
    who: "equal_opportunity.read",
    answers: { 200: EqualOpportunitySums },
  }),
  async (c) => answerRead(c, await equalOpportunitySums(ctxFor(c), null)),
);
