import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import { ACTION_TYPES, PIPELINE_KINDS, STAGE_KINDS, STATUS_WORDS } from "./words";

export const pipelines = sqliteTable(
  "pipelines",
  {
    id: id(),
    orgId: orgId(),
    kind: text("kind", { enum: PIPELINE_KINDS }).notNull(),
    name: text("name").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    index("pipelines_org").on(t.orgId, t.kind, t.id),
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
    /** People who stand here now: kept by every move, so that no board counts. */
    count: integer("count").notNull().default(0),
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
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    name: text("name").notNull(),
    enteredAt: time("entered_at").notNull(),
    rating: integer("rating"),
    tags: json<string[]>("tags").notNull(),
    waitingFor: text("waiting_for"),
    waitingSince: time("waiting_since"),
    source: text("source"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("applications_board").on(t.orgId, t.pipelineId, t.stageId, t.enteredAt, t.id),
    uniqueIndex("applications_agent").on(t.orgId, t.agentId, t.pipelineId).where(sql`agent_id is not null`),
    uniqueIndex("applications_candidate")
      .on(t.orgId, t.candidateId, t.pipelineId)
      .where(sql`candidate_id is not null`),
  ],
);

/** Moves that were taken back: a mail of theirs that is still waiting never goes out. */
export const undoneBatches = sqliteTable("undone_batches", {
  batchId: text("batch_id").primaryKey(),
  orgId: orgId(),
  at: time("at").notNull(),
});
