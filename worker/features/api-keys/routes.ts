import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, query } from "../../http/validate";
import { createKey, getKey, listKeys, revokeKey } from "./keys";
import { ApiKey, ApiKeyPage, ApiKeyQuery, ApiKeyWithSecret, NewApiKey } from "./schema";

const tag = "API keys";
const who = "api-key.manage";

/** Keys of other systems. No key opens these: a stolen one must not make another. */
export const apiKeysRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({ summary: "API keys that work", tag, who, answers: { 200: ApiKeyPage }, errors: [422] }),
    query(ApiKeyQuery),
    async (c) => answerRead(c, await listKeys(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Make an API key; the key itself is shown this once",
      tag,
      who,
      answers: { 201: ApiKeyWithSecret },
      errors: [422],
    }),
    body(NewApiKey),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createKey(ctx, c.req.valid("json")),
        (key) => ({ status: 201, body: key, location: `/api/api-keys/${key.id}` }),
      ),
  )
  .get(
    "/:id",
    endpoint({ summary: "One API key", tag, who, answers: { 200: ApiKey }, errors: [404] }),
    async (c) => answerRead(c, await getKey(ctxFor(c), c.req.param("id"))),
  )
  .delete(
    "/:id",
    endpoint({ summary: "Revoke an API key", tag, who, answers: { 204: null }, errors: [404] }),
    async (c) => {
      await revokeKey(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  );
