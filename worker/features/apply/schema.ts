import { z } from "zod";
import { Email, pageOf, pageQuery, Time } from "../../http/shapes";
import { APPLY_ANSWERS_MOST, APPLY_STEPS, HELD_STATUSES } from "./words";

const few = (record: Record<string, unknown>) => Object.keys(record).length <= APPLY_ANSWERS_MOST;
const tooMany = `At most ${APPLY_ANSWERS_MOST} answers.`;
/** Answers by the keys of their questions. */
export const Answers = z.record(z.string().max(120), z.unknown()).refine(few, tooMany);
/** Equal-opportunity answers by the keys of their questions. */
export const EqualOpportunity = z.record(z.string().max(60), z.string().max(60)).refine(few, tooMany);

/** The secret of a draft. */
export const DraftToken = z.string().min(20).max(100);

/** How far somebody filled in a form: unfinished, so that nothing of it is judged yet. */
export const DraftData = z.strictObject({
  candidateData: z.record(z.string().max(120), z.unknown()).refine(few, tooMany).default({}),
  formAnswers: Answers.default({}),
  source: z.string().trim().max(100).optional(),
});
export type DraftData = z.infer<typeof DraftData>;

export const NewDraft = z.strictObject({
  /** The organization's short name. */
  org: z.string().max(60).optional(),
  /** The job's id or its short name. */
  job: z.string().min(1).max(120),
  /** The version of the form that is filled in; the newest if left out. */
  formVersion: z.number().int().min(0).optional(),
  email: Email.optional(),
  data: DraftData.default({ candidateData: {}, formAnswers: {} }),
});
export type NewDraft = z.infer<typeof NewDraft>;

export const DraftChange = z
  .strictObject({
    formVersion: z.number().int().min(0),
    email: Email.nullable(),
    data: DraftData,
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type DraftChange = z.infer<typeof DraftChange>;

/** A file of a draft: `field` is `cv`, or the key of the form's question. */
export const DraftFile = z.object({
  field: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.number().int(),
});
export type DraftFile = z.infer<typeof DraftFile>;

/** An application that is not sent yet. */
export const Draft = z
  .object({
    jobId: z.string(),
    formVersion: z.number().int(),
    email: z.string().nullable(),
    data: DraftData,
    files: z.array(DraftFile),
    updatedAt: Time,
    /** Two weeks after the last change. */
    expiresAt: Time,
  })
  .meta({ id: "ApplicationDraft" });
export type Draft = z.infer<typeof Draft>;

/** A new draft, with the secret that finds it: it is told once. */
export const CreatedDraft = Draft.extend({ token: z.string() }).meta({ id: "CreatedApplicationDraft" });
export type CreatedDraft = z.infer<typeof CreatedDraft>;

/** What could be read from a CV, for the person to confirm. */
export const ReadCv = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  links: z.array(z.string()),
});
export type ReadCv = z.infer<typeof ReadCv>;

/** A file that a draft got; of a CV also what could be read from it, null where nothing could. */
export const AddedDraftFile = DraftFile.extend({ read: ReadCv.nullable() }).meta({ id: "AddedDraftFile" });
export type AddedDraftFile = z.infer<typeof AddedDraftFile>;

export const DraftMail = z.strictObject({
  /** Where the link goes to; the draft's own address if left out. */
  email: Email.optional(),
});
export type DraftMail = z.infer<typeof DraftMail>;

/** A part of the public form that somebody came to. `sent` is counted by the server alone. */
export const NewStep = z.strictObject({
  /** The organization's short name. */
  org: z.string().min(1).max(60),
  job: z.string().min(1).max(120),
  step: z.enum(APPLY_STEPS).exclude(["sent"]),
});
export type NewStep = z.infer<typeof NewStep>;

/** How many got how far in a job's public form. */
export const ApplySteps = z
  .object({
    jobId: z.string(),
    /** The first day that counts, YYYY-MM-DD in UTC. */
    from: z.string(),
    /** In the order of the form. */
    steps: z.array(z.object({ step: z.enum(APPLY_STEPS), count: z.number().int() })),
  })
  .meta({ id: "ApplySteps" });
export type ApplySteps = z.infer<typeof ApplySteps>;
export const StepsQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) });

/** Where the people of a job came from, the most frequent first. */
export const JobSources = z
  .object({
    jobId: z.string(),
    data: z.array(z.object({ source: z.string().nullable(), count: z.number().int() })),
    nextCursor: z.null(),
  })
  .meta({ id: "JobSources" });
export type JobSources = z.infer<typeof JobSources>;

/** An application that looks like nobody's, until somebody of the team decides. */
export const HeldApplication = z
  .object({
    id: z.string(),
    jobId: z.string(),
    jobTitle: z.string(),
    status: z.enum(HELD_STATUSES),
    name: z.string(),
    email: z.string(),
    /** Why it was held, in words. */
    reasons: z.array(z.string()),
    source: z.string(),
    files: z.array(DraftFile),
    /** Once it was accepted. */
    applicationId: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedByName: z.string().nullable(),
    decidedAt: Time.nullable(),
    createdAt: Time,
  })
  .meta({ id: "HeldApplication" });
export type HeldApplication = z.infer<typeof HeldApplication>;
/** `waiting` counts all that wait, up to a hundred. */
export const HeldPage = pageOf(HeldApplication).extend({ waiting: z.number().int() });
export type HeldPage = z.infer<typeof HeldPage>;
/** One of them, with everything that was sent but the equal-opportunity answers. */
export const HeldDetail = HeldApplication.extend({
  candidateData: z.record(z.string(), z.unknown()),
  formVersion: z.number().int(),
  formAnswers: z.record(z.string(), z.unknown()),
}).meta({ id: "HeldApplicationDetail" });
export type HeldDetail = z.infer<typeof HeldDetail>;
export const HeldQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(HELD_STATUSES).default("waiting"),
  jobId: z.string().max(60).optional(),
});

/** A group of people who answered alike; `count` is null where the group is too small to be shown. */
export const EqualOpportunityGroup = z.object({
  value: z.string(),
  label: z.string(),
  count: z.number().int().nullable(),
});
/** Sums of equal-opportunity answers: no group that is too small, and none that could be worked out. */
export const EqualOpportunitySums = z
  .object({
    /** Null for the whole organization. */
    jobId: z.string().nullable(),
    /** The smallest group that is shown. */
    smallest: z.number().int(),
    questions: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        /** All who answered; null where they are too few. */
        answered: z.number().int().nullable(),
        groups: z.array(EqualOpportunityGroup),
      }),
    ),
  })
  .meta({ id: "EqualOpportunitySums" });
export type EqualOpportunitySums = z.infer<typeof EqualOpportunitySums>;
