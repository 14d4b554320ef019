import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time } from "../../db/columns";
import { APPLY_STEPS, HELD_STATUSES } from "./words";

/** A file that came before its application: in R2 already, a document once the application is sent. */
export interface KeptFile {
  /** `cv`, or the key of the form's question. */
  field: string;
  r2Key: string;
  fileName: string;
  contentType: string;
  size: number;
  sha256: string;
}

/** An application that is not sent yet: what somebody filled in so far, found by a secret alone. */
export const applicationDrafts = sqliteTable(
  "application_drafts",
  {
    /** SHA-256 of the secret. */
    hash: text("hash").primaryKey(),
    orgId: orgId(),
    jobId: text("job_id").notNull(),
    /** The version of the form that was seen. */
    formVersion: integer("form_version").notNull(),
    email: text("email"),
    data: json<Record<string, unknown>>("data").notNull(),
    files: json<KeptFile[]>("files").notNull(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [index("application_drafts_age").on(t.expiresAt)],
);

/** Applications that look like nobody's: kept whole until somebody of the team decides, never dropped. */
export const heldApplications = sqliteTable(
  "held_applications",
  {
    id: id(),
    orgId: orgId(),
    jobId: text("job_id").notNull(),
    status: text("status", { enum: HELD_STATUSES }).notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    /** What was sent, as the verb that takes it in wants it. */
    input: json<Record<string, unknown>>("input").notNull(),
    files: json<KeptFile[]>("files").notNull(),
    /** Why it was held, in words. */
    reasons: json<string[]>("reasons").notNull(),
    applicationId: text("application_id"),
    decidedBy: text("decided_by"),
    decidedAt: time("decided_at"),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    index("held_applications_status").on(t.orgId, t.status, t.id),
    index("held_applications_discarded").on(t.decidedAt).where(sql`status = 'discarded'`),
  ],
);

/**
 * What people said of themselves for statistics alone. No route shows a row: only sums of groups that are
 * large enough leave the table.
 */
export const equalOpportunityAnswers = sqliteTable(
  "equal_opportunity_answers",
  {
    id: id(),
    orgId: orgId(),
    jobId: text("job_id").notNull(),
    /** For erasure and a person's own export; never joined to what deciders see. */
    applicationId: text("application_id").notNull(),
    answers: json<Record<string, string>>("answers").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    index("equal_opportunity_job").on(t.orgId, t.jobId, t.id),
    index("equal_opportunity_application").on(t.orgId, t.applicationId),
  ],
);

/** How many got how far in a job's public form, a day: where people give up. */
export const applySteps = sqliteTable(
  "apply_steps",
  {
    orgId: orgId(),
    jobId: text("job_id").notNull(),
    /** A calendar day in UTC, YYYY-MM-DD. */
    day: text("day").notNull(),
    step: text("step", { enum: APPLY_STEPS }).notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.jobId, t.day, t.step] })],
);
