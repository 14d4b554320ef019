import { type Ctx, userOf } from "../../events/context";
import { interviewEvent, refused, withInterview, writeInterview } from "./change";
import { meanRating, type OneInterview } from "./interviews";
import type { Decision, Interview, InterviewFeedback } from "./schema";
import type { Feedback, interviews } from "./table";
import { FEEDBACK_IN } from "./words";

/** What the caller says of an interview, in the place of what they said before; nothing where they say nothing. */
export function feedbackBy(
  ctx: Ctx,
  now: OneInterview,
  { feedback: text, rating }: Decision,
): Partial<Pick<typeof interviews.$inferSelect, "feedback" | "rating">> {
  if (text === undefined && rating === undefined) return {};
  const { id: userId, role } = userOf(ctx);
  const before = now.feedback.find((one) => one.userId === userId);
  const own: Feedback = {
    userId,
    text: text ?? before?.text ?? null,
    rating: rating ?? before?.rating ?? null,
    byClient: role === "client_user",
    at: ctx.now(),
  };
  const feedback = [...now.feedback.filter((one) => one.userId !== userId), own];
  return { feedback, rating: meanRating(feedback) };
}

/**
 * Keeps what the caller says of an interview; each person has a word of their own.
 * @throws DomainError `not-found`, `conflict` before there is a time and after it was called off, `outdated`
 */
export function giveFeedback(
  ctx: Ctx,
  id: string,
  said: InterviewFeedback,
  ifVersion?: number,
): Promise<Interview> {
  return withInterview(ctx, id, ifVersion, (now) => {
    if (!(FEEDBACK_IN as readonly string[]).includes(now.status)) {
      throw refused(ctx, `This interview is "${now.status}", so there is nothing to say of it yet.`, now);
    }
    return writeInterview(ctx, now, {
      set: feedbackBy(ctx, now, said),
      events: (next) => [interviewEvent("interview.updated", next)],
      audit: { action: "INTERVIEW_FEEDBACK", metadata: { rating: said.rating ?? null } },
    });
  });
}
