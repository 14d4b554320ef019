import { Hono } from "hono";
import { answer, answerOne, answerRead } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, query } from "../../http/validate";
import { getAccount, listAccounts } from "./accounts";
import { changeAccount, removeAccount, resetAccount } from "./change-account";
import { getCandidateHome } from "./home";
import { createAccount } from "./new-account";
import { getOwn, listOwn } from "./own-applications";
import { getOwnProfile, updateOwnProfile } from "./profile";
import {
  CandidateHome,
  NewPortalAccount,
  OwnApplicationDetail,
  OwnApplicationPage,
  OwnProfile,
  OwnProfileChange,
  PortalAccount,
  PortalAccountChange,
  PortalAccountPage,
  PortalAccountQuery,
} from "./schema";

const tag = "Portal accounts";
const who = "portal-account.manage";
const own = { tag: "Candidate's portal", who: "candidate.portal" } as const;

/** What a candidate has in the portal: their own, in the words that are meant for them. */
export const portalRoutes = new Hono<HttpEnv>()
  .get(
    "/home",
    endpoint({
      ...own,
      summary: "Where I stand, what is next for me, and what waits on whom",
      answers: { 200: CandidateHome },
    }),
    async (c) => answerRead(c, await getCandidateHome(ctxFor(c))),
  )
  .get(
    "/applications",
    endpoint({ ...own, summary: "My applications, the newest first", answers: { 200: OwnApplicationPage } }),
    async (c) => answerRead(c, await listOwn(ctxFor(c))),
  )
  .get(
    "/applications/:id",
    endpoint({
      ...own,
      summary: "One of my applications: its way, what is asked of me, what I sent",
      answers: { 200: OwnApplicationDetail },
      errors: [404],
    }),
    async (c) => answerOne(c, await getOwn(ctxFor(c), c.req.param("id"))),
  )
  .get(
    "/profile",
    endpoint({ ...own, summary: "My profile", answers: { 200: OwnProfile }, errors: [404] }),
    async (c) => answerOne(c, await getOwnProfile(ctxFor(c))),
  )
  .patch(
    "/profile",
    endpoint({
      ...own,
      summary: "Change my profile",
      answers: { 200: OwnProfile },
      errors: [404, 409, 412, 422],
    }),
    body(OwnProfileChange),
    async (c) => {
      const profile = await updateOwnProfile(ctxFor(c), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${profile.version}"`);
      return c.json(profile);
    },
  );

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
  .get(
    "/:id",
    endpoint({ summary: "One account", tag, who, answers: { 200: PortalAccount }, errors: [404] }),
    async (c) => answerOne(c, await getAccount(ctxFor(c), c.req.param("id"))),
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
