import { z } from "zod";
import { Email, LastName, Name, Phone, pageOf, pageQuery, Time } from "../../http/shapes";
import { Candidate, CandidateChange } from "../candidates/schema";
import { WebAddress } from "../clients/schema";
import { Document, DocumentRequest } from "../documents/schema";
import { CandidateInterview } from "../interviews/schema";
import { STAGE_KINDS } from "../pipelines/words";
import { Password } from "../users/schema";
import { PORTAL_STATUSES } from "./words";

/** A candidate's account in the portal, as admins see it: document 002's `candidate_portal_users`. */
export const PortalAccount = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    phone: z.string().nullable(),
    linkedinUrl: z.string().nullable(),
    currentCompany: z.string().nullable(),
    experienceYears: z.number().nullable(),
    status: z.enum(PORTAL_STATUSES),
    mustChangePassword: z.boolean(),
    /** True once somebody has shown that they read the mail of this address. */
    emailVerified: z.boolean(),
    /** Null while somebody who registered has not proved the address. */
    linkedCandidateId: z.string().nullable(),
    lastLoginAt: Time.nullable(),
    version: z.number().int(),
    /** The address of who made it; null for people who registered themselves. */
    createdBy: z.string().nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "PortalAccount" });
export type PortalAccount = z.infer<typeof PortalAccount>;
export const PortalAccountPage = pageOf(PortalAccount);

export const PortalAccountQuery = z.strictObject({
  ...pageQuery,
  /** Words that start a word of the name, e-mail, phone or skills. */
  q: z.string().trim().max(100).optional(),
  status: z.enum(PORTAL_STATUSES).optional(),
});

const names = { name: Name, firstName: Name, lastName: LastName };
const about = {
  phone: Phone.nullable(),
  linkedinUrl: WebAddress.nullable(),
  currentCompany: z.string().trim().max(200).nullable(),
  experienceYears: z.number().min(0).max(70).nullable(),
};

export const NewPortalAccount = z
  .strictObject({
    /** May be left out where the candidate is named. */
    email: Email.optional(),
    ...z.object({ ...names, ...about }).partial().shape,
    /** Whose account it is; without one it is that of the candidate with this address, or of a new one. */
    linkedCandidateId: z.string().max(60).optional(),
    /** Without one a first password is made and mailed. */
    password: Password.optional(),
    /** Left out: yes for a password that was mailed, no for one that was sent here. */
    mustChangePassword: z.boolean().optional(),
  })
  .refine((input) => input.email !== undefined || input.linkedCandidateId !== undefined, {
    path: ["email"],
    message: "Write the e-mail address, or name the candidate.",
  })
  .refine(
    (input) =>
      input.linkedCandidateId !== undefined || input.name !== undefined || input.firstName !== undefined,
    { path: ["name"], message: "Write a name." },
  );
export type NewPortalAccount = z.infer<typeof NewPortalAccount>;

export const PortalAccountChange = z
  .strictObject({
    ...names,
    ...about,
    status: z.enum(PORTAL_STATUSES),
    mustChangePassword: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type PortalAccountChange = z.infer<typeof PortalAccountChange>;

/** Where one stands in one application, in the words that the organization gave the person. */
export const OwnApplication = z
  .object({
    id: z.string(),
    job: z.object({
      id: z.string(),
      title: z.string(),
      /** Its public page, while it takes applications. */
      href: z.string().nullable(),
    }),
    kind: z.enum(STAGE_KINDS),
    stage: z.string(),
    since: Time,
    appliedAt: Time,
    /** What happens next, where the organization says so. */
    next: z.string().nullable(),
    /** Until when an answer is promised, and whether that time has passed. */
    promise: z.object({ by: Time, late: z.boolean() }).nullable(),
    /** The way that everybody goes; of closed applications the way that was gone. */
    stages: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        kind: z.enum(STAGE_KINDS),
        state: z.enum(["done", "current", "ahead"]),
        enteredAt: Time.nullable(),
      }),
    ),
    version: z.number().int(),
  })
  .meta({ id: "OwnApplication" });
export type OwnApplication = z.infer<typeof OwnApplication>;
export const OwnApplicationPage = pageOf(OwnApplication);

/** One of one's own applications, with its way so far. */
export const OwnApplicationDetail = OwnApplication.extend({
  /** The newest first. */
  history: z.array(z.object({ name: z.string(), at: Time })),
  requests: z.array(DocumentRequest),
  documents: z.array(Document),
  interviews: z.array(CandidateInterview),
}).meta({ id: "OwnApplicationDetail" });
export type OwnApplicationDetail = z.infer<typeof OwnApplicationDetail>;

/** The one next thing a candidate can do, or why there is nothing to do. */
export const OwnNextStep = z.object({
  kind: z.enum(["confirm", "fix", "upload", "interview", "wait", "hired", "closed", "none"]),
  title: z.string(),
  detail: z.string(),
  documentType: z.string().nullable(),
  interviewId: z.string().nullable(),
  /** Until when an answer is promised. */
  by: Time.nullable(),
});
export type OwnNextStep = z.infer<typeof OwnNextStep>;

/** An interview beside others, with what it is for. */
export const OwnInterview = CandidateInterview.extend({
  applicationId: z.string(),
  jobTitle: z.string(),
}).meta({
  id: "OwnInterview",
});
export type OwnInterview = z.infer<typeof OwnInterview>;

/** Everything that a candidate's first screen shows. */
export const CandidateHome = z
  .object({
    /** False until the address is proved: before, nothing of the candidate is shown. */
    confirmed: z.boolean(),
    /** Where one's own channel stands. */
    seq: z.number().int(),
    applications: z.array(OwnApplication),
    next: OwnNextStep,
    /** Interviews that are to be chosen, or to come. */
    interviews: z.array(OwnInterview),
    /** What waits on the organization. */
    waitingOnUs: z.array(z.object({ title: z.string(), since: Time })),
  })
  .meta({ id: "CandidateHome" });
export type CandidateHome = z.infer<typeof CandidateHome>;

const ofTheTeam = {
  source: true,
  tags: true,
  status: true,
  cvDocumentId: true,
  userId: true,
  selectedAt: true,
  createdBy: true,
  coverLetter: true,
} as const;
/** A candidate's own profile: what the team keeps of them is not in it. */
export const OwnProfile = Candidate.omit(ofTheTeam).meta({ id: "OwnProfile" });
export type OwnProfile = z.infer<typeof OwnProfile>;
const { email: _email, source: _source, tags: _tags, coverLetter: _letter, ...own } = CandidateChange.shape;
export const OwnProfileChange = z
  .strictObject(own)
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type OwnProfileChange = z.infer<typeof OwnProfileChange>;
