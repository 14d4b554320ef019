import { z } from "zod";
import { Name, pageOf, pageQuery, Time } from "../../http/shapes";
import { DOCUMENT_STATUSES, MOST_VALID_DAYS } from "./words";

export const Document = z
  .object({
    id: z.string(),
    type: z.string(),
    typeName: z.string(),
    status: z.enum(DOCUMENT_STATUSES),
    fileName: z.string(),
    contentType: z.string(),
    size: z.number().int(),
    /** Why it was rejected. */
    reason: z.string().nullable(),
    reviewedBy: z.string().nullable(),
    reviewedByName: z.string().nullable(),
    reviewedAt: Time.nullable(),
    /** The last day on which it counts; null for ever. */
    expiresOn: z.iso.date().nullable(),
    /** True of an approved one that counts no longer. */
    expired: z.boolean(),
    /** When its owner was told so. */
    expiredAt: Time.nullable(),
    agentId: z.string().nullable(),
    candidateId: z.string().nullable(),
    ownerName: z.string(),
    uploadedBy: z.string(),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Document" });
export type Document = z.infer<typeof Document>;
export const DocumentPage = pageOf(Document);

export const DocumentListQuery = z.strictObject({
  ...pageQuery,
  agentId: z.string().max(60).optional(),
  candidateId: z.string().max(60).optional(),
  status: z.enum(DOCUMENT_STATUSES).optional(),
  type: z.string().max(60).optional(),
  /** Only approved ones that end within 30 days or have ended, the soonest first. */
  expiring: z.enum(["true", "false"]).optional(),
});

export const DocumentReview = z
  .strictObject({
    status: z.enum(["approved", "rejected"]),
    reason: z.string().trim().min(1).max(1000).optional(),
    /** The last day on which it counts, null for ever; as its type has it if left out. */
    expiresOn: z.iso.date().nullable().optional(),
  })
  .refine((review) => review.status === "approved" || review.reason !== undefined, {
    path: ["reason"],
    message: "Say why, so that the person can mend it.",
  })
  .refine((review) => review.status === "approved" || review.expiresOn == null, {
    path: ["expiresOn"],
    message: "Only an approved document has a last day.",
  });
export type DocumentReview = z.infer<typeof DocumentReview>;

/** The query of a raw upload: the body is the file itself. */
export const UploadQuery = z.strictObject({
  type: z.string().max(60).optional(),
  fileName: z.string().max(255).optional(),
  agentId: z.string().max(60).optional(),
  candidateId: z.string().max(60).optional(),
});

const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "Use small letters, digits and _, starting with a letter.");
export const DocumentType = z
  .object({
    key: z.string(),
    name: z.string(),
    required: z.boolean(),
    /** Days for which one is good from its approval, unless its reviewer says otherwise; null for ever. */
    validDays: z.number().int().nullable(),
    /** True where there is a file to download, fill in and upload. */
    hasTemplate: z.boolean(),
    templateName: z.string().nullable(),
  })
  .meta({ id: "DocumentType" });
export type DocumentType = z.infer<typeof DocumentType>;
export const DocumentTypePage = pageOf(DocumentType);
const validDays = z.number().int().min(1).max(MOST_VALID_DAYS).nullable();
export const NewDocumentType = z.strictObject({
  key,
  name: Name,
  required: z.boolean().default(false),
  validDays: validDays.default(null),
});
export const DocumentTypeChange = z.strictObject({
  key,
  name: Name.optional(),
  required: z.boolean().optional(),
  validDays: validDays.optional(),
});

export const DocumentRequest = z
  .object({
    id: z.string(),
    agentId: z.string().nullable(),
    candidateId: z.string().nullable(),
    type: z.string(),
    typeName: z.string(),
    message: z.string().nullable(),
    dueDate: z.iso.date().nullable(),
    status: z.enum(["open", "fulfilled"]),
    documentId: z.string().nullable(),
    createdAt: Time,
  })
  .meta({ id: "DocumentRequest" });
export type DocumentRequest = z.infer<typeof DocumentRequest>;
export const DocumentRequestPage = pageOf(DocumentRequest);
export const DocumentRequestQuery = z.strictObject({
  ...pageQuery,
  agentId: z.string().max(60).optional(),
  candidateId: z.string().max(60).optional(),
  status: z.enum(["open", "fulfilled"]).optional(),
});
export const NewDocumentRequest = z
  .strictObject({
    agentId: z.string().max(60).optional(),
    candidateId: z.string().max(60).optional(),
    type: z.string().max(60),
    message: z.string().trim().max(1000).optional(),
    dueDate: z.iso.date().optional(),
  })
  .refine((request) => Boolean(request.agentId) !== Boolean(request.candidateId), {
    path: ["agentId"],
    message: "Name the person: agentId or candidateId.",
  });
export type NewDocumentRequest = z.infer<typeof NewDocumentRequest>;
