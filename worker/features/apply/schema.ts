import { z } from "zod";
import { Email, Time } from "../../http/shapes";
import { APPLY_ANSWERS_MOST, APPLY_STEPS } from "./words";

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
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
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
  org: z.string().max(60).optional(),
  job: z.string().min(1).max(120),
  step: z.enum(APPLY_STEPS).exclude(["sent"]),
});
export type NewStep = z.infer<typeof NewStep>;
