import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";

export const organizations = sqliteTable(
  "organizations",
  {
    id: id(),
    /** The same as `id`, so that this table is guarded like every other. */
    orgId: orgId(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    domain: text("domain"),
    brand: json<{ accent: string | null; about: string | null }>("brand").notNull(),
    languages: json<string[]>("languages").notNull(),
    replyByDays: integer("reply_by_days"),
    privacy: json<{ contact: string | null; policyUrl: string | null }>("privacy").notNull(),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [uniqueIndex("organizations_slug").on(t.slug), uniqueIndex("organizations_domain").on(t.domain)],
);
