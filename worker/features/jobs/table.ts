import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import type { FormField } from "./schema";
import { EMPLOYMENT_TYPES, JOB_STATUSES, PRIORITIES } from "./words";

/** An opening at a client. */
export const jobs = sqliteTable(
  "jobs",
  {
    id: id(),
    orgId: orgId(),
    /** The row of the text index. */
    searchKey: integer("search_key").notNull(),
    clientId: text("client_id").notNull(),
    slug: text("slug").notNull(),
    title: text("title").notNull(),
    description: text("description").notNull(),
    department: text("department"),
    location: text("location"),
    remote: integer("remote", { mode: "boolean" }).notNull().default(false),
    employmentType: text("employment_type", { enum: EMPLOYMENT_TYPES }).notNull(),
    experienceMin: integer("experience_min"),
    experienceMax: integer("experience_max"),
    /** Minor units of the currency, a year. */
    salaryMin: integer("salary_min"),
    salaryMax: integer("salary_max"),
    salaryCurrency: text("salary_currency"),
    requiredSkills: json<string[]>("required_skills").notNull(),
    niceToHaveSkills: json<string[]>("nice_to_have_skills").notNull(),
    status: text("status", { enum: JOB_STATUSES }).notNull(),
    priority: text("priority", { enum: PRIORITIES }).notNull(),
    openings: integer("openings").notNull(),
    /** A calendar day, YYYY-MM-DD. */
    startDate: text("start_date"),
    pipelineId: text("pipeline_id").notNull(),
    templateId: text("template_id"),
    /** The pipeline's stages in short, kept so that a list of jobs reads a row a job. */
    stages: json<{ key: string; name: string; kind: string }[]>("stages").notNull(),
    /** The newest version of the application form; 0 while there is none. */
    formVersion: integer("form_version").notNull().default(0),
    /** People in all, and those under way, archived ones left out: kept, not counted. */
    applicationCount: integer("application_count").notNull().default(0),
    activeCount: integer("active_count").notNull().default(0),
    /** The same of what the client sees. */
    sharedCount: integer("shared_count").notNull().default(0),
    postedAt: time("posted_at"),
    closedAt: time("closed_at"),
    version: version(),
    changeId: changeId(),
    createdBy: text("created_by"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("jobs_org").on(t.orgId, t.id),
    index("jobs_org_status").on(t.orgId, t.status, t.id),
    index("jobs_org_client").on(t.orgId, t.clientId, t.id),
    // The public list, newest first, also filtered by one of these, and the values that there are to filter by.
    index("jobs_open").on(t.orgId, t.postedAt, t.id).where(sql`status = 'open'`),
    index("jobs_open_location").on(t.orgId, t.location, t.postedAt, t.id).where(sql`status = 'open'`),
    index("jobs_open_department").on(t.orgId, t.department, t.postedAt, t.id).where(sql`status = 'open'`),
    index("jobs_open_type").on(t.orgId, t.employmentType, t.postedAt, t.id).where(sql`status = 'open'`),
    index("jobs_open_remote").on(t.orgId, t.postedAt, t.id).where(sql`status = 'open' and remote = 1`),
    uniqueIndex("jobs_org_slug").on(t.orgId, t.slug),
    uniqueIndex("jobs_search").on(t.searchKey),
    uniqueIndex("jobs_pipeline").on(t.orgId, t.pipelineId),
  ],
);

/** Who works on a job, and as what. */
export const jobTeam = sqliteTable(
  "job_team",
  {
    orgId: orgId(),
    jobId: text("job_id").notNull(),
    userId: text("user_id").notNull(),
    role: text("role").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.jobId, t.userId] }),
    index("job_team_user").on(t.orgId, t.userId, t.jobId),
  ],
);

/** Every version of a job's form: answers count for the one that was seen. */
export const jobForms = sqliteTable(
  "job_forms",
  {
    orgId: orgId(),
    jobId: text("job_id").notNull(),
    number: integer("number").notNull(),
    fields: json<FormField[]>("fields").notNull(),
    createdBy: text("created_by"),
    createdAt: time("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.jobId, t.number] })],
);
