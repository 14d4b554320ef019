import { z } from "zod";
import { pageOf, pageQuery, Time } from "../../http/shapes";
import { STATUS_WORDS } from "../pipelines/words";
import {
  INTERVIEW_MODES,
  INTERVIEW_STATUSES,
  INTERVIEW_VIEWS,
  MAX_MINUTES,
  MIN_MINUTES,
  MOST_INTERVIEWERS,
  MOST_SLOTS,
} from "./words";

const ProposedSlot = z.object({ id: z.string(), start: Time, end: Time });

/** One round for one application, with document 002's fields. */
export const Interview = z
  .object({
    id: z.string(),
    applicationId: z.string(),
    candidateId: z.string(),
    candidateName: z.string(),
    jobId: z.string(),
    jobTitle: z.string(),
    clientId: z.string(),
    interviewRound: z.number().int(),
    roundName: z.string().nullable(),
    interviewStatus: z.enum(INTERVIEW_STATUSES),
    /** The same as `interviewRound` and `interviewStatus`, under the names that events have for them. */
    round: z.number().int(),
    status: z.enum(INTERVIEW_STATUSES),
    interviewMode: z.enum(INTERVIEW_MODES),
    /** Minutes. */
    interviewDuration: z.number().int(),
    /** The zone that the times were meant in, an IANA name. */
    timeZone: z.string(),
    proposedSlots: z.array(ProposedSlot),
    selectedSlotId: z.string().nullable(),
    scheduledStartTime: Time.nullable(),
    scheduledEndTime: Time.nullable(),
    interviewerIds: z.array(z.string()),
    location: z.string().nullable(),
    meetingLink: z.string().nullable(),
    additionalInstructions: z.string().nullable(),
    inviteSent: z.boolean(),
    inviteSentBy: z.string().nullable(),
    /** What was said last; all of it stands in the detail. Null for the candidate. */
    feedback: z.string().nullable(),
    /** The mean of what its interviewers gave, 1 to 5. Null for the candidate. */
    rating: z.number().int().nullable(),
    /** For the team only. */
    decisionReason: z.string().nullable(),
    noShowFlag: z.boolean(),
    noShowCount: z.number().int(),
    hiringInitiated: z.boolean(),
    version: z.number().int(),
    createdBy: z.string().nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Interview" });
export type Interview = z.infer<typeof Interview>;
export const InterviewPage = pageOf(Interview);

export const InterviewDetail = Interview.extend({
  pipelineId: z.string(),
  /** Document 002's word for where the application stands by now. */
  applicationStatus: z.enum(STATUS_WORDS),
  interviewers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** What each person said; a client user reads what their own company wrote. */
  feedbacks: z.array(
    z.object({
      userId: z.string(),
      name: z.string(),
      feedback: z.string().nullable(),
      rating: z.number().int().nullable(),
      at: Time,
    }),
  ),
}).meta({ id: "InterviewDetail" });
export type InterviewDetail = z.infer<typeof InterviewDetail>;

/** The rounds of a candidate, of each application in their order. */
export const InterviewHistory = z
  .object({
    data: z.array(Interview),
    nextCursor: z.null(),
    /** The highest round so far; 0 before the first. */
    currentRound: z.number().int(),
  })
  .meta({ id: "InterviewHistory" });
export type InterviewHistory = z.infer<typeof InterviewHistory>;

/** How many interviews stand where. */
export const InterviewStats = z
  .object({
    total: z.number().int(),
    /** By status, all statuses. */
    statuses: z.record(z.enum(INTERVIEW_STATUSES), z.number().int()),
    today: z.number().int(),
    upcoming: z.number().int(),
    /** Held, and nobody has decided yet. */
    toDecide: z.number().int(),
  })
  .meta({ id: "InterviewStats" });
export type InterviewStats = z.infer<typeof InterviewStats>;

export const InterviewListQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(INTERVIEW_STATUSES).optional(),
  jobId: z.string().max(60).optional(),
  clientId: z.string().max(60).optional(),
  candidateId: z.string().max(60).optional(),
  applicationId: z.string().max(60).optional(),
  /** A user's id, or `me`: only what they hold. */
  interviewerId: z.string().max(60).optional(),
  /** `today` and `upcoming` are booked, the soonest first; `to_decide` was held; `waiting` for the candidate. */
  view: z.enum(INTERVIEW_VIEWS).optional(),
  /** Where `today` begins: the reader's midnight. */
  from: Time.or(z.iso.datetime({ offset: true })).optional(),
});

export const InterviewStatsQuery = z.strictObject({
  /** Where today begins: the reader's midnight. */
  from: Time.or(z.iso.datetime({ offset: true })).optional(),
});

const timeZone = z
  .string()
  .trim()
  .max(60)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, "Use the name of a time zone, like Europe/Berlin.");
const slots = z
  .array(
    z.strictObject({
      id: z.string().trim().min(1).max(60).optional(),
      start: Time.or(z.iso.datetime({ offset: true })),
      /** As long as the interview takes if left out. */
      end: Time.or(z.iso.datetime({ offset: true })).optional(),
    }),
  )
  .max(MOST_SLOTS, `Propose at most ${MOST_SLOTS} times.`);
const line = (most: number) => z.string().trim().max(most).nullable();
const fields = {
  interviewMode: z.enum(INTERVIEW_MODES),
  interviewDuration: z.number().int().min(MIN_MINUTES).max(MAX_MINUTES),
  timeZone,
  proposedSlots: slots,
  roundName: line(100),
  interviewerIds: z
    .array(z.string().max(60))
    .max(MOST_INTERVIEWERS)
    .refine((ids) => new Set(ids).size === ids.length, "Somebody is named twice."),
  location: line(500),
  meetingLink: z
    .url({ protocol: /^https?$/, error: "Write an address that begins with https://." })
    .max(1000)
    .nullable(),
  additionalInstructions: line(5000),
};

export const NewInterview = z
  .strictObject({
    applicationId: z.string().max(60).optional(),
    jobId: z.string().max(60).optional(),
    candidateId: z.string().max(60).optional(),
    /** The next one if left out; no other is possible. */
    interviewRound: z.number().int().min(1).max(100).optional(),
    interviewMode: fields.interviewMode.default("Video"),
    interviewDuration: fields.interviewDuration.default(45),
    timeZone: fields.timeZone.default("Asia/Kolkata"),
    proposedSlots: fields.proposedSlots.default([]),
    roundName: fields.roundName.default(null),
    /** Oneself if left out. */
    interviewerIds: fields.interviewerIds.optional(),
    location: fields.location.default(null),
    meetingLink: fields.meetingLink.default(null),
    additionalInstructions: fields.additionalInstructions.default(null),
    /** True keeps it from the candidate until it is changed to false. */
    draft: z.boolean().default(false),
    /** True where the one proposed time is agreed already: it is booked at once. */
    agreed: z.boolean().default(false),
  })
  .refine((input) => input.applicationId || (input.jobId && input.candidateId), {
    path: ["applicationId"],
    message: "Name the application, or the job and the candidate.",
  })
  .refine((input) => input.draft || input.proposedSlots.length > 0, {
    path: ["proposedSlots"],
    message: "Propose at least one time, or keep it as a draft.",
  })
  .refine((input) => !input.agreed || (!input.draft && input.proposedSlots.length === 1), {
    path: ["agreed"],
    message: "A time that is agreed is one time, and no draft.",
  });
export type NewInterview = z.infer<typeof NewInterview>;

export const InterviewChange = z
  .strictObject({ ...fields, draft: z.literal(false) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type InterviewChange = z.infer<typeof InterviewChange>;

export const SlotChoice = z.strictObject({
  slotId: z.string().min(1).max(60),
  /** The secret of a personal link, instead of a session. */
  token: z.string().max(200).optional(),
});

const text = z.string().trim().min(1).max(20_000);
const rating = z.number().int().min(1).max(5);
export const InterviewFeedback = z
  .strictObject({ feedback: text.optional(), rating: rating.optional() })
  .refine((input) => input.feedback !== undefined || input.rating !== undefined, {
    path: ["feedback"],
    message: "Write how it went, or give a rating.",
  });
export type InterviewFeedback = z.infer<typeof InterviewFeedback>;

export const Decision = z.strictObject({ feedback: text.optional(), rating: rating.optional() });
export type Decision = z.infer<typeof Decision>;
/** As a move to a rejected stage: the reason is told to the person by the stage's mail. */
export const Rejection = Decision.extend({ reason: z.string().trim().max(1000).optional() });
export type Rejection = z.infer<typeof Rejection>;
export const Cancellation = z.strictObject({ reason: z.string().trim().max(1000).optional() });

/** An interview as its candidate sees it: nothing of what the team thinks. */
export const CandidateInterview = z
  .object({
    id: z.string(),
    round: z.number().int(),
    roundName: z.string().nullable(),
    /** `choose` a time; it is `booked`, `over` or `cancelled`. */
    state: z.enum(["choose", "booked", "over", "cancelled"]),
    mode: z.enum(INTERVIEW_MODES),
    durationMinutes: z.number().int(),
    timeZone: z.string(),
    /** Times that can still be chosen. */
    slots: z.array(ProposedSlot),
    start: Time.nullable(),
    end: Time.nullable(),
    location: z.string().nullable(),
    meetingLink: z.string().nullable(),
    instructions: z.string().nullable(),
    /** First names of whom one talks to. */
    interviewers: z.array(z.string()),
  })
  .meta({ id: "CandidateInterview" });
export type CandidateInterview = z.infer<typeof CandidateInterview>;
