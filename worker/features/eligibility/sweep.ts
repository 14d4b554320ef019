import { sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Env } from "../../env";
import { type Ctx, systemCtx } from "../../events/context";
import { clock } from "../../lib/clock";
import { organizations } from "../organizations/table";
import { refreshAgents, refreshStale } from "./keep";
import { agentFacts, campaignEligible } from "./table";

/** Agents of one page whose eligibility ended by itself, and pages of a sweep. */
const PAGE = 250;
const PAGES = 20;

/**
 * Looks again at agents of whom what is kept is no longer certain, and at those who no longer qualify for
 * something because time went by.
 * @returns how many they were
 */
export async function sweepEligibility(env: Env, after: Ctx["after"]): Promise<number> {
  const index = directory(env);
  let count = 0;
  const [stale] = await index.read(
    index.orm
      .select({ orgId: organizations.id })
      .from(organizations)
      // In the words of the partial index, so that SQLite uses it.
      .where(sql`exists (select 1 from ${agentFacts} f where f.org_id = ${organizations.id} and f.stale = 1)`)
      .limit(PAGE),
  );
  for (const { orgId } of stale) count += await refreshStale(systemCtx(env, orgId, after), PAGES);
  for (let page = 0; page < PAGES; page++) {
    const [ended] = await index.read(
      index.orm
        .selectDistinct({ orgId: campaignEligible.orgId, agentId: campaignEligible.agentId })
        .from(campaignEligible)
        .where(sql`${campaignEligible.until} is not null and ${campaignEligible.until} <= ${clock.now()}`)
        .limit(PAGE),
    );
    for (const [orgId, rows] of Map.groupBy(ended, (row) => row.orgId)) {
      await refreshAgents(
        systemCtx(env, orgId, after),
        rows.map(({ agentId }) => agentId),
      );
    }
    count += ended.length;
    if (ended.length < PAGE) break;
  }
  return count;
}
