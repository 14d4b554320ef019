import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import { EVALUATION_SOURCES, EVALUATION_VISIBILITY } from "./words";

export const evaluationTypes = sqliteTable(
  "evaluation_types",
  {
    orgId: orgId(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    minScore: real("min_score").notNull(),
    maxScore: real("max_score").notNull(),
    passScore: real("pass_score"),
    criteria: json<{ key: string; label: string; weight: number }[]>("criteria").notNull(),
    visibility: text("visibility", { enum: EVALUATION_VISIBILITY }).notNull(),
    archived: integer("archived", { mode: "boolean" }).notNull().default(false),
    position: integer("position").notNull(),
    version: version(),
    changeId: changeId(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.key] })],
);

export const evaluations = sqliteTable(
  "evaluations",
  {
    id: id(),
    orgId: orgId(),
    agentId: text("agent_id"),
    candidateId: text("candidate_id"),
    /** The person, whichever kind: one index serves both. */
    ownerId: text("owner_id").notNull(),
    applicationId: text("application_id"),
    type: text("type").notNull(),
    /** On the type's scale. */
    score: real("score").notNull(),
    maxScore: real("max_score").notNull(),
    passed: integer("passed", { mode: "boolean" }),
    marks: json<{ key: string; label: string; score: number }[]>("marks").notNull(),
    comment: text("comment"),
    source: text("source", { enum: EVALUATION_SOURCES }).notNull(),
    externalId: text("external_id"),
    evaluatorId: text("evaluator_id"),
    completedAt: time("completed_at").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (t) => [
    index("evaluations_owner").on(t.orgId, t.ownerId, t.id),
    index("evaluations_type").on(t.orgId, t.type, t.id),
    index("evaluations_org").on(t.orgId, t.id),
    uniqueIndex("evaluations_external").on(t.orgId, t.type, t.externalId).where(sql`external_id is not null`),
  ],
);
