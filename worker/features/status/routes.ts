import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { renderStatus } from "#careers/status";
import { renderLinkSent, renderNoLink } from "#careers/status-gone";
import { answer, answerRead } from "../../http/answer";
import { isSameOrigin } from "../../http/cookies";
import { endpoint } from "../../http/endpoint";
import { outsideCtx } from "../../http/outside";
import type { HttpEnv } from "../../http/types";
import { body, query } from "../../http/validate";
import { visitorOf } from "../../http/visitor";
import { clock } from "../../lib/clock";
import { addressBucket, rules, takeLimit } from "../../lib/counter";
import { DomainError } from "../../lib/errors";
import { newSecret } from "../../lib/ids";
import { sha256Hex } from "../../lib/keys";
import { connectApplicant } from "../../live/connect";
import { pageAnswer } from "../careers/send";
import { STATUS_STYLE } from "../careers/style";
import { bookSlot } from "../interviews/book";
import { interviewsOf } from "../interviews/for-candidate";
import { resolveOrganization } from "../organizations/organizations";
import { slotOf } from "./booking-body";
import { isSecret, noSuchLink, STATUS_LINK_DAYS, statusCookie, useStatusLink } from "./links";
import { RESENT, resendByEmail, resendByLink, takeLinkTurn } from "./resend";
import { ApplicationStatus, LinkRequest, LinkRequested, StatusQuery } from "./schema";
import { readAccess, readStatus } from "./status";
import { presentForPrograms, presentStatus } from "./view";
import { withdrawByLink } from "./withdraw";

/** A page behind a secret: kept by nobody on the way, and its address told to nobody. */
const SECRET = { "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow" };

const COOKIE = { path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;

/** The secret by which this browser shows that a link is its own, or null before it was given one. */
async function browserOf(c: Context<HttpEnv>, token: string): Promise<string | null> {
  return getCookie(c, await statusCookie(token)) ?? null;
}

/** The application behind a link, for what is done by it. @throws DomainError `not-found` */
async function accessOf(c: Context<HttpEnv>) {
  const token = c.req.param("token") ?? "";
  if (!isSecret(token)) throw noSuchLink();
  return await useStatusLink(c.env, token, await browserOf(c, token), c.get("meter"));
}

/**
 * What everybody sees who has no link that opens: the same for one that never was, is too old, or is another
 * browser's. Whoever tries many is asked to wait.
 */
async function noLink(c: Context<HttpEnv>, token: string): Promise<Response> {
  await takeWrongLink(c);
  const path = `/status/${isSecret(token) ? token : "unknown"}`;
  return await pageAnswer(renderNoLink({ path }, STATUS_STYLE), { status: 404, headers: SECRET });
}

/** Counts a link that doesn't open. @throws DomainError `rate-limited` */
async function takeWrongLink(c: Context<HttpEnv>): Promise<void> {
  const key = addressBucket(visitorOf(c).address ?? "");
  const taken = await takeLimit(c.env, "wrongLinks", key, rules(c.env.MODE).wrongLinks, clock.now());
  if (!taken.allowed) {
    throw new DomainError(
      "rate-limited",
      "Too many links that don't open. Wait a little and try again.",
      taken,
    );
  }
}

const back = (c: Context<HttpEnv>) => c.redirect(`/status/${c.req.param("token")}`, 303);

/**
 * The pages behind personal links. Nothing here is guarded against requests from other sites: they would have
 * to know the secret, which stands in the path.
 */
export const statusPages = new Hono<HttpEnv>()
  .get("/:token", async (c) => {
    const token = c.req.param("token");
    if (!isSecret(token)) return await noLink(c, token);
    const browser = await browserOf(c, token);
    // The script looks without keeping the link: what a mail service opens to look at it keeps nothing.
    const keep = c.req.header("x-look") === undefined;
    const rows = await readStatus(c.env, { token, browser, keep }, c.get("meter"));
    if (!rows) return await noLink(c, token);
    if (browser === null) {
      const maxAge = STATUS_LINK_DAYS * 24 * 60 * 60;
      setCookie(c, await statusCookie(token), newSecret(), { ...COOKIE, maxAge });
    }
    const ctx = outsideCtx(c, rows.organization.id);
    const interviews = rows.hasInterviews ? await interviewsOf(ctx, rows.row.id) : [];
    const page = renderStatus(presentStatus(c.env, token, rows, interviews), STATUS_STYLE);
    const etag = `"${(await sha256Hex(page.html)).slice(0, 32)}"`;
    if (c.req.header("if-none-match") === etag) return c.body(null, 304, { etag, ...SECRET });
    const made = await pageAnswer(page, { headers: { ...SECRET, etag } });
    return c.newResponse(made.body, made);
  })
  .get("/:token/live", async (c) => {
    const token = c.req.param("token");
    if (c.req.header("origin") !== undefined && !isSameOrigin(c)) {
      throw new DomainError("denied", "This socket was opened from another site.");
    }
    const access = isSecret(token)
      ? await readAccess(c.env, token, await browserOf(c, token), c.get("meter"))
      : null;
    if (!access) throw noSuchLink();
    return await connectApplicant(c, access);
  })
  .post("/:token/keep", async (c) => {
    await accessOf(c);
    return c.body(null, 204, SECRET);
  })
  .post("/:token/withdraw", async (c) => {
    const { orgId, applicationId } = await accessOf(c);
    await withdrawByLink(outsideCtx(c, orgId), applicationId);
    return back(c);
  })
  .post("/:token/interviews/:id/book", async (c) => {
    const { orgId, applicationId } = await accessOf(c);
    const slotId = await slotOf(c);
    if (slotId !== null) await bookSlot(outsideCtx(c, orgId), c.req.param("id"), { slotId, applicationId });
    return back(c);
  })
  .post("/:token/renew", async (c) => {
    await takeLinkTurn(c.env, visitorOf(c).address);
    const after = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
    after(resendByLink(c.env, c.req.param("token"), after));
    return await pageAnswer(renderLinkSent(STATUS_STYLE), { headers: SECRET });
  });

/** The same for programs and other pages, by e-mail address. */
export const linkRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "How an application stands, by its personal link's secret",
      tag: "Applications",
      who: "public",
      answers: { 200: ApplicationStatus },
      errors: [404, 422, 429],
    }),
    query(StatusQuery),
    async (c) => {
      const { token } = c.req.valid("query");
      const browser = await browserOf(c, token);
      const rows = isSecret(token)
        ? await readStatus(c.env, { token, browser, keep: false }, c.get("meter"))
        : null;
      if (!rows) {
        await takeWrongLink(c);
        throw noSuchLink();
      }
      c.header("cache-control", "private, no-store");
      return await answerRead(c, presentForPrograms(presentStatus(c.env, token, rows)));
    },
  )
  .post(
    "/resend",
    endpoint({
      summary: "Mail me a new link to my application; the answer is always the same",
      tag: "Applications",
      who: "public",
      answers: { 202: LinkRequested },
      errors: [422, 429],
    }),
    body(LinkRequest),
    async (c) => {
      const { org, ...input } = c.req.valid("json");
      await takeLinkTurn(c.env, visitorOf(c).address);
      const organization = await resolveOrganization(c.env, new URL(c.req.url).hostname, org);
      const ctx = outsideCtx(c, organization.id);
      return await answer(
        c,
        ctx,
        // After the answer, so that its time tells nothing.
        async (own) => own.after(resendByEmail({ ...ctx, answer: undefined }, input)),
        () => ({ status: 202, body: { accepted: true, message: RESENT } satisfies LinkRequested }),
      );
    },
  );
