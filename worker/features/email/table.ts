import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { id, json, orgId, time } from "../../db/columns";
import { EMAIL_STATUSES } from "./words";

/** A text file that goes with a mail. */
export interface MailFile {
  fileName: string;
  contentType: string;
  content: string;
}

/** Every e-mail that must go out: the row is the truth, the queue only wakes its sender. */
export const emails = sqliteTable(
  "emails",
  {
    id: id(),
    orgId: orgId(),
    /** What makes it unique: the event and the action, or the token it carries. */
    dedupeKey: text("dedupe_key").notNull(),
    to: text("to_address").notNull(),
    userId: text("user_id"),
    template: text("template").notNull(),
    subject: text("subject").notNull(),
    text: text("body_text").notNull(),
    html: text("body_html").notNull(),
    files: json<MailFile[]>("files"),
    status: text("status", { enum: EMAIL_STATUSES }).notNull(),
    /** Not before this time. */
    sendAt: time("send_at").notNull(),
    leaseUntil: time("lease_until"),
    attempts: integer("attempts").notNull().default(0),
    /** The move that caused it: an undo of that move cancels it. */
    batchId: text("batch_id"),
    applicationId: text("application_id"),
    failure: text("failure"),
    createdAt: time("created_at").notNull(),
    sentAt: time("sent_at"),
  },
  (t) => [
    uniqueIndex("emails_dedupe").on(t.orgId, t.dedupeKey),
    index("emails_due").on(t.sendAt).where(sql`status in ('queued','sending')`),
    index("emails_batch").on(t.orgId, t.batchId).where(sql`batch_id is not null`),
    index("emails_org").on(t.orgId, t.id),
  ],
);

/** Where mail goes when no mail service is connected; local mode shows it at /dev/outbox. */
export const outbox = sqliteTable(
  "outbox",
  {
    emailId: text("email_id").primaryKey(),
    orgId: orgId(),
    to: text("to_address").notNull(),
    subject: text("subject").notNull(),
    text: text("body_text").notNull(),
    html: text("body_html").notNull(),
    files: json<MailFile[]>("files"),
    at: time("at").notNull(),
  },
  (t) => [index("outbox_to").on(t.to, t.at), index("outbox_at").on(t.at)],
);
