import { z } from "zod";
import { Email } from "../../http/shapes";
import { candidateFields } from "../candidates/schema";

// What the generic portal sends. Fields that aren't here are kept in the raw body and mean nothing to us.

const filled = (value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null && one !== ""))
    : value;
/** An object whose empty fields are fields that weren't sent: a portal that doesn't know a thing changes nothing. */
const loose = <S extends z.ZodRawShape>(shape: S) => z.preprocess(filled, z.object(shape));

/** An id of theirs: numbers are taken as they are written. */
const ExternalId = z
  .union([z.string(), z.number()])
  .transform((id) => String(id).trim())
  .pipe(z.string().min(1).max(200));
const Moment = z.iso.datetime({ offset: true }).transform((time) => Date.parse(time));
const Score = z.coerce.number<number | string>().min(-1_000_000).max(1_000_000);
const words = (most: number) => z.string().trim().min(1).max(most);

const ids = { email: Email.optional(), externalId: ExternalId.optional() };
const Somebody = loose(ids).refine(
  ({ email, externalId }) => email !== undefined || externalId !== undefined,
  "Name the person by email or externalId.",
);

const about = {
  candidate: Somebody,
  jobId: words(80).optional(),
  externalJobId: ExternalId.optional(),
};
/** Whom and which job every event names. */
export const About = loose(about);
export type About = z.infer<typeof About>;

/** A profile to take over. */
export const ProfileData = loose({ ...about, candidate: loose({ ...candidateFields, ...ids }) });
export type ProfileData = z.infer<typeof ProfileData>;

export const StatusData = loose({ ...about, status: words(100) });

export const AssessmentData = loose({
  ...about,
  assessment: loose({
    type: words(100),
    status: words(60).default("completed"),
    score: Score.optional(),
    maxScore: Score.optional(),
    recommendation: words(100).optional(),
    summary: words(20_000).optional(),
    completedAt: Moment.optional(),
    externalId: ExternalId.optional(),
  }),
});

export const ScreeningData = loose({
  ...about,
  screening: loose({
    score: Score.optional(),
    maxScore: Score.optional(),
    recommendation: words(100).optional(),
    summary: words(20_000).optional(),
    status: words(60).default("completed"),
    completedAt: Moment.optional(),
    externalId: ExternalId.optional(),
  }),
});

export const InterviewData = loose({
  ...about,
  interview: loose({
    externalId: ExternalId.optional(),
    start: Moment,
    end: Moment.optional(),
    timeZone: words(60).optional(),
    meetingLink: z
      .url({ protocol: /^https?$/ })
      .max(1000)
      .optional(),
  }),
});

export const DocumentData = loose({
  ...about,
  document: loose({ type: words(60), fileName: words(255), url: words(2000) }),
});

export const OfferData = loose({
  ...about,
  offer: loose({ externalId: ExternalId.optional(), status: words(60).optional() }).optional(),
});

/** Agents are known here by their address alone; the step is named by its id or key. */
export const OnboardingData = loose({ agent: loose({ email: Email }), step: words(60) });
