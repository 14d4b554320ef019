import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import { ACTION_TYPES, PIPELINE_KINDS, STAGE_KINDS, STATUS_WORDS } from "./words";

export const pipelines = sqliteTable(
  "pipelines",
  {
    id: id(),
    orgId: orgId(),
    kind: text("kind", { enum: PIPELINE_KINDS }).notNull(),
    name: text("name").notNull(),
    description: text("description"),
    /** The template whose stages a job's pipeline was copied from. */
    templateId: text("template_id"),
    /** Of templates: the one that new jobs get where nothing else is said. */
    isDefault: integer("is_default", { mode: "boolean" }).notNull().default(false),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at"),
  },
  (t) => [
    index("pipelines_org").on(t.orgId, t.kind, t.id),
    index("pipelines_template").on(t.orgId, t.templateId, t.id).where(sql`template_id is not null`),
    uniqueIndex("pipelines_one_pool").on(t.orgId).where(sql`kind = 'agent_pool'`),
  ],
);

export const stages = sqliteTable(
  "stages",
  {
    id: id(),
    orgId: orgId(),
    pipelineId: text("pipeline_id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    kind: text("kind", { enum: STAGE_KINDS }).notNull(),
    status: text("status", { enum: STATUS_WORDS }).notNull(),
    position: integer("position").notNull(),
    description: text("description"),
    /** What the person reads of it; null for the words of its status, since a name may be internal. */
    publicName: text("public_name"),
    /** What happens next, told to the person. */
    publicNext: text("public_next"),
    /** Days until whoever enters is promised an answer; null for what the organization promises. */
    replyByDays: integer("reply_by_days"),
    /** Whoever enters is shared with the client. */
    sharesWithClient: integer("shares_with_client", { mode: "boolean" }).notNull().default(false),
    /** People who stand here now, archived ones left out: kept by every move, so that no board counts. */
    count: integer("count").notNull().default(0),
    /** The same of what the client sees. */
    sharedCount: integer("shared_count").notNull().default(0),
  },
  (t) => [
    uniqueIndex("stages_pipeline_key").on(t.orgId, t.pipelineId, t.key),
    index("stages_pipeline_order").on(t.orgId, t.pipelineId, t.position),
  ],
);

/** What happens when someone enters a stage. `config` has the shape of its type. */
export const stageActions = sqliteTable(
  "stage_actions",
  {
    id: id(),
    orgId: orgId(),
    stageId: text("stage_id").notNull(),
    type: text("type", { enum: ACTION_TYPES }).notNull(),
    name: text("name"),
    position: integer("position").notNull(),
    config: json<Record<string, unknown>>("config").notNull(),
  },
  (t) => [index("stage_actions_stage").on(t.orgId, t.stageId, t.position)],
);

/** One person in one pipeline, standing in one stage. What a card shows is kept on the row. */
export const applications = sqliteTable(
  "applications",
  {
    id: id(),
    orgId: orgId(),
    pipelineId: text("pipeline_id").notNull(),
    stageId: text("stage_id").notNull(),
    /** The stage's key, kept so that a list needs no join. */
    stageKey: text("stage_key").notNull().default(""),
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    name: text("name").notNull(),
    enteredAt: time("entered_at").notNull(),
    /** Until when the person is promised an answer; kept, so that a later setting breaks no promise. */
    replyBy: time("reply_by"),
    rating: integer("rating"),
    tags: json<string[]>("tags").notNull(),
    waitingFor: text("waiting_for"),
    waitingSince: time("waiting_since"),
    source: text("source"),
    jobId: text("job_id"),
    clientId: text("client_id"),
    campaignId: text("campaign_id"),
    /** Of a campaign: the calendar day from which on they work, YYYY-MM-DD. */
    startDate: text("start_date"),
    /** That of the stage; null in the agent pool. */
    status: text("status", { enum: STATUS_WORDS }),
    /** Why they stand in a closed stage. */
    reason: text("reason"),
    starred: integer("starred", { mode: "boolean" }).notNull().default(false),
    archived: integer("archived", { mode: "boolean" }).notNull().default(false),
    sharedWithClient: integer("shared_with_client", { mode: "boolean" }).notNull().default(false),
    notes: text("notes"),
    internalNotes: text("internal_notes"),
    /** The version of the job's form that was seen; 0 where there was none. */
    formVersion: integer("form_version").notNull().default(0),
    formAnswers: json<Record<string, unknown>>("form_answers").notNull().default({}),
    extraAnswers: json<Record<string, unknown>>("extra_answers").notNull().default({}),
    /** Answers that their rule flags. */
    flags: json<{ key: string; label: string; answer: unknown }[]>("flags").notNull().default([]),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("applications_board")
      .on(t.orgId, t.pipelineId, t.stageId, t.enteredAt, t.id)
      .where(sql`archived = 0`),
    // Lists of what stands in jobs; the words of each WHERE have to stand in the query as they are here.
    index("applications_list").on(t.orgId, t.id).where(sql`job_id is not null and archived = 0`),
    index("applications_status").on(t.orgId, t.status, t.id).where(sql`job_id is not null and archived = 0`),
    index("applications_job").on(t.orgId, t.jobId, t.id).where(sql`job_id is not null and archived = 0`),
    index("applications_client")
      .on(t.orgId, t.clientId, t.id)
      .where(sql`job_id is not null and archived = 0`),
    index("applications_archived").on(t.orgId, t.id).where(sql`job_id is not null and archived = 1`),
    index("applications_shared")
      .on(t.orgId, t.clientId, t.id)
      .where(sql`shared_with_client = 1 and archived = 0`),
    index("applications_shared_job")
      .on(t.orgId, t.jobId, t.id)
      .where(sql`shared_with_client = 1 and archived = 0`),
    index("applications_shared_board")
      .on(t.orgId, t.clientId, t.pipelineId, t.stageId, t.enteredAt, t.id)
      .where(sql`shared_with_client = 1 and archived = 0`),
    index("applications_reply_by").on(t.orgId, t.replyBy).where(sql`reply_by is not null and archived = 0`),
    uniqueIndex("applications_agent").on(t.orgId, t.agentId, t.pipelineId).where(sql`agent_id is not null`),
    uniqueIndex("applications_candidate")
      .on(t.orgId, t.candidateId, t.pipelineId)
      .where(sql`candidate_id is not null`),
  ],
);

/** Moves that were taken back: a mail of theirs that is still waiting never goes out. */
export const undoneMoves = sqliteTable(
  "undone_moves",
  {
    batchId: text("batch_id").notNull(),
    applicationId: text("application_id").notNull(),
    orgId: orgId(),
    at: time("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.applicationId] })],
);
