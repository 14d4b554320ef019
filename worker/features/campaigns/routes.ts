import { Hono } from "hono";
import { answer, answerOne, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, optionalBody, query } from "../../http/validate";
import { changeAccess } from "./access";
import { applyToCampaign } from "./apply";
import { assignToCampaign, unassignFromCampaign } from "./assign";
import { getCampaign, listCampaigns } from "./campaigns";
import { createCampaign, updateCampaign } from "./change";
import { listCampaignAgents, listPool } from "./people";
import { previewRequirements, requirementWords } from "./preview";
import {
  AccessChange,
  Assign,
  Assigned,
  Campaign,
  CampaignAgentPage,
  CampaignAgentsQuery,
  CampaignApply,
  CampaignChange,
  CampaignListQuery,
  CampaignPage,
  CampaignPlace,
  CampaignPoolQuery,
  CampaignWithdrawal,
  NewCampaign,
  PoolAgentPage,
  Preview,
  PreviewQuery,
  RequirementWords,
  Unassign,
} from "./schema";
import { presentWithdrawn, withdrawFromCampaign } from "./withdraw";

const tag = "Campaigns";

export const campaignsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Campaigns; an agent's list says of each whether they qualify and what is missing",
      tag,
      who: "campaign.list",
      answers: { 200: CampaignPage },
      errors: [422],
    }),
    query(CampaignListQuery),
    async (c) => answerRead(c, await listCampaigns(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Make a campaign with its own pipeline",
      tag,
      who: "campaign.write",
      answers: { 201: Campaign },
      errors: [404, 409, 422],
    }),
    body(NewCampaign),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createCampaign(ctx, c.req.valid("json")),
        (made) => ({ status: 201, body: made, location: `/api/campaigns/${made.id}`, version: made.version }),
      ),
  )
  .get(
    "/words",
    endpoint({
      summary: "What requirements can name",
      tag,
      who: "campaign.write",
      answers: { 200: RequirementWords },
    }),
    async (c) => answerRead(c, await requirementWords(ctxFor(c))),
  )
  .post(
    "/preview",
    endpoint({
      summary: "Who of today's agents would meet requirements, and what the others lack",
      tag,
      who: "campaign.write",
      answers: { 200: Preview },
      errors: [422],
    }),
    body(PreviewQuery),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => previewRequirements(ctx, c.req.valid("json").requirements),
        (preview) => ({ status: 200, body: preview }),
      ),
  )
  .get(
    "/:id",
    endpoint({
      summary: "One campaign",
      tag,
      who: "campaign.read",
      answers: { 200: Campaign },
      errors: [404],
    }),
    async (c) => answerOne(c, await getCampaign(ctxFor(c), c.req.param("id"))),
  )
  .put(
    "/:id",
    endpoint({
      summary: "Change the sent fields of a campaign; whom it affects is asked first",
      tag,
      who: "campaign.write",
      answers: { 200: Campaign },
      errors: [404, 409, 412, 422],
    }),
    body(CampaignChange),
    async (c) => {
      const campaign = await updateCampaign(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${campaign.version}"`);
      return c.json(campaign);
    },
  )
  .post(
    "/:id/apply",
    endpoint({
      summary: "Apply to a campaign; onto its waiting list where it is full",
      tag,
      who: "campaign.apply",
      answers: { 201: CampaignPlace },
      errors: [404, 409, 422],
    }),
    optionalBody(CampaignApply),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => applyToCampaign(ctx, c.req.param("id"), c.req.valid("json")),
        (place) => ({
          status: 201,
          body: place,
          location: `/api/campaigns/${place.campaignId}`,
          version: place.version,
        }),
      ),
  )
  .post(
    "/:id/withdraw",
    endpoint({
      summary: "Take back one's own application to a campaign",
      tag,
      who: "campaign.apply",
      answers: { 200: Assigned },
      errors: [404, 409, 422],
    }),
    optionalBody(CampaignWithdrawal),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => withdrawFromCampaign(ctx, c.req.param("id"), c.req.valid("json")),
        (moved) => ({
          status: 200,
          body: presentWithdrawn(c.req.param("id"), moved),
          version: moved.application.version,
        }),
      ),
  )
  .get(
    "/:id/agents",
    endpoint({
      summary: "People in a campaign, stage by stage",
      tag,
      who: "campaign.agents",
      answers: { 200: CampaignAgentPage },
      errors: [404, 422],
    }),
    query(CampaignAgentsQuery),
    async (c) => answerRead(c, await listCampaignAgents(ctxFor(c), c.req.param("id"), c.req.valid("query"))),
  )
  .get(
    "/:id/pool",
    endpoint({
      summary: "Agents who are not in a campaign: who qualifies, and what the others lack",
      tag,
      who: "campaign.assign",
      answers: { 200: PoolAgentPage },
      errors: [404, 422],
    }),
    query(CampaignPoolQuery),
    async (c) => answerRead(c, await listPool(ctxFor(c), c.req.param("id"), c.req.valid("query"))),
  )
  .post(
    "/:id/access",
    endpoint({
      summary: "Unlock a campaign for an agent, or lock it again",
      tag,
      who: "campaign.assign",
      answers: { 204: null },
      errors: [404, 422],
    }),
    body(AccessChange),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => changeAccess(ctx, c.req.param("id"), c.req.valid("json")),
        () => ({ status: 204 }),
      ),
  )
  .post(
    "/:id/assign",
    endpoint({
      summary: "Give an agent a seat, or a place on the waiting list where all are taken",
      tag,
      who: "campaign.assign",
      answers: { 201: Assigned },
      errors: [404, 409, 422],
    }),
    body(Assign),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => assignToCampaign(ctx, c.req.param("id"), c.req.valid("json")),
        (place) => ({
          status: 201,
          body: place,
          location: `/api/campaigns/${place.campaignId}/agents`,
          version: place.version,
        }),
      ),
  )
  .post(
    "/:id/unassign",
    endpoint({
      summary: "Take a seat back, with the reason",
      tag,
      who: "campaign.assign",
      answers: { 200: Assigned },
      errors: [404, 409, 422],
    }),
    body(Unassign),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => unassignFromCampaign(ctx, c.req.param("id"), c.req.valid("json")),
        (place) => ({ status: 200, body: place, version: place.version }),
      ),
  );
