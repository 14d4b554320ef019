import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env";
import { log, reasonOf } from "../../lib/log";

/**
 * The lane of one endpoint: sends what is due there, so that one that never answers holds up no other.
 * It keeps nothing: whatever it has to know stands in the rows.
 */
export class Lane extends DurableObject<Env> {
  /** Looks for what is due. Losing it is harmless: the sweep asks again. */
  async poke(_orgId: string, _endpointId: string): Promise<void> {}
}

/** Wakes an endpoint's lane after a commit that made something due there. Never throws: the sweep asks again. */
export async function pokeLane(env: Env, endpoint: { id: string; orgId: string }): Promise<void> {
  try {
    await env.LANE.get(env.LANE.idFromName(endpoint.id)).poke(endpoint.orgId, endpoint.id);
  } catch (error) {
    log("warn", "lane.unreachable", { endpointId: endpoint.id, reason: reasonOf(error) });
  }
}
