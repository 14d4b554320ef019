import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, orgId, time } from "../../db/columns";

/** A family of refresh tokens: one login on one device. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: id(),
    orgId: orgId(),
    userId: text("user_id").notNull(),
    device: text("device").notNull(),
    address: text("address"),
    createdAt: time("created_at").notNull(),
    lastUsedAt: time("last_used_at").notNull(),
    expiresAt: time("expires_at").notNull(),
    revokedAt: time("revoked_at"),
  },
  (t) => [index("sessions_user").on(t.orgId, t.userId, t.id)],
);

/** Every token of a family, by hash, so that the reuse of an old one is recognised. */
export const refreshTokens = sqliteTable(
  "refresh_tokens",
  {
    hash: text("hash").primaryKey(),
    orgId: orgId(),
    sessionId: text("session_id").notNull(),
    createdAt: time("created_at").notNull(),
    spentAt: time("spent_at"),
  },
  (t) => [index("refresh_tokens_session").on(t.orgId, t.sessionId)],
);

export const TOKEN_PURPOSES = ["password_reset", "verify_email", "invitation", "live"] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

/** Single-use secrets, by hash: links in e-mails and tickets of the live channel. */
export const oneTimeTokens = sqliteTable(
  "one_time_tokens",
  {
    hash: text("hash").primaryKey(),
    orgId: orgId(),
    userId: text("user_id").notNull(),
    /** The session a live ticket stands for. */
    sessionId: text("session_id"),
    purpose: text("purpose", { enum: TOKEN_PURPOSES }).notNull(),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at").notNull(),
    usedAt: time("used_at"),
    changeId: text("change_id"),
  },
  (t) => [index("one_time_tokens_user").on(t.orgId, t.userId, t.purpose)],
);
