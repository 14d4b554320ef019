import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";

export const agents = sqliteTable(
  "agents",
  {
    id: id(),
    orgId: orgId(),
    userId: text("user_id"),
    /** The row of the text index; a number of its own because rowids may change when a table is rebuilt. */
    searchKey: integer("search_key").notNull(),
    email: text("email").notNull(),
    firstName: text("first_name").notNull(),
    lastName: text("last_name").notNull(),
    phone: text("phone"),
    headline: text("headline"),
    city: text("city"),
    country: text("country"),
    timeZone: text("time_zone"),
    skills: json<string[]>("skills").notNull(),
    languages: json<string[]>("languages").notNull(),
    pipelineId: text("pipeline_id").notNull(),
    applicationId: text("application_id").notNull(),
    /** The stage in the agent pool, kept beside the application so that lists by status need no join. */
    status: text("status").notNull(),
    statusSince: time("status_since").notNull(),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("agents_search").on(t.searchKey),
    uniqueIndex("agents_org_email").on(t.orgId, t.email),
    index("agents_org_status").on(t.orgId, t.status, t.id),
    index("agents_org").on(t.orgId, t.id),
  ],
);
