import type { Context } from "hono";
import { Hono } from "hono";
import { z } from "zod";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import { outsideCtx } from "../../http/outside";
import { readBody } from "../../http/read-body";
import { pageQuery } from "../../http/shapes";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { clock } from "../../lib/clock";
import { DomainError } from "../../lib/errors";
import { getInboxEvent, listInbox, listResults } from "./inbox";
import { receiveHook } from "./receive";
import { retryInbox } from "./retry";
import {
  Accepted,
  InboxEvent,
  InboxLine,
  InboxPage,
  InboxQuery,
  NewSource,
  PortalResultPage,
  Source,
  SourceChange,
  SourcePage,
  SourceWithSecret,
} from "./schema";
import { changeSource, connectSource, getSource, listSources, removeSource, rotateSource } from "./sources";
import { MAX_HOOK_BYTES } from "./words";

const hookTag = "Incoming webhooks";
const tag = "Integrations";

const tooLarge = () => new DomainError("too-large", "An event may have 1 MB at most.");

/** The bytes of a hook's request, counted while they arrive and never unpacked. */
async function hookBody(c: Context<HttpEnv>): Promise<Uint8Array> {
  const bytes = await readBody(c, MAX_HOOK_BYTES, tooLarge);
  const encoding = c.req.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity")
    throw new DomainError("unsupported-type", "Send the event as it is, without content-encoding.");
  return bytes;
}

export const hooksRoutes = new Hono<HttpEnv>().post(
  "/:integrationId",
  endpoint({
    summary: "An event of a connected source, signed as the source signs; a repeated event id does nothing",
    tag: hookTag,
    who: "public",
    answers: { 202: Accepted, 200: Accepted },
    errors: [400, 413, 415, 422],
    // An event's own id does what a key does elsewhere.
    unkeyed: true,
  }),
  async (c) => {
    const bytes = await hookBody(c);
    const received = await receiveHook(
      { env: c.env, meter: c.get("meter"), now: clock.now(), ctxOf: (orgId) => outsideCtx(c, orgId) },
      {
        integrationId: c.req.param("integrationId"),
        body: bytes,
        headers: c.req.raw.headers,
        address: c.req.header("cf-connecting-ip") ?? "",
      },
    );
    const { id, repeated, acceptsWith } = received;
    return repeated
      ? c.json({ id, status: "repeated" as const }, 200)
      : c.json({ id, status: "accepted" as const }, acceptsWith);
  },
);

export const integrationsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Sources and other systems that are connected, the newest first",
      tag,
      who: "integration.read",
      answers: { 200: SourcePage },
      errors: [422],
    }),
    query(z.strictObject({ ...pageQuery })),
    async (c) => answerRead(c, await listSources(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/portal/connect",
    endpoint({
      summary: "Connect a source; its secret is answered this once",
      tag,
      who: "integration.write",
      answers: { 201: SourceWithSecret },
      errors: [409, 422],
    }),
    body(NewSource),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => connectSource(ctx, "portal", c.req.valid("json")),
        (source) => ({
          status: 201,
          body: source,
          location: `/api/integrations/${source.id}`,
          version: source.version,
        }),
      ),
  )
  .get(
    "/:id",
    endpoint({
      summary: "One source, without its secret",
      tag,
      who: "integration.read",
      answers: { 200: Source },
      errors: [404],
    }),
    async (c) => {
      const source = await getSource(ctxFor(c), c.req.param("id"));
      c.header("etag", `"${source.version}"`);
      return c.json(source);
    },
  )
  .patch(
    "/:id",
    endpoint({
      summary: "Change a source's name, list of addresses or answer, or turn it on and off",
      tag,
      who: "integration.write",
      answers: { 200: Source },
      errors: [404, 409, 412, 422],
    }),
    body(SourceChange),
    async (c) => {
      const source = await changeSource(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${source.version}"`);
      return c.json(source);
    },
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Disconnect a source; what it sent stays",
      tag,
      who: "integration.write",
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await removeSource(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/:id/rotate",
    endpoint({
      summary: "Make a new secret; the one before it counts for another 24 hours",
      tag,
      who: "integration.write",
      answers: { 200: SourceWithSecret },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => rotateSource(ctx, c.req.param("id")),
        (source) => ({ status: 200, body: source, version: source.version }),
      ),
  );

export const inboxRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Events that came in, the newest first",
      tag: hookTag,
      who: "webhook.read",
      scope: "webhooks:read",
      answers: { 200: InboxPage },
      errors: [422],
    }),
    query(InboxQuery),
    async (c) => answerRead(c, await listInbox(ctxFor(c), c.req.valid("query"))),
  )
  .get(
    "/:id",
    endpoint({
      summary: "One event that came in, as it came",
      tag: hookTag,
      who: "webhook.read",
      scope: "webhooks:read",
      answers: { 200: InboxEvent },
      errors: [404],
    }),
    async (c) => answerRead(c, await getInboxEvent(ctxFor(c), c.req.param("id"))),
  )
  .post(
    "/:id/retry",
    endpoint({
      summary: "Run an event again through today's code",
      tag: hookTag,
      who: "webhook.write",
      scope: "webhooks:write",
      answers: { 202: InboxLine },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => retryInbox(ctx, c.req.param("id")),
        (line) => ({ status: 202, body: line }),
      ),
  );

export const candidateResultsRoutes = new Hono<HttpEnv>().get(
  "/:id/results",
  endpoint({
    summary: "What portals sent about a candidate: assessments and screenings, the newest first",
    tag: "Candidates",
    who: "candidate.read",
    answers: { 200: PortalResultPage },
    errors: [404],
  }),
  async (c) => answerRead(c, await listResults(ctxFor(c), c.req.param("id"))),
);
