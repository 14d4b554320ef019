import { sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, orgId, time, version } from "../../db/columns";

export const candidates = sqliteTable(
  "candidates",
  {
    id: id(),
    orgId: orgId(),
    userId: text("user_id"),
    email: text("email").notNull(),
    firstName: text("first_name").notNull(),
    lastName: text("last_name").notNull(),
    phone: text("phone"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [uniqueIndex("candidates_org_email").on(t.orgId, t.email)],
);
