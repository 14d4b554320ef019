import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { type Ctx, userOf } from "../../events/context";
import { events } from "../../events/table";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { documentRequests, documents, documentTypes } from "../documents/table";
import { isOver } from "../onboarding/progress";
import { scenesOf, selectOnboarding } from "../onboarding/scene";
import { ONBOARDING_STAGE } from "../onboarding/words";
import { actorOf, type EventRow, selectEvents } from "../pipelines/changes";
import { poolStages, presentAgent, seenBy, selectAgents } from "./agents";
import { describeEvent, tellPerson } from "./describe";
import { nextStep } from "./next-step";
import type { AgentHome, TimelineEntry, TimelineQuery } from "./schema";
import { agents } from "./table";

/** Moves shown on the path; a life in a pool has far fewer. */
const MOVES = 100;

/** Everything an agent's home shows, in one round trip. @throws DomainError `not-found` */
export async function getAgentHome(ctx: Ctx, agentId: string): Promise<AgentHome> {
  const [rows, docs, requests, moves, newest, ...read] = await ctx.db.read(
    selectAgents(ctx, eq(agents.id, agentId)),
    ctx.db.rows(documents, {
      where: eq(documents.ownerId, agentId),
      orderBy: desc(documents.id),
      limit: 200,
    }),
    ctx.db.rows(documentRequests, {
      where: and(eq(documentRequests.ownerId, agentId), eq(documentRequests.status, "open")),
      limit: 50,
    }),
    selectEvents(
      ctx.db,
      and(eq(events.entityId, agentId), inArray(events.type, ["agent.created", "agent.status_changed"])),
      desc(events.entitySeq),
      MOVES,
    ),
    // Where the person's own channel stands, which is what the screen goes on from.
    ctx.db.select({ seq: events.seq }, events, {
      where: eq(events.userId, userOf(ctx).id),
      orderBy: desc(events.seq),
      limit: 1,
    }),
    ...selectOnboarding(ctx, sql`(${agentId})`),
  );
  const [row, [scene]] = [rows[0], scenesOf(read, ctx.now())];
  if (!row || !scene) throw notFound("agent");
  const [, order, types] = read;
  const agent = seenBy(ctx, presentAgent(row, order));

  // The latest time each stage was entered; the first one at registration.
  const entered = new Map<string, number>([[order[0]?.key ?? "", row.createdAt]]);
  for (const move of [...moves].reverse()) {
    const to = (move.data as { newStatus?: string }).newStatus;
    if (to) entered.set(to, move.at);
  }
  // A move that was taken back counts as never having left.
  entered.set(row.status, row.statusSince);
  const here = order.find((stage) => stage.key === row.status);
  const path = order.filter(
    (stage) => stage.kind === "open" || stage.kind === "hired" || stage.key === row.status,
  );
  const standings = scene.standings;
  const steps = { done: standings.filter(({ status }) => isOver(status)).length, of: standings.length };
  const next = scene.next && { ...scene.next.step, reason: scene.next.reason, dueAt: scene.next.dueAt };
  return {
    agent,
    seq: newest[0]?.seq ?? 0,
    stages: path.map((stage) => {
      const current = stage.key === row.status;
      const done = !current && (here?.position ?? 0) > stage.position && entered.has(stage.key);
      const at = current || done ? entered.get(stage.key) : undefined;
      return {
        key: stage.key,
        name: stage.name,
        kind: stage.kind,
        state: current ? "current" : done ? "done" : "ahead",
        enteredAt: at === undefined ? null : iso(at),
      };
    }),
    ...nextStep({
      onboards: row.status === ONBOARDING_STAGE,
      kind: here?.kind ?? "open",
      stageName: agent.statusName,
      since: agent.statusSince,
      now: ctx.now(),
      docs,
      types,
      requests,
      onboarding: { next, ...steps },
    }),
    onboarding: standings.length > 0 ? steps : null,
    history: moves.map((move) => ({ at: iso(move.at), text: tellPerson(move, order) })),
  };
}

/** What each kind of a timeline's filter shows. */
const KINDS = {
  moves: ["agent.created", "agent.status_changed"],
  documents: [
    "document.uploaded",
    "document.approved",
    "document.rejected",
    "document.expired",
    "document.requested",
    "document.deleted",
  ],
  onboarding: [
    "onboarding.step_completed",
    "onboarding.completed",
    "onboarding.changed",
    "evaluation.completed",
  ],
  profile: ["agent.updated"],
} as const;

/** Everything that happened to an agent, newest first. */
export async function getTimeline(ctx: Ctx, agentId: string, query: z.infer<typeof TimelineQuery>) {
  const scope = { list: "timeline", orgId: ctx.orgId, filters: { agentId, kind: query.kind } };
  const after = await readCursor(ctx.env, scope, query.cursor);
  const [found, rows, order, types] = await ctx.db.read(
    ctx.db.select({ id: agents.id }, agents, { where: eq(agents.id, agentId) }),
    selectEvents(
      ctx.db,
      and(
        eq(events.entityId, agentId),
        query.kind ? inArray(events.type, [...KINDS[query.kind]]) : undefined,
        after ? lt(events.entitySeq, after[0] as number) : undefined,
      ),
      desc(events.entitySeq),
      query.limit + 1,
    ),
    poolStages(ctx),
    ctx.db.rows(documentTypes),
  );
  if (!found[0]) throw notFound("agent");
  const present = (row: EventRow): TimelineEntry => ({
    id: row.id,
    seq: row.seq,
    type: row.type,
    at: iso(row.at),
    actor: actorOf(row),
    text: describeEvent(row, order, types),
    reason: reasonOf(row),
    data: row.data,
  });
  return await page(ctx.env, scope, rows, query.limit, (row) => [row.entitySeq], present);
}

function reasonOf(row: EventRow): string | null {
  const reason = (row.detail as { reason?: unknown }).reason ?? (row.data as { reason?: unknown }).reason;
  return typeof reason === "string" ? reason : null;
}
