import { and, eq, isNull, or } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { documentTypes } from "../documents/table";
import { notify } from "../notifications/notify";
import { users } from "../users/table";
import { agents } from "./table";

/** Tells the team that somebody registered, or that a document waits for its review. */
export const teamNotices: Subscriber = {
  name: "team-notices",
  types: ["agent.created", "document.uploaded"],
  handle: tellTeam,
};

async function tellTeam(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const data = event.data as { agentId?: string; type?: string; documentId?: string };
  if (!data.agentId) return null;
  const [team, people, types] = await ctx.db.read(
    ctx.db.select({ id: users.id }, users, {
      where: and(or(eq(users.role, "admin"), eq(users.role, "recruiter")), isNull(users.disabledAt)),
    }),
    ctx.db.rows(agents, { where: eq(agents.id, data.agentId) }),
    ctx.db.rows(documentTypes, { where: eq(documentTypes.key, data.type ?? "") }),
  );
  const agent = people[0];
  if (!agent) return null;
  const name = `${agent.firstName} ${agent.lastName}`.trim();
  const uploaded = event.type === "document.uploaded";
  const notices = team
    // Whoever did it knows it.
    .filter((user) => user.id !== event.actorId)
    .map((user) => ({
      userId: user.id,
      type: uploaded ? "document_uploaded" : "agent_created",
      title: uploaded
        ? `${name} uploaded a ${types[0]?.name ?? data.type}`
        : `${name} registered as an agent`,
      message: uploaded ? "It waits for your review." : "They are in the first stage of the agent pool.",
      entityType: "agent",
      entityId: agent.id,
      eventSeq: event.seq,
    }));
  const noticed = notify(ctx, notices);
  return { writes: noticed.writes, events: noticed.events };
}
