import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import { STATUS_WORDS } from "../pipelines/words";
import type { Education, Experience } from "./schema";
import { IMPORT_ENCODINGS, IMPORT_STATUSES } from "./words";

/** People considered for jobs. */
export const candidates = sqliteTable(
  "candidates",
  {
    id: id(),
    orgId: orgId(),
    userId: text("user_id"),
    /** The row of the text index; rises with time, so that a search finds the newest first. */
    searchKey: integer("search_key").notNull(),
    email: text("email").notNull(),
    firstName: text("first_name").notNull(),
    lastName: text("last_name").notNull(),
    phone: text("phone"),
    address: text("address"),
    city: text("city"),
    country: text("country"),
    linkedinUrl: text("linkedin_url"),
    portfolioUrl: text("portfolio_url"),
    links: json<string[]>("links").notNull().default([]),
    currentRole: text("current_role_title"),
    currentCompany: text("current_company"),
    summary: text("summary"),
    coverLetter: text("cover_letter"),
    skills: json<string[]>("skills").notNull().default([]),
    languages: json<string[]>("languages").notNull().default([]),
    certifications: json<string[]>("certifications").notNull().default([]),
    experienceYears: real("experience_years"),
    experience: json<Experience[]>("experience").notNull().default([]),
    education: json<Education[]>("education").notNull().default([]),
    source: text("source"),
    tags: json<string[]>("tags").notNull().default([]),
    /** That of the application moved last. */
    status: text("status", { enum: STATUS_WORDS }).notNull().default("NEW"),
    cvDocumentId: text("cv_document_id"),
    selectedAt: time("selected_at"),
    version: version(),
    changeId: changeId(),
    createdBy: text("created_by"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("candidates_org_email").on(t.orgId, t.email),
    uniqueIndex("candidates_search").on(t.searchKey),
    index("candidates_org").on(t.orgId, t.id),
    index("candidates_org_status").on(t.orgId, t.status, t.id),
  ],
);

/** What people of the team say of somebody, beside an application or not. */
export const notes = sqliteTable(
  "notes",
  {
    id: id(),
    orgId: orgId(),
    candidateId: text("candidate_id"),
    agentId: text("agent_id"),
    applicationId: text("application_id"),
    /** False where the client may read it too. */
    internal: integer("internal", { mode: "boolean" }).notNull().default(true),
    text: text("body").notNull(),
    authorId: text("author_id").notNull(),
    /** Users named with an @. */
    mentions: json<string[]>("mentions").notNull(),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("notes_candidate").on(t.orgId, t.candidateId, t.id).where(sql`candidate_id is not null`),
    index("notes_agent").on(t.orgId, t.agentId, t.id).where(sql`agent_id is not null`),
    index("notes_application").on(t.orgId, t.applicationId, t.id).where(sql`application_id is not null`),
  ],
);

/** Files of people that were or are being taken in; the file itself is in R2. */
export const imports = sqliteTable(
  "imports",
  {
    id: id(),
    orgId: orgId(),
    status: text("status", { enum: IMPORT_STATUSES }).notNull(),
    fileName: text("file_name").notNull(),
    r2Key: text("r2_key").notNull(),
    encoding: text("encoding", { enum: IMPORT_ENCODINGS }).notNull(),
    /** Of each column the field that it goes to; null is left out. */
    mapping: json<Record<string, string | null>>("mapping").notNull(),
    total: integer("total").notNull(),
    /** Rows before this one are done. */
    nextRow: integer("next_row").notNull().default(0),
    created: integer("created").notNull().default(0),
    updated: integer("updated").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    createdBy: text("created_by").notNull(),
    leaseUntil: time("lease_until").notNull().default(0),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    finishedAt: time("finished_at"),
  },
  (t) => [
    index("imports_org").on(t.orgId, t.id),
    index("imports_running").on(t.leaseUntil).where(sql`status = 'running'`),
  ],
);

/** Rows of an import that could not be taken, with the reasons. */
export const importErrors = sqliteTable(
  "import_errors",
  {
    orgId: orgId(),
    importId: text("import_id").notNull(),
    row: integer("row_number").notNull(),
    errors: json<{ path: string; message: string }[]>("errors").notNull(),
    values: json<Record<string, string>>("raw_values").notNull(),
  },
  (t) => [uniqueIndex("import_errors_row").on(t.orgId, t.importId, t.row)],
);
