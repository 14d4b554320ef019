import { and, eq, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { indexPerson } from "../../db/search";
import { commit, event, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { splitName } from "../../lib/names";
import { applications } from "../pipelines/table";
import { voidOneTimeTokens } from "../sessions/one-time";
import { users } from "../users/table";
import { type AgentRow, getAgent, poolStages, presentAgent, seenBy, selectAgents } from "./agents";
import { searchText } from "./new-agent";
import type { Agent, AgentChange } from "./schema";
import { agents } from "./table";

/**
 * Changes the sent fields of a profile. Its version and that of its application rise together.
 * @throws DomainError `not-found`, `outdated`, `conflict` for an address that somebody else has
 */
export async function updateAgent(
  ctx: Ctx,
  id: string,
  change: AgentChange,
  ifVersion?: number,
): Promise<Agent> {
  const attempt = async (): Promise<Agent> => {
    const [rows, names] = await ctx.db.read(selectAgents(ctx, eq(agents.id, id)), poolStages(ctx));
    const row = rows[0];
    if (!row) throw notFound("agent");
    if (ifVersion !== undefined && ifVersion !== row.version) {
      throw outdated(seenBy(ctx, presentAgent(row, names)));
    }

    const { name, tags = row.tags, rating = row.rating, ...fields } = change;
    const split = name === undefined || fields.firstName !== undefined ? {} : splitName(name);
    const changeId = newId("chg", ctx.now());
    const at = ctx.now();
    const next: AgentRow = {
      ...row,
      ...split,
      ...fields,
      tags,
      rating,
      version: row.version + 1,
      updatedAt: at,
    };
    const { tags: _tags, rating: _rating, waitingFor: _for, waitingSince: _since, id: _id, ...own } = next;
    const won = sql`exists (select 1 from ${applications}
      where org_id = ${ctx.orgId} and id = ${row.applicationId} and change_id = ${changeId})`;
    const changed = Object.keys(change);
    const moved = next.email !== row.email;
    return await commit(ctx, {
      id: changeId,
      won: { table: applications, id: row.applicationId },
      writes: [
        ctx.db.update(
          applications,
          {
            name: `${next.firstName} ${next.lastName}`.trim(),
            tags,
            rating,
            version: row.version + 1,
            changeId,
            updatedAt: at,
          },
          and(eq(applications.id, row.applicationId), eq(applications.version, row.version)),
        ),
        ctx.db.update(agents, own, and(eq(agents.id, id), won)),
        // The login shows and uses the same name, address and number.
        ctx.db.update(
          users,
          {
            email: next.email,
            firstName: next.firstName,
            lastName: next.lastName,
            phone: next.phone,
            // A new address is not proved yet.
            ...(moved ? { emailVerifiedAt: null } : {}),
            updatedAt: at,
          },
          and(eq(users.id, row.userId ?? ""), won),
        ),
        // Links that lie in the old mailbox open nothing any more.
        ...(moved && row.userId ? [voidOneTimeTokens(ctx, row.userId, won)] : []),
        ...indexPerson(ctx.orgId, row.searchKey, searchText(next), won).map((statement) =>
          ctx.db.sql(statement),
        ),
      ],
      events: [
        event({
          type: "agent.updated",
          entity: { type: "agent", id },
          pipelineId: row.pipelineId,
          // Notes of the team are no news on the person's own channel.
          userId: changed.every((field) => field === "tags" || field === "rating") ? null : row.userId,
          data: { agentId: id, fields: changed },
        }),
      ],
      // Which fields, not what they hold: personal values stand in one place only.
      audit: [{ action: "AGENT_UPDATE", entity: { type: "agent", id }, metadata: { fields: changed } }],
      result: seenBy(ctx, presentAgent(next, names)),
    });
  };
  try {
    return await onceMore(attempt, () => getAgent(ctx, id));
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw conflict("Somebody else in this organization has that e-mail address.");
  }
}
