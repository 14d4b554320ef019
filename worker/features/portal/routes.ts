import { Hono } from "hono";
import { answer, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { listAccounts } from "./accounts";
import { changeAccount, removeAccount, resetAccount } from "./change-account";
import { createAccount } from "./new-account";
import {
  NewPortalAccount,
  PortalAccount,
  PortalAccountChange,
  PortalAccountPage,
  PortalAccountQuery,
} from "./schema";

const tag = "Portal accounts";
const who = "portal-account.manage";

/** Accounts of candidates, for admins. */
export const portalAccountsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Accounts of candidates in the portal, the newest first",
      tag,
      who,
      answers: { 200: PortalAccountPage },
      errors: [422],
    }),
    query(PortalAccountQuery),
    async (c) => answerRead(c, await listAccounts(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Make an account for a candidate, who is mailed how to log in",
      tag,
      who,
      answers: { 201: PortalAccount },
      errors: [404, 409, 422],
    }),
    body(NewPortalAccount),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createAccount(ctx, c.req.valid("json")),
        (account) => ({
          status: 201,
          body: account,
          location: `/api/admin/candidate-portal-users/${account.id}`,
          version: account.version,
        }),
      ),
  )
  .put(
    "/:id",
    endpoint({
      summary: "Change an account, or let it log in or not",
      tag,
      who,
      answers: { 200: PortalAccount },
      errors: [404, 409, 412, 422],
    }),
    body(PortalAccountChange),
    async (c) => {
      const account = await changeAccount(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${account.version}"`);
      return c.json(account);
    },
  )
  .delete(
    "/:id",
    endpoint({
      summary: "Take an account away; the candidate stays",
      tag,
      who,
      answers: { 204: null },
      errors: [404, 409],
    }),
    async (c) => {
      await removeAccount(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/:id/reset-password",
    endpoint({
      summary: "Mail a new first password; every session of the account ends",
      tag,
      who,
      answers: { 200: PortalAccount },
      errors: [404, 409],
    }),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => resetAccount(ctx, c.req.param("id")),
        (account) => ({ status: 200, body: account, version: account.version }),
      ),
  );
