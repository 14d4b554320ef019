import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { orgId } from "../../db/columns";

/**
 * What happened on each day, counted as events are handed on, so that a report reads a row a day and
 * never counts people. `jobId` is empty for the organization as a whole.
 */
export const dailyCounts = sqliteTable(
  "daily_counts",
  {
    orgId: orgId(),
    metric: text("metric").notNull(),
    jobId: text("job_id").notNull(),
    /** A calendar day in UTC, YYYY-MM-DD. */
    day: text("day").notNull(),
    /** What it is counted by: a stage, a source. */
    key: text("key").notNull(),
    count: integer("count").notNull(),
    /** Seconds, where the metric is a duration: the sum over `count`. */
    seconds: integer("seconds").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.metric, t.jobId, t.day, t.key] })],
);
