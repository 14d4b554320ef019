import { Hono } from "hono";
import { answer, answerOne, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { changeEndpoint, enableEndpoint, removeEndpoint, rotateSecret } from "./change-endpoint";
import { listDeadLetters } from "./dead-letters";
import { getDelivery, listDeliveries } from "./deliveries";
import { createEndpoint, getEndpoint, listEndpoints } from "./endpoints";
import { eventTypes } from "./event-types";
import { getHealth } from "./health";
import { replayRange, retryDelivery } from "./replay";
import {
  DeadLetterPage,
  Delivery,
  DeliveryLine,
  DeliveryPage,
  DeliveryQuery,
  Endpoint,
  EndpointChange,
  EndpointPage,
  EndpointWithSecret,
  EventTypes,
  HealthQuery,
  NewEndpoint,
  PlainQuery,
  Replay,
  ReplayAnswer,
  WebhookHealth,
} from "./schema";
import { sendTest } from "./test-event";

const tag = "Webhooks";
const read = { tag, who: "webhook.read", scope: "webhooks:read" } as const;
const write = { tag, who: "webhook.write", scope: "webhooks:write" } as const;

/** Where events are sent. */
const endpointsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      ...read,
      summary: "Endpoints, the newest first",
      answers: { 200: EndpointPage },
      errors: [422],
    }),
    query(PlainQuery),
    async (c) => answerRead(c, await listEndpoints(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      ...write,
      summary: "Send events to an address from now on; its secret is shown this once",
      answers: { 201: EndpointWithSecret },
      errors: [409, 422],
    }),
    body(NewEndpoint),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createEndpoint(ctx, c.req.valid("json")),
        (made) => ({
          status: 201,
          body: made,
          location: `/api/webhooks/endpoints/${made.id}`,
          version: made.version,
        }),
      ),
  )
  .get(
    "/:id",
    endpoint({ ...read, summary: "One endpoint", answers: { 200: Endpoint }, errors: [404] }),
    async (c) => answerOne(c, await getEndpoint(ctxFor(c), c.req.param("id"))),
  )
  .patch(
    "/:id",
    endpoint({
      ...write,
      summary: "Change an endpoint, turn it on or off",
      answers: { 200: Endpoint },
      errors: [404, 409, 412, 422],
    }),
    body(EndpointChange),
    async (c) => {
      const changed = await changeEndpoint(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${changed.version}"`);
      return c.json(changed);
    },
  )
  .post(
    "/:id/rotate-secret",
    endpoint({
      ...write,
      summary: "A new secret, shown this once; the one before it signs too for 24 hours",
      answers: { 200: EndpointWithSecret },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => rotateSecret(ctx, c.req.param("id")),
        (made) => ({ status: 200, body: made, version: made.version }),
      ),
  )
  .post(
    "/:id/test",
    endpoint({
      ...write,
      summary: "Send an event that means nothing, to try an endpoint out",
      answers: { 202: DeliveryLine },
      errors: [404, 409, 429],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => sendTest(ctx, c.req.param("id")),
        (sent) => ({ status: 202, body: sent, location: `/api/webhooks/deliveries/${sent.id}` }),
      ),
  )
  .post(
    "/:id/enable",
    endpoint({
      ...write,
      summary: "Turn an endpoint on, or close its open circuit",
      answers: { 200: Endpoint },
      errors: [404, 409, 412],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => enableEndpoint(ctx, c.req.param("id"), ifMatch(c)),
        (on) => ({ status: 200, body: on, version: on.version }),
      ),
  )
  .delete(
    "/:id",
    endpoint({
      ...write,
      summary: "Remove an endpoint; what waits to be sent there is cancelled",
      answers: { 204: null },
      errors: [404, 409, 412],
    }),
    async (c) => {
      await removeEndpoint(ctxFor(c), c.req.param("id"), ifMatch(c));
      return c.body(null, 204);
    },
  );

/** What was sent, and what became of it. */
const deliveriesRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      ...read,
      summary: "Deliveries, the newest first; their attempts without request and response",
      answers: { 200: DeliveryPage },
      errors: [422],
    }),
    query(DeliveryQuery),
    async (c) => answerRead(c, await listDeliveries(ctxFor(c), c.req.valid("query"))),
  )
  .get(
    "/:id",
    endpoint({
      ...read,
      summary: "One delivery with each attempt",
      answers: { 200: Delivery },
      errors: [404],
    }),
    async (c) => answerRead(c, await getDelivery(ctxFor(c), c.req.param("id"))),
  )
  .post(
    "/:id/retry",
    endpoint({
      ...write,
      summary: "Send one delivery again, now",
      answers: { 202: DeliveryLine },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => retryDelivery(ctx, c.req.param("id")),
        (sent) => ({ status: 202, body: sent, location: `/api/webhooks/deliveries/${sent.id}` }),
      ),
  );

export const webhooksRoutes = new Hono<HttpEnv>()
  .get(
    "/event-types",
    endpoint({
      tag,
      who: "session",
      scope: "webhooks:read",
      summary: "Every event that is sent, with the schema of its data and an example",
      answers: { 200: EventTypes },
    }),
    async (c) => answerRead(c, { data: eventTypes(), nextCursor: null }),
  )
  .post(
    "/replay",
    endpoint({
      ...write,
      summary: "Send the deliveries of a time range again, or count them",
      answers: { 200: ReplayAnswer },
      errors: [404, 409, 422],
    }),
    body(Replay),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => replayRange(ctx, c.req.valid("json")),
        (replayed) => ({ status: 200, body: replayed }),
      ),
  )
  .get(
    "/dead-letters",
    endpoint({
      ...read,
      summary: "What got stuck in either direction, the newest first",
      answers: { 200: DeadLetterPage },
      errors: [422],
    }),
    query(PlainQuery),
    async (c) => answerRead(c, await listDeadLetters(ctxFor(c), c.req.valid("query"))),
  )
  .get(
    "/health",
    endpoint({
      ...read,
      summary: "How deliveries and incoming events fare",
      answers: { 200: WebhookHealth },
      errors: [422],
    }),
    query(HealthQuery),
    async (c) => answerRead(c, await getHealth(ctxFor(c), c.req.valid("query").hours)),
  )
  .route("/deliveries", deliveriesRoutes)
  .route("/endpoints", endpointsRoutes);
