import { z } from "zod";
import { ActorShape, Email, pageOf, pageQuery, Time } from "../../http/shapes";
import { Candidate, candidateFields } from "../candidates/schema";
import { STAGE_KINDS, STATUS_WORDS } from "../pipelines/words";
import { BULK_ACTIONS, BULK_MOST } from "./words";

const answerValue = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(500)).max(100),
  z.null(),
]);
const answers = z.record(z.string().max(60), answerValue);

/** An answer that its form's rule flags. It is shown to the team and decides nothing. */
export const Flag = z.object({ key: z.string(), label: z.string(), answer: answerValue });
export type Flag = z.infer<typeof Flag>;

/** One person in one pipeline. */
export const Application = z
  .object({
    id: z.string(),
    /** Null for an agent's place in the pool. */
    jobId: z.string().nullable(),
    jobTitle: z.string().nullable(),
    clientId: z.string().nullable(),
    candidateId: z.string().nullable(),
    agentId: z.string().nullable(),
    name: z.string(),
    pipelineId: z.string(),
    /** The key of the stage that they stand in; to the person themselves a word that says as much. */
    stage: z.string(),
    /** To the person themselves the stage's public words. */
    stageName: z.string(),
    stageKind: z.enum(STAGE_KINDS),
    status: z.enum(STATUS_WORDS),
    enteredAt: Time,
    /** Until when the person is promised an answer; null for a client user, and where nothing is promised. */
    replyBy: Time.nullable(),
    /** Why they stand in a closed stage, where somebody said so. */
    reason: z.string().nullable(),
    rating: z.number().int().nullable(),
    tags: z.array(z.string()),
    starred: z.boolean(),
    archived: z.boolean(),
    sharedWithClient: z.boolean(),
    /** The client may read these where the application is shared. */
    notes: z.string().nullable(),
    /** For the team only: null for everybody else. */
    internalNotes: z.string().nullable(),
    source: z.string().nullable(),
    flags: z.array(Flag),
    version: z.number().int(),
    appliedAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Application" });
export type Application = z.infer<typeof Application>;

/** An application as lists show it. */
export const ApplicationPage = pageOf(Application);

/** One application with the person and their answers. */
export const ApplicationDetail = Application.extend({
  candidate: Candidate.nullable(),
  /** The version of the form that was seen; 0 where there was none. */
  formVersion: z.number().int(),
  formAnswers: answers,
  /** Answers that the form did not ask for. */
  extraAnswers: z.record(z.string(), z.unknown()),
}).meta({ id: "ApplicationDetail" });
export type ApplicationDetail = z.infer<typeof ApplicationDetail>;

export const ApplicationListQuery = z.strictObject({
  ...pageQuery,
  jobId: z.string().max(60).optional(),
  clientId: z.string().max(60).optional(),
  candidateId: z.string().max(60).optional(),
  status: z.enum(STATUS_WORDS).optional(),
  /** With `jobId`: those who stand in this stage, whoever entered it last first. */
  stage: z.string().max(60).optional(),
  tag: z.string().trim().max(60).optional(),
  /** Where the application came from, in the very words. */
  source: z.string().trim().max(100).optional(),
  starred: z.enum(["yes"]).optional(),
  flagged: z.enum(["yes", "no"]).optional(),
  archived: z.enum(["yes", "no"]).default("no"),
  /** An answer as `key:value`; for numbers `key:>=5` and the like. */
  answer: z.string().trim().max(300).optional(),
  q: z.string().trim().max(100).optional(),
  sort: z.enum(["-createdAt", "createdAt"]).default("-createdAt"),
});

/** The same of one job, which the path names. */
export const JobApplicationsQuery = ApplicationListQuery.omit({ jobId: true, clientId: true });
export const ApplicationExportQuery = z.strictObject({
  jobId: z.string().max(60),
  archived: z.enum(["yes", "no"]).default("no"),
});

/** The person of a new application: known by e-mail address, or new. */
export const CandidateData = z
  .strictObject({ email: Email, ...candidateFields })
  .refine((input) => input.name !== undefined || input.firstName !== undefined, {
    path: ["firstName"],
    message: "Write a name.",
  });

/** Somebody whom the team adds to a job: the fields of a candidate, or the id of a known one. */
export const JobCandidate = z
  .strictObject({
    candidateId: z.string().max(60).optional(),
    email: Email.optional(),
    ...candidateFields,
    stage: z.string().max(60).optional(),
  })
  .refine((input) => input.candidateId !== undefined || input.email !== undefined, {
    path: ["email"],
    message: "Write an e-mail address: without one nobody can be told how it goes on.",
  })
  .refine(
    (input) => input.candidateId !== undefined || input.name !== undefined || input.firstName !== undefined,
    { path: ["firstName"], message: "Write a name." },
  );
export type JobCandidate = z.infer<typeof JobCandidate>;

export const NewApplication = z
  .strictObject({
    /** The organization's short name, on public requests. */
    org: z.string().max(60).optional(),
    /** The job's id or its short name. */
    job: z.string().min(1).max(120),
    candidateId: z.string().max(60).optional(),
    candidateData: CandidateData.optional(),
    formAnswers: z.record(z.string().max(120), z.unknown()).default({}),
    source: z.string().trim().max(100).optional(),
    /** For the team: the first stage if left out. */
    stage: z.string().max(60).optional(),
    /** For people who apply: the version of the form that they saw, the newest if left out. */
    formVersion: z.number().int().min(0).optional(),
    /** For people who apply: the secret of a draft, whose files come along. */
    draft: z.string().max(100).optional(),
    /** For people who apply: answers for statistics alone, which nobody who decides sees. */
    equalOpportunity: z.record(z.string().max(60), z.string().max(60)).optional(),
  })
  .refine((input) => Boolean(input.candidateId) !== Boolean(input.candidateData), {
    path: ["candidateData"],
    message: "Name the person: candidateData for a new one, candidateId for a known one.",
  });
export type NewApplication = z.infer<typeof NewApplication>;

/** The new application, and its CV where one came with it. */
export const AddedApplication = Application.extend({
  documentId: z.string().nullable(),
  /** Why the CV could not be stored though the person is there: it can be uploaded again. */
  documentProblem: z.string().nullable(),
}).meta({ id: "AddedApplication" });
export type AddedApplication = z.infer<typeof AddedApplication>;

/** What a public application is answered with: nothing internal. */
export const PublicApplication = z
  .object({
    id: z.string(),
    job: z.object({ id: z.string(), title: z.string() }),
    stage: z.string(),
    appliedAt: Time,
  })
  .meta({ id: "PublicApplication" });
export type PublicApplication = z.infer<typeof PublicApplication>;

export const ApplicationChange = z
  .strictObject({
    rating: z.number().int().min(1).max(5).nullable(),
    tags: z.array(z.string().trim().min(1).max(60)).max(30),
    starred: z.boolean(),
    archived: z.boolean(),
    sharedWithClient: z.boolean(),
    notes: z.string().trim().max(20_000).nullable(),
    internalNotes: z.string().trim().max(20_000).nullable(),
    source: z.string().trim().max(100).nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type ApplicationChange = z.infer<typeof ApplicationChange>;

export const StageMove = z.strictObject({
  stage: z.string().min(1).max(60),
  reason: z.string().trim().max(1000).optional(),
  /** The stage the caller believes the person stands in; another one is a 409. */
  from: z.string().max(60).optional(),
});
export const Advance = z.strictObject({ reason: z.string().trim().max(1000).optional() });
export const Withdrawal = z.strictObject({ reason: z.string().trim().max(1000).optional() });
export const MovedApplication = Application.extend({ batchId: z.string() }).meta({ id: "MovedApplication" });
export type MovedApplication = z.infer<typeof MovedApplication>;

/** One step of an application's way. */
export const HistoryEntry = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    at: Time,
    actor: ActorShape,
    /** Null where it began. */
    from: z.string().nullable(),
    fromName: z.string().nullable(),
    to: z.string(),
    toName: z.string(),
    reason: z.string().nullable(),
    /** True for a move that took another one back. */
    undo: z.boolean(),
    /** Seconds they stood there; null where they still do. */
    seconds: z.number().int().nullable(),
  })
  .meta({ id: "HistoryEntry" });
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const History = pageOf(HistoryEntry);

const reason = z.string().trim().max(1000).optional();
export const BulkRequest = z
  .strictObject({
    action: z.enum(BULK_ACTIONS),
    ids: z
      .array(z.string().max(60))
      .min(1)
      .max(BULK_MOST, `At most ${BULK_MOST} at once.`)
      .refine((ids) => new Set(ids).size === ids.length, "Somebody is named twice."),
    /** For `move`: the key of the stage. */
    stage: z.string().max(60).optional(),
    reason,
    /** For `email`: which mail. */
    template: z.string().max(60).optional(),
    /** For `tag`: tags to add; one that begins with `-` is taken off. */
    tags: z.array(z.string().trim().min(1).max(61)).max(30).optional(),
    /** Says what would become of each, and changes nothing. */
    dryRun: z.boolean().default(false),
  })
  .superRefine((input, ctx) => {
    const need = { move: "stage", tag: "tags", email: "template" } as const;
    const field = need[input.action as keyof typeof need];
    if (field && (input[field] === undefined || input[field]?.length === 0)) {
      ctx.addIssue({
        code: "custom",
        path: [field],
        message: `The action "${input.action}" needs ${field}.`,
      });
    }
  });
export type BulkRequest = z.infer<typeof BulkRequest>;
export const BulkResult = z
  .object({
    /** What an undo names; null after a dry run, or where nothing was done. */
    batchId: z.string().nullable(),
    dryRun: z.boolean(),
    undoUntil: Time.nullable(),
    results: z.array(
      z.object({
        id: z.string(),
        ok: z.boolean(),
        name: z.string().optional(),
        /** What would be or was done, in words. */
        text: z.string().optional(),
        error: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "BulkResult" });
export type BulkResult = z.infer<typeof BulkResult>;
