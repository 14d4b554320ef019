import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";

/** How an organization looks and speaks on its public pages. What is missing was never set. */
export interface Brand {
  /** `#rrggbb`. */
  accent: string | null;
  about: string | null;
  headline?: string | null;
  /** Where its jobs are unless they say otherwise, ISO 3166-1 alpha-2. */
  country?: string | null;
  logo?: { r2Key: string; contentType: string; version: number } | null;
}

export const organizations = sqliteTable(
  "organizations",
  {
    id: id(),
    /** The same as `id`, so that this table is guarded like every other. */
    orgId: orgId(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    domain: text("domain"),
    brand: json<Brand>("brand").notNull(),
    /** Counts what changes the public pages: part of the key that they are cached under. Kept by triggers. */
    careersVersion: integer("careers_version").notNull().default(1),
    /** Applicants are asked the voluntary equal-opportunity questions. */
    asksEqualOpportunity: integer("asks_equal_opportunity", { mode: "boolean" }).notNull().default(false),
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
