import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, orgId, time, version } from "../../db/columns";
import { CLIENT_STATUSES } from "./words";

/** Companies that the organization hires for. */
export const clients = sqliteTable(
  "clients",
  {
    id: id(),
    orgId: orgId(),
    /** The row of the text index. */
    searchKey: integer("search_key").notNull(),
    companyName: text("company_name").notNull(),
    status: text("status", { enum: CLIENT_STATUSES }).notNull(),
    industry: text("industry"),
    website: text("website"),
    phone: text("phone"),
    address: text("address"),
    city: text("city"),
    state: text("state"),
    country: text("country"),
    postalCode: text("postal_code"),
    notes: text("notes"),
    /** Kept by every change of a job, so that no list counts. */
    jobCount: integer("job_count").notNull().default(0),
    openJobCount: integer("open_job_count").notNull().default(0),
    version: version(),
    changeId: changeId(),
    createdBy: text("created_by"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("clients_org").on(t.orgId, t.id),
    index("clients_org_status").on(t.orgId, t.status, t.id),
    uniqueIndex("clients_search").on(t.searchKey),
  ],
);
