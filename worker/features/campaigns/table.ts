import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { changeId, id, json, orgId, time, version } from "../../db/columns";
import type { Requirement } from "../eligibility/schema";
import type { Pay } from "./schema";
import { CAMPAIGN_ACCESS, CAMPAIGN_STATUSES } from "./words";

export const campaigns = sqliteTable(
  "campaigns",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull(),
    clientId: text("client_id"),
    status: text("status", { enum: CAMPAIGN_STATUSES }).notNull(),
    brief: text("brief"),
    schedule: text("schedule"),
    pay: json<Pay>("pay"),
    /** Those taken are counted by the stage `assigned` of its pipeline, as every stage counts its people. */
    seats: integer("seats").notNull(),
    /** Calendar days, YYYY-MM-DD. */
    startDate: text("start_date").notNull(),
    endDate: text("end_date"),
    access: text("access", { enum: CAMPAIGN_ACCESS }).notNull(),
    requirements: json<Requirement>("requirements").notNull(),
    pipelineId: text("pipeline_id").notNull(),
    /** Agents who qualify, kept while it is open. */
    eligibleCount: integer("eligible_count").notNull().default(0),
    createdBy: text("created_by").notNull(),
    version: version(),
    changeId: changeId(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("campaigns_org").on(t.orgId, t.id),
    index("campaigns_status").on(t.orgId, t.status, t.id),
    index("campaigns_client").on(t.orgId, t.clientId, t.id).where(sql`client_id is not null`),
    uniqueIndex("campaigns_pipeline").on(t.pipelineId),
  ],
);

/** Agents for whom a campaign was unlocked. */
export const campaignAccess = sqliteTable(
  "campaign_access",
  {
    orgId: orgId(),
    campaignId: text("campaign_id").notNull(),
    agentId: text("agent_id").notNull(),
    at: time("at").notNull(),
    /** The move that unlocked it, which takes it back when it is undone; null where somebody did it by hand. */
    batchId: text("batch_id"),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.agentId] }),
    index("campaign_access_agent").on(t.orgId, t.agentId),
  ],
);

/** What an agent accepted when applying: the words as they stood, which no later change touches. */
export const acceptedTerms = sqliteTable(
  "accepted_terms",
  {
    applicationId: text("application_id").primaryKey(),
    orgId: orgId(),
    agentId: text("agent_id").notNull(),
    campaignId: text("campaign_id").notNull(),
    pay: json<Pay>("pay").notNull(),
    at: time("at").notNull(),
  },
  (t) => [index("accepted_terms_agent").on(t.orgId, t.agentId, t.applicationId)],
);
