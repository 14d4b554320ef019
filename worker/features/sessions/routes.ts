import { type Context, Hono } from "hono";
import { z } from "zod";
import { answer, answerRead } from "../../http/answer";
import { authenticate, authorize, ctxOf } from "../../http/authenticate";
import { clearSession, isSameOrigin, refreshCookie, setSession } from "../../http/cookies";
import { ctxFor, endpoint, sessionFor } from "../../http/endpoint";
import { outsideCtx } from "../../http/outside";
import type { HttpEnv } from "../../http/types";
import { body } from "../../http/validate";
import { visitorOf } from "../../http/visitor";
import { DomainError } from "../../lib/errors";
import { resolveOrganization } from "../organizations/organizations";
import {
  type Asked,
  changePassword,
  confirmReset,
  requestReset,
  resendVerification,
  takeResetTurn,
  verifyEmail,
} from "../users/passwords";
import { namesOf, register } from "../users/register";
import { Me, MeChange } from "../users/schema";
import { createUser, getMe, updateMe } from "../users/users";
import type { Role } from "../users/words";
import { login, takeTurn } from "./login";
import { newOneTimeToken } from "./one-time";
import {
  LiveTicket,
  Login,
  OpenSessionPage,
  PasswordChange,
  Refresh,
  Registered,
  Registration,
  ResetConfirm,
  ResetRequest,
  Session,
  VerifyEmail,
} from "./schema";
import { endSession, listSessions, logout, refreshSession } from "./sessions";

const tag = "Session";
const Accepted = z.object({ accepted: z.literal(true) });

const accepted = () => ({
  status: 202 as const,
  body: { accepted: true } satisfies z.infer<typeof Accepted>,
});
const nothing = () => ({ status: 204 as const });

/** A public request whose organization only its secret tells. */
const asked = (c: Context<HttpEnv>): Asked => ({
  requestId: c.get("requestId"),
  after: (work) => c.executionCtx.waitUntil(work),
});

/** Registers by one's own wish, or, for an admin, a user of the team. */
async function handleRegister(c: Context<HttpEnv>, input: z.infer<typeof Registration>) {
  const role = input.role ?? "agent";
  if (role !== "agent" && role !== "candidate") {
    const session = await authenticate(c);
    if (!session) {
      throw new DomainError("denied", "Only an admin makes accounts of the team. Ask one to invite you.");
    }
    authorize(session, "user.manage", false);
    if (role === "client_user")
      throw new DomainError("invalid", "Client users are made at their client.", {
        errors: [{ path: "role", message: "Make client users at their client." }],
      });
    c.set("session", session);
    const names = namesOf(input);
    return await answer(
      c,
      ctxOf(c, session),
      (ctx) =>
        createUser(ctx, {
          email: input.email,
          name: `${names.firstName} ${names.lastName}`.trim(),
          role,
          password: input.password,
          ...(input.phone ? { phone: input.phone } : {}),
          ...(input.mustChangePassword === undefined ? {} : { mustChangePassword: input.mustChangePassword }),
        }),
      (user) => ({ status: 201, body: { user }, location: `/api/users/${user.id}` }),
    );
  }
  await takeTurn(c.env, "registrations", visitorOf(c).address);
  const organization = await resolveOrganization(c.env, new URL(c.req.url).hostname, input.org);
  return await answer(
    c,
    outsideCtx(c, organization.id),
    (ctx) => register(ctx, { ...input, role }, visitorOf(c)),
    ({ session, agent }) => ({
      status: 201,
      body: { user: session.user, ...(agent ? { agent } : {}), ...tokensOf(session) },
      location: agent ? `/api/agents/${agent.id}` : "/api/auth/me",
      session: tokensOf(session),
    }),
  );
}

const tokensOf = ({ accessToken, refreshToken, expiresIn }: Session) => ({
  accessToken,
  refreshToken,
  expiresIn,
});

async function handleLogin(c: Context<HttpEnv>, input: z.infer<typeof Login>, roles?: readonly Role[]) {
  const session = await login(c.env, input, visitorOf(c), {
    requestId: c.get("requestId"),
    after: (work) => c.executionCtx.waitUntil(work),
    ...(roles ? { roles } : {}),
  });
  setSession(c, session);
  return c.json(session);
}

export const auth = new Hono<HttpEnv>()
  .post(
    "/register",
    endpoint({
      summary: "Register as an agent or candidate; admins make users of the team",
      tag,
      who: "public",
      answers: { 201: Registered },
      errors: [409, 422, 429],
    }),
    body(Registration),
    (c) => handleRegister(c, c.req.valid("json")),
  )
  .post(
    "/login",
    endpoint({
      summary: "Log in",
      tag,
      who: "public",
      answers: { 200: Session },
      errors: [422, 429],
      unkeyed: true,
    }),
    body(Login),
    (c) => handleLogin(c, c.req.valid("json")),
  )
  .post(
    "/refresh",
    endpoint({
      summary: "Exchange the refresh token for the next tokens",
      tag,
      who: "public",
      answers: { 200: Session },
      errors: [422],
      unkeyed: true,
    }),
    body(Refresh),
    async (c) => {
      const sent = c.req.valid("json").refreshToken;
      const cookie = sent === undefined ? refreshCookie(c) : undefined;
      if (cookie !== undefined && !isSameOrigin(c)) {
        throw new DomainError("denied", "This request came from another site, so its cookies don't count.");
      }
      const token = sent ?? cookie;
      if (token === undefined) {
        // What is left of a session whose refresh token the browser has dropped.
        if (isSameOrigin(c)) clearSession(c);
        throw new DomainError("unauthenticated", "Send the refresh token.");
      }
      try {
        const session = await refreshSession(c.env, token, c.get("requestId"));
        if (cookie !== undefined) setSession(c, session);
        return c.json(session);
      } catch (error) {
        if (cookie !== undefined && error instanceof DomainError && error.code === "unauthenticated")
          clearSession(c);
        throw error;
      }
    },
  )
  .post(
    "/logout",
    endpoint({
      summary: "End this session on this device",
      tag,
      who: "session",
      answers: { 204: null },
      evenWithOldPassword: true,
      unkeyed: true,
    }),
    async (c) => {
      await logout(ctxFor(c), sessionFor(c).id);
      clearSession(c);
      return c.body(null, 204);
    },
  )
  .get(
    "/me",
    endpoint({
      summary: "Who am I, and what may I do",
      tag,
      who: "session",
      answers: { 200: Me },
      evenWithOldPassword: true,
    }),
    async (c) => answerRead(c, await getMe(ctxFor(c), sessionFor(c).id)),
  )
  .patch(
    "/me",
    endpoint({ summary: "Change my own profile", tag, who: "session", answers: { 200: Me }, errors: [422] }),
    body(MeChange),
    async (c) => c.json(await updateMe(ctxFor(c), c.req.valid("json"), sessionFor(c).id)),
  )
  .post(
    "/change-password",
    endpoint({
      summary: "Change my password; my other sessions end",
      tag,
      who: "session",
      answers: { 204: null },
      errors: [422, 429],
      evenWithOldPassword: true,
    }),
    body(PasswordChange),
    (c) => answer(c, ctxFor(c), (ctx) => changePassword(ctx, c.req.valid("json"), sessionFor(c).id), nothing),
  )
  .get(
    "/sessions",
    endpoint({ summary: "Where I am logged in", tag, who: "session", answers: { 200: OpenSessionPage } }),
    async (c) => answerRead(c, { data: await listSessions(ctxFor(c), sessionFor(c).id), nextCursor: null }),
  )
  .delete(
    "/sessions/:id",
    endpoint({
      summary: "End one of my sessions",
      tag,
      who: "session",
      answers: { 204: null },
      errors: [404],
    }),
    async (c) => {
      await endSession(ctxFor(c), c.req.param("id"));
      return c.body(null, 204);
    },
  )
  .post(
    "/password-reset",
    endpoint({
      summary: "Mail me a link to choose a new password; the answer is always the same",
      tag,
      who: "public",
      answers: { 202: Accepted },
      errors: [422, 429],
    }),
    body(ResetRequest),
    async (c) => {
      const after = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
      const ask = async () => {
        await takeResetTurn(c.env, visitorOf(c).address);
        after(requestReset(c.env, c.req.valid("json"), after));
      };
      return await answer(c, {}, ask, accepted);
    },
  )
  .post(
    "/password-reset/confirm",
    endpoint({
      summary: "Choose a password by a mailed link or an invitation",
      tag,
      who: "public",
      answers: { 204: null },
      errors: [422],
    }),
    body(ResetConfirm),
    (c) => answer(c, asked(c), (by) => confirmReset(c.env, c.req.valid("json"), by), nothing),
  )
  .post(
    "/verify-email",
    endpoint({
      summary: "Confirm an e-mail address by its mailed link",
      tag,
      who: "public",
      answers: { 204: null },
      errors: [422],
    }),
    body(VerifyEmail),
    (c) => answer(c, asked(c), (by) => verifyEmail(c.env, c.req.valid("json").token, by), nothing),
  )
  .post(
    "/verify-email/resend",
    endpoint({
      summary: "Mail the confirmation link again",
      tag,
      who: "session",
      answers: { 202: Accepted },
      errors: [429],
    }),
    (c) => answer(c, ctxFor(c), resendVerification, accepted),
  );

/** The candidate's door to the same users and sessions. */
export const candidatePortal = new Hono<HttpEnv>()
  .post(
    "/register",
    endpoint({
      summary: "Register as a candidate",
      tag,
      who: "public",
      answers: { 201: Registered },
      errors: [409, 422, 429],
    }),
    body(Registration),
    (c) => handleRegister(c, { ...c.req.valid("json"), role: "candidate" }),
  )
  .post(
    "/login",
    endpoint({
      summary: "Log in as a candidate",
      tag,
      who: "public",
      answers: { 200: Session },
      errors: [422, 429],
      unkeyed: true,
    }),
    body(Login),
    (c) => handleLogin(c, c.req.valid("json"), ["candidate"]),
  )
  .post(
    "/change-password",
    endpoint({
      summary: "Change my password; my other sessions end",
      tag,
      who: "candidate.portal",
      answers: { 204: null },
      errors: [422, 429],
      evenWithOldPassword: true,
    }),
    body(PasswordChange),
    (c) => answer(c, ctxFor(c), (ctx) => changePassword(ctx, c.req.valid("json"), sessionFor(c).id), nothing),
  )
  .get(
    "/me",
    endpoint({
      summary: "Who am I",
      tag,
      who: "candidate.portal",
      answers: { 200: Me },
      evenWithOldPassword: true,
    }),
    async (c) => answerRead(c, await getMe(ctxFor(c), sessionFor(c).id)),
  );

export const liveTicket = new Hono<HttpEnv>().post(
  "/",
  endpoint({
    summary: "A ticket that opens one live socket within 30 seconds",
    tag: "Live",
    who: "session",
    answers: { 201: LiveTicket },
    unkeyed: true,
  }),
  async (c) => {
    const ctx = ctxFor(c);
    const session = sessionFor(c);
    const { token, write } = await newOneTimeToken(ctx, {
      userId: session.userId,
      purpose: "live",
      sessionId: session.id,
    });
    await ctx.db.write([write]);
    return c.json({ ticket: token, expiresIn: 30 }, 201);
  },
);
