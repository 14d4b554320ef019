import type { Context } from "hono";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import type { Ctx } from "../../events/context";
import { answer, answerOne, answerRead } from "../../http/answer";
import { authenticate, authorize, ctxOf } from "../../http/authenticate";
import { ctxFor, type Endpoint, endpoint } from "../../http/endpoint";
import { outsideCtx } from "../../http/outside";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch, optionalBody, query } from "../../http/validate";
import { DomainError } from "../../lib/errors";
import { statusCookie, useStatusLink } from "../status/links";
import { bookSlot } from "./book";
import { createInterview } from "./create";
import { initiateHiring, passInterview, rejectInterview } from "./decide";
import { giveFeedback } from "./feedback";
import { getInterview, interviewHistory, listInterviews } from "./interviews";
import {
  Cancellation,
  CandidateInterview,
  Decision,
  Interview,
  InterviewChange,
  InterviewDetail,
  InterviewFeedback,
  InterviewHistory,
  InterviewListQuery,
  InterviewPage,
  InterviewStats,
  InterviewStatsQuery,
  NewInterview,
  Rejection,
  SlotChoice,
} from "./schema";
import { interviewStats } from "./stats";
import { cancelInterview, markCompleted, markNoShow, sendInvite } from "./steps";
import { updateInterview } from "./update";

const tag = "Interviews";

const shown = (interview: Interview) => ({
  status: 200 as const,
  body: interview,
  version: interview.version,
});
/** Answers one step of an interview. */
const step = (c: Context<HttpEnv>, run: (ctx: Ctx, id: string, ifVersion?: number) => Promise<Interview>) =>
  answer(c, ctxFor(c), (ctx) => run(ctx, c.req.param("id") ?? "", ifMatch(c)), shown);

const act = (summary: string, who: Endpoint["who"] = "interview.write"): Endpoint => ({
  summary,
  tag,
  who,
  answers: { 200: Interview },
  errors: [404, 409, 412, 422],
});

export const interviewsRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({
      summary: "Interviews, the newest first; what is booked the soonest first",
      tag,
      who: "interview.list",
      answers: { 200: InterviewPage },
      errors: [422],
    }),
    query(InterviewListQuery),
    async (c) => answerRead(c, await listInterviews(ctxFor(c), c.req.valid("query"))),
  )
  .post(
    "/",
    endpoint({
      summary: "Set up the next round of an application and ask the candidate for a time",
      tag,
      who: "interview.write",
      answers: { 201: Interview },
      errors: [404, 409, 422],
    }),
    body(NewInterview),
    (c) =>
      answer(
        c,
        ctxFor(c),
        (ctx) => createInterview(ctx, c.req.valid("json")),
        (interview) => ({
          status: 201,
          body: interview,
          location: `/api/interviews/${interview.id}`,
          version: interview.version,
        }),
      ),
  )
  .get(
    "/stats/pipeline",
    endpoint({
      summary: "How many interviews stand in which status",
      tag,
      who: "interview.list",
      answers: { 200: InterviewStats },
      errors: [422],
    }),
    query(InterviewStatsQuery),
    async (c) => {
      const { from } = c.req.valid("query");
      return answerRead(
        c,
        await interviewStats(ctxFor(c), from === undefined ? undefined : Date.parse(from)),
      );
    },
  )
  .get(
    "/:id",
    endpoint({
      summary: "One interview with its people and what they said",
      tag,
      who: "interview.read",
      answers: { 200: InterviewDetail },
      errors: [404],
    }),
    async (c) => answerOne(c, await getInterview(ctxFor(c), c.req.param("id"))),
  )
  .put(
    "/:id",
    endpoint(act("Change an interview; new times ask the candidate again")),
    body(InterviewChange),
    async (c) => {
      const interview = await updateInterview(ctxFor(c), c.req.param("id"), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${interview.version}"`);
      return c.json(interview);
    },
  )
  .post(
    "/:id/book-slot",
    endpoint({
      summary: "Choose one of the proposed times, with a session or by the personal link of the application",
      tag,
      who: "public",
      answers: { 200: Interview.or(CandidateInterview) },
      errors: [404, 409, 412, 422],
    }),
    body(SlotChoice),
    async (c) => {
      const { slotId, token } = c.req.valid("json");
      const id = c.req.param("id");
      if (token !== undefined) return await bookByLink(c, id, slotId, token);
      const session = await authenticate(c);
      if (!session) {
        throw new DomainError("unauthenticated", "Log in, or open the link that we mailed you.");
      }
      authorize(session, "interview.book", false);
      c.set("session", session);
      const ifVersion = ifMatch(c);
      return await answer(c, ctxOf(c, session), (ctx) => bookSlot(ctx, id, { slotId, ifVersion }), shown);
    },
  )
  .post("/:id/send-invite", endpoint(act("Send the calendar invitation")), (c) => step(c, sendInvite))
  .post("/:id/mark-completed", endpoint(act("Say that it took place")), optionalBody(Decision), (c) =>
    step(c, (ctx, id, ifVersion) => markCompleted(ctx, id, c.req.valid("json"), ifVersion)),
  )
  .post("/:id/mark-no-show", endpoint(act("Say that the candidate did not come")), (c) => step(c, markNoShow))
  .post("/:id/cancel", endpoint(act("Call it off")), optionalBody(Cancellation), (c) =>
    step(c, (ctx, id, ifVersion) => cancelInterview(ctx, id, c.req.valid("json").reason, ifVersion)),
  )
  .post(
    "/:id/move-to-next-round",
    endpoint(act("The round is passed: the next one can be set up", "interview.decide")),
    optionalBody(Decision),
    (c) => step(c, (ctx, id, ifVersion) => passInterview(ctx, id, c.req.valid("json"), ifVersion)),
  )
  .post(
    "/:id/reject",
    endpoint(act("The round is failed: reject the application", "interview.decide")),
    optionalBody(Rejection),
    (c) => step(c, (ctx, id, ifVersion) => rejectInterview(ctx, id, c.req.valid("json"), ifVersion)),
  )
  .post(
    "/:id/initiate-hiring",
    endpoint(act("The round is passed: hire", "interview.decide")),
    optionalBody(Decision),
    (c) => step(c, (ctx, id, ifVersion) => initiateHiring(ctx, id, c.req.valid("json"), ifVersion)),
  )
  .post(
    "/:id/feedback",
    endpoint(act("Say how it went; each person has a word of their own", "interview.decide")),
    body(InterviewFeedback),
    (c) => step(c, (ctx, id, ifVersion) => giveFeedback(ctx, id, c.req.valid("json"), ifVersion)),
  );

/** A personal link is good for one application, in the browser that keeps it. */
async function bookByLink(c: Context<HttpEnv>, id: string, slotId: string, token: string): Promise<Response> {
  const browser = getCookie(c, await statusCookie(token)) ?? null;
  const { orgId, applicationId } = await useStatusLink(c.env, token, browser, c.get("meter"));
  const ctx: Ctx = { ...outsideCtx(c, orgId), actor: { kind: "system", id: "personal-link" } };
  return await answer(
    c,
    ctx,
    (own) => bookSlot(own, id, { slotId, applicationId }),
    (interview) => ({
      status: 200,
      body: {
        id: interview.id,
        round: interview.round,
        roundName: interview.roundName,
        state: "booked",
        mode: interview.interviewMode,
        durationMinutes: interview.interviewDuration,
        timeZone: interview.timeZone,
        slots: [],
        start: interview.scheduledStartTime,
        end: interview.scheduledEndTime,
        location: interview.location,
        meetingLink: interview.meetingLink,
        instructions: interview.additionalInstructions,
        interviewers: [],
      } satisfies CandidateInterview,
    }),
  );
}

/** The rounds of one candidate; stands under their own path. */
export const candidateInterviewsRoutes = new Hono<HttpEnv>().get(
  "/:id/interview-history",
  endpoint({
    summary: "All interview rounds of a candidate",
    tag,
    who: "interview.list",
    answers: { 200: InterviewHistory },
    errors: [404],
  }),
  async (c) => answerRead(c, await interviewHistory(ctxFor(c), c.req.param("id"))),
);
