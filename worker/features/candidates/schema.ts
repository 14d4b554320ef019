import { z } from "zod";
import { ActorShape, Email, LastName, Name, Phone, pageOf, pageQuery, Time } from "../../http/shapes";
import { WebAddress } from "../clients/schema";
import { STAGE_KINDS, STATUS_WORDS } from "../pipelines/words";
import { IMPORT_ENCODINGS, IMPORT_STATUSES } from "./words";

const line = (most: number) => z.string().trim().max(most).nullable();
const words = (most: number) => z.array(z.string().trim().min(1).max(60)).max(most);
/** A month or a day, as precise as people know it. */
const When = z
  .string()
  .trim()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.");

export const Experience = z.object({
  title: z.string().trim().max(200),
  company: z.string().trim().max(200).default(""),
  location: line(200).default(null),
  start: When.nullable().default(null),
  /** Null: until today. */
  end: When.nullable().default(null),
  description: z.string().trim().max(5000).default(""),
});
export type Experience = z.infer<typeof Experience>;
export const Education = z.object({
  school: z.string().trim().max(200),
  degree: z.string().trim().max(200).default(""),
  field: z.string().trim().max(200).default(""),
  start: When.nullable().default(null),
  end: When.nullable().default(null),
});
export type Education = z.infer<typeof Education>;

const profile = {
  email: Email,
  phone: Phone.nullable(),
  address: line(300),
  city: line(100),
  country: line(100),
  linkedinUrl: WebAddress.nullable(),
  portfolioUrl: WebAddress.nullable(),
  links: z.array(WebAddress).max(10),
  currentRole: line(200),
  currentCompany: line(200),
  summary: line(10_000),
  coverLetter: line(20_000),
  skills: words(100),
  languages: words(30),
  certifications: words(50),
  experienceYears: z.number().min(0).max(70).nullable(),
  experience: z.array(Experience).max(50),
  education: z.array(Education).max(30),
  source: line(100),
  tags: words(30),
};

export const Candidate = z
  .object({
    id: z.string(),
    name: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    linkedinUrl: z.string().nullable(),
    portfolioUrl: z.string().nullable(),
    links: z.array(z.string()),
    currentRole: z.string().nullable(),
    currentCompany: z.string().nullable(),
    summary: z.string().nullable(),
    coverLetter: z.string().nullable(),
    skills: z.array(z.string()),
    languages: z.array(z.string()),
    certifications: z.array(z.string()),
    experienceYears: z.number().nullable(),
    experience: z.array(Experience),
    education: z.array(Education),
    source: z.string().nullable(),
    tags: z.array(z.string()),
    status: z.enum(STATUS_WORDS),
    /** The newest document of type `cv`. */
    cvDocumentId: z.string().nullable(),
    /** The login of the person in the portal, if they have one. */
    userId: z.string().nullable(),
    selectedAt: Time.nullable(),
    version: z.number().int(),
    createdBy: z.string().nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Candidate" });
export type Candidate = z.infer<typeof Candidate>;
export const CandidatePage = pageOf(Candidate);

/** Where somebody stands, for each of their applications. */
export const CandidateStanding = z.object({
  applicationId: z.string(),
  jobId: z.string().nullable(),
  jobTitle: z.string(),
  clientName: z.string(),
  pipelineId: z.string(),
  stage: z.string(),
  stageName: z.string(),
  stageKind: z.enum(STAGE_KINDS),
  enteredAt: Time,
  archived: z.boolean(),
  version: z.number().int(),
});
export type CandidateStanding = z.infer<typeof CandidateStanding>;
/** One candidate, with where they stand. */
export const CandidateDetail = Candidate.extend({ applications: z.array(CandidateStanding) }).meta({
  id: "CandidateDetail",
});
export type CandidateDetail = z.infer<typeof CandidateDetail>;

export const CandidateListQuery = z.strictObject({
  ...pageQuery,
  /** Words that start a word of the name, e-mail, phone, skills or tags. */
  q: z.string().trim().max(100).optional(),
  status: z.enum(STATUS_WORDS).optional(),
  /** Skills that they all must have, separated by commas. */
  skills: z.string().trim().max(300).optional(),
  tag: z.string().trim().max(60).optional(),
  sort: z.enum(["-createdAt", "createdAt"]).default("-createdAt"),
});

const names = { name: Name.optional(), firstName: Name.optional(), lastName: LastName.optional() };
const optional = z.object(profile).omit({ email: true }).partial().shape;
export const candidateFields = { ...names, ...optional };
export const NewCandidate = z
  .strictObject({ email: Email, ...candidateFields })
  .refine((input) => input.name !== undefined || input.firstName !== undefined, {
    path: ["firstName"],
    message: "Write a name.",
  });
export type NewCandidate = z.infer<typeof NewCandidate>;
export const CandidateChange = z
  .strictObject({
    ...z.object({ name: Name, firstName: Name, lastName: LastName }).partial().shape,
    ...z.object(profile).partial().shape,
  })
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type CandidateChange = z.infer<typeof CandidateChange>;

/** One line of a timeline: an event or a note, in words. */
export const CandidateEntry = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    type: z.string(),
    at: Time,
    actor: ActorShape,
    text: z.string(),
    reason: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "CandidateEntry" });
export type CandidateEntry = z.infer<typeof CandidateEntry>;
export const CandidateTimeline = pageOf(CandidateEntry);
export const CandidateTimelineQuery = z.strictObject({
  ...pageQuery,
  kind: z.enum(["moves", "documents", "notes", "profile", "tasks", "interviews"]).optional(),
});

/** A note of the team. `@First Last` names a member of the team, who is told. */
export const Note = z
  .object({
    id: z.string(),
    candidateId: z.string().nullable(),
    applicationId: z.string().nullable(),
    internal: z.boolean(),
    text: z.string(),
    authorId: z.string(),
    authorName: z.string(),
    mentions: z.array(z.string()),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Note" });
export type Note = z.infer<typeof Note>;
export const NotePage = pageOf(Note);
export const NoteQuery = z.strictObject({ ...pageQuery, applicationId: z.string().max(60).optional() });
export const NewNote = z.strictObject({
  text: z.string().trim().min(1, "Write something.").max(10_000),
  applicationId: z.string().max(60).optional(),
  /** False lets the client read it where the application is shared. */
  internal: z.boolean().default(true),
});
export type NewNote = z.infer<typeof NewNote>;
export const NoteChange = z.strictObject({ text: z.string().trim().min(1, "Write something.").max(10_000) });

const RowError = z.object({ path: z.string(), message: z.string() });
/**
 * What became of each row; rows count from 1, the header is none. Of more than a thousand rows only those that
 * failed are listed, up to a thousand.
 */
export const ImportReport = z
  .object({
    importId: z.string().nullable(),
    status: z.enum(IMPORT_STATUSES),
    dryRun: z.boolean(),
    total: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    failed: z.number().int(),
    /** How the text was read: `windows-1252` is a guess, whose accents somebody should look at. */
    encoding: z.enum(IMPORT_ENCODINGS),
    /** Columns of the file, and the field that each went to: null is left out. */
    mapping: z.record(z.string(), z.string().nullable()),
    rows: z.array(
      z.object({
        row: z.number().int(),
        ok: z.boolean(),
        id: z.string().optional(),
        errors: z.array(RowError).optional(),
      }),
    ),
  })
  .meta({ id: "ImportReport" });
export type ImportReport = z.infer<typeof ImportReport>;
export const ImportAccepted = z.object({ importId: z.string() }).meta({ id: "ImportAccepted" });
export type ImportAccepted = z.infer<typeof ImportAccepted>;
export const ExportQuery = z.strictObject({
  format: z.enum(["csv", "json"]).default("csv"),
  q: z.string().trim().max(100).optional(),
  status: z.enum(STATUS_WORDS).optional(),
  skills: z.string().trim().max(300).optional(),
  tag: z.string().trim().max(60).optional(),
});

/** What telling somebody that they were chosen did: `created` where they got a login with it. */
export const SelectionResult = z
  .object({ userId: z.string(), emailed: z.literal(true), created: z.boolean() })
  .meta({ id: "SelectionResult" });
export type SelectionResult = z.infer<typeof SelectionResult>;
