import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { changeId, id, orgId, time, version } from "../../db/columns";
import { DOCUMENT_STATUSES } from "./words";

export const documents = sqliteTable(
  "documents",
  {
    id: id(),
    orgId: orgId(),
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    /** The owner, whichever kind: one index serves both. */
    ownerId: text("owner_id").notNull(),
    type: text("type").notNull(),
    status: text("status", { enum: DOCUMENT_STATUSES }).notNull(),
    fileName: text("file_name").notNull(),
    contentType: text("content_type").notNull(),
    size: integer("size").notNull(),
    sha256: text("sha256").notNull(),
    r2Key: text("r2_key").notNull(),
    reason: text("reason"),
    reviewedBy: text("reviewed_by"),
    reviewedAt: time("reviewed_at"),
    uploadedBy: text("uploaded_by").notNull(),
    /** From when an approved one no longer counts, in milliseconds: the end of a day, UTC; null for never. */
    expiresAt: time("expires_at"),
    /** When it was noted that it has expired, and people were told. */
    expiredAt: time("expired_at"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("documents_owner").on(t.orgId, t.ownerId, t.id),
    index("documents_status").on(t.orgId, t.status, t.id),
    index("documents_org").on(t.orgId, t.id),
    // Rejecting a document takes its end away, so these are the approved ones.
    index("documents_expiring").on(t.orgId, t.expiresAt, t.id).where(sql`expires_at is not null`),
  ],
);

/** Objects put into R2 whose row is not yet written: what the janitor removes after a failure. */
export const fileIntents = sqliteTable(
  "file_intents",
  { r2Key: text("r2_key").primaryKey(), orgId: orgId(), createdAt: time("created_at").notNull() },
  (t) => [index("file_intents_age").on(t.createdAt)],
);

export const documentTypes = sqliteTable(
  "document_types",
  {
    orgId: orgId(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    /** Asked of every agent. */
    required: integer("required", { mode: "boolean" }).notNull().default(false),
    /** Days for which one is good from its approval, unless its reviewer says otherwise; null for ever. */
    validDays: integer("valid_days"),
    /** A file to download, fill in and upload. */
    templateKey: text("template_key"),
    templateName: text("template_name"),
    templateType: text("template_type"),
    position: integer("position").notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.key] })],
);

export const documentRequests = sqliteTable(
  "document_requests",
  {
    id: id(),
    orgId: orgId(),
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    ownerId: text("owner_id").notNull(),
    type: text("type").notNull(),
    message: text("message"),
    /** A calendar day, YYYY-MM-DD. */
    dueDate: text("due_date"),
    status: text("status", { enum: ["open", "fulfilled"] }).notNull(),
    documentId: text("document_id"),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    index("document_requests_owner").on(t.orgId, t.ownerId, t.id),
    index("document_requests_org").on(t.orgId, t.id),
  ],
);
