import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { changeId, json, orgId, time, version } from "../../db/columns";
import type { Facts } from "./words";

/**
 * What requirements ask about, an agent a row: made from the rows that are the truth, so that all agents can be
 * judged by reading one row each. An application or an assignment never trusts it.
 */
export const agentFacts = sqliteTable(
  "agent_facts",
  {
    agentId: text("agent_id").primaryKey(),
    orgId: orgId(),
    /** Null until they are first gathered. */
    facts: json<Facts>("facts"),
    /** Something that concerns everybody changed: the sweep gathers them anew. */
    stale: integer("stale", { mode: "boolean" }).notNull().default(true),
    version: version(),
    changeId: changeId(),
    updatedAt: time("updated_at").notNull(),
  },
  (t) => [
    index("agent_facts_org").on(t.orgId, t.agentId),
    index("agent_facts_stale").on(t.orgId, t.agentId).where(sql`stale = 1`),
  ],
);

/** Who qualifies for which open campaign: only those who do have a row. */
export const campaignEligible = sqliteTable(
  "campaign_eligible",
  {
    orgId: orgId(),
    campaignId: text("campaign_id").notNull(),
    agentId: text("agent_id").notNull(),
    /** When it ends by itself, because something expires; null for never. */
    until: time("until"),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.agentId] }),
    index("campaign_eligible_agent").on(t.orgId, t.agentId),
    index("campaign_eligible_until").on(t.until).where(sql`until is not null`),
  ],
);
