import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { clients } from "./table";

/**
 * The statement that keeps how many jobs a client has, in the batch that makes, moves or takes away a job.
 * @param won the guard of that commit, where there is one
 */
export function countJobs(
  ctx: Ctx,
  clientId: string,
  change: { jobs: number; open: number },
  won?: SQL,
): Statement {
  return ctx.db.update(
    clients,
    {
      jobCount: sql`${clients.jobCount} + ${change.jobs}`,
      openJobCount: sql`${clients.openJobCount} + ${change.open}`,
    },
    and(eq(clients.id, clientId), won),
  );
}
