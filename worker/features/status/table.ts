import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { orgId, time } from "../../db/columns";

/** Secrets by which a person sees where their application stands, without a login. */
export const statusLinks = sqliteTable(
  "status_links",
  {
    /** SHA-256 of the secret. */
    hash: text("hash").primaryKey(),
    orgId: orgId(),
    applicationId: text("application_id").notNull(),
    /** SHA-256 of the secret of the browser that it was opened in; others see nothing by it. */
    browserHash: text("browser_hash"),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at").notNull(),
  },
  (t) => [
    index("status_links_application").on(t.orgId, t.applicationId),
    index("status_links_age").on(t.expiresAt),
  ],
);
