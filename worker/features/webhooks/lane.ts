import { DurableObject } from "cloudflare:workers";
import type { Env } from "../../env";

/**
 * The lane of one endpoint: sends what is due there, so that one that never answers holds up no other.
 * It keeps nothing: whatever it has to know stands in the rows.
 */
export class Lane extends DurableObject<Env> {
  /** Looks for what is due. Losing it is harmless: the sweep asks again. */
  async poke(_orgId: string, _endpointId: string): Promise<void> {}
}
