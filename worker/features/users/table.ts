import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, orgId, time, version } from "../../db/columns";
import { ROLES } from "./words";

export const users = sqliteTable(
  "users",
  {
    id: id(),
    orgId: orgId(),
    email: text("email").notNull(),
    firstName: text("first_name").notNull(),
    lastName: text("last_name").notNull(),
    phone: text("phone"),
    role: text("role", { enum: ROLES }).notNull(),
    /** PHC string; null until an invitation is accepted. */
    passwordHash: text("password_hash"),
    mustChangePassword: integer("must_change_password", { mode: "boolean" }).notNull().default(false),
    emailVerifiedAt: time("email_verified_at"),
    disabledAt: time("disabled_at"),
    /** Rises when every session of the user must end. */
    sessionVersion: integer("session_version").notNull().default(1),
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    clientId: text("client_id"),
    lastLoginAt: time("last_login_at"),
    /** Who made the account; null for people who registered themselves. */
    createdBy: text("created_by"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("users_org_email").on(t.orgId, t.email),
    index("users_email").on(t.email),
    index("users_org_role").on(t.orgId, t.role, t.id),
    index("users_client").on(t.orgId, t.clientId, t.id).where(sql`client_id is not null`),
    index("users_portal_inactive")
      .on(t.orgId, t.role, t.id)
      .where(sql`role = 'candidate' and disabled_at is not null`),
  ],
);
