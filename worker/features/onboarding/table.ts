import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import type { Requirement } from "../eligibility/schema";
import type { FormSchema, Question } from "./schema";
import { STEP_KINDS } from "./words";

/** What was signed, as it stood, by whom and when. */
export interface SignedCopy {
  title: string;
  text: string;
  signature: string;
  /** The name of the account that signed. */
  name: string;
  /** Milliseconds since 1970. */
  at: number;
  stepVersion: number;
}

export const onboardingSteps = sqliteTable(
  "onboarding_steps",
  {
    id: id(),
    orgId: orgId(),
    key: text("key").notNull(),
    title: text("title").notNull(),
    kind: text("kind", { enum: STEP_KINDS }).notNull(),
    description: text("description"),
    schema: json<FormSchema>("schema"),
    documentType: text("document_type"),
    text: text("text"),
    url: text("url"),
    questions: json<Question[]>("questions"),
    passScore: real("pass_score"),
    evaluationType: text("evaluation_type"),
    dependsOn: json<string[]>("depends_on").notNull(),
    dueDays: integer("due_days"),
    appliesTo: json<Requirement>("applies_to"),
    position: integer("position").notNull(),
    /** A step that was taken away stays, for what people did in it. */
    removedAt: time("removed_at"),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("onboarding_steps_org").on(t.orgId, t.position).where(sql`removed_at is null`),
    uniqueIndex("onboarding_steps_key").on(t.orgId, t.key).where(sql`removed_at is null`),
  ],
);

/** The step of the row that says that an agent has completed all of the onboarding, which is told once. */
export const ALL_STEPS = "*";

/** What an agent did in a step, one row a step. */
export const onboardingDone = sqliteTable(
  "onboarding_done",
  {
    id: id(),
    orgId: orgId(),
    agentId: text("agent_id").notNull(),
    stepId: text("step_id").notNull(),
    status: text("status", { enum: ["tried", "in_review", "completed", "waived"] }).notNull(),
    data: json<Record<string, unknown>>("data").notNull(),
    score: real("score"),
    attempts: integer("attempts").notNull().default(0),
    documentId: text("document_id"),
    /** With its seal, a keyed hash. */
    copy: json<SignedCopy>("copy"),
    seal: text("seal"),
    reason: text("reason"),
    completedAt: time("completed_at"),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [uniqueIndex("onboarding_done_agent").on(t.orgId, t.agentId, t.stepId)],
);
export type StepRow = typeof onboardingSteps.$inferSelect;
export type DoneRow = typeof onboardingDone.$inferSelect;
