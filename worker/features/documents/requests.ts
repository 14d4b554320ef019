import { and, desc, eq, lt } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { commit, event } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { iso } from "../../lib/clock";
import { invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { refreshWaiting } from "../pipelines/waiting";
import { isTeam } from "../users/scope";
import { endOfDay } from "./days";
import { ownerIdOf } from "./documents";
import { planDue } from "./request-due";
import type { DocumentRequest, DocumentRequestQuery, NewDocumentRequest } from "./schema";
import { documentRequests, documentTypes } from "./table";

type Row = typeof documentRequests.$inferSelect;

/** A request as the API shows it. */
export function presentRequest(row: Row, types: { key: string; name: string }[]): DocumentRequest {
  return {
    id: row.id,
    agentId: row.agentId,
    candidateId: row.candidateId,
    type: row.type,
    typeName: types.find((type) => type.key === row.type)?.name ?? row.type,
    message: row.message,
    dueDate: row.dueDate,
    status: row.status,
    documentId: row.documentId,
    createdAt: iso(row.createdAt),
  };
}

/** What people were asked for: the team sees all, everybody else their own. */
export async function listRequests(ctx: Ctx, query: z.infer<typeof DocumentRequestQuery>) {
  const actor = userOf(ctx);
  const team = isTeam(ctx);
  const { limit, cursor, ...filters } = query;
  const scope = { list: "document-requests", orgId: ctx.orgId, filters: { ...filters, actor: actor.id } };
  const after = await readCursor(ctx.env, scope, cursor);
  const own = team ? undefined : ownerIdOf(actor);
  const asked = filters.agentId ?? filters.candidateId;
  const [rows, types] = await ctx.db.read(
    ctx.db.rows(documentRequests, {
      where: and(
        own === undefined ? undefined : eq(documentRequests.ownerId, own),
        asked === undefined ? undefined : eq(documentRequests.ownerId, asked),
        filters.status ? eq(documentRequests.status, filters.status) : undefined,
        after ? lt(documentRequests.id, after[0] as string) : undefined,
      ),
      orderBy: desc(documentRequests.id),
      limit: limit + 1,
    }),
    ctx.db.rows(documentTypes),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) => presentRequest(row, types),
  );
}

/** How long after its end by UTC a day is over everywhere. */
const FARTHEST_MS = 12 * 60 * 60 * 1000;

/** Asks somebody for a document. @throws DomainError `not-found`, `invalid` for an unknown type or a day that is over */
export async function askForDocument(ctx: Ctx, input: NewDocumentRequest): Promise<DocumentRequest> {
  const [types, people, others] = await ctx.db.read(
    ctx.db.rows(documentTypes),
    ctx.db.select({ userId: agents.userId, pipelineId: agents.pipelineId }, agents, {
      where: eq(agents.id, input.agentId ?? ""),
    }),
    ctx.db.select({ userId: candidates.userId }, candidates, {
      where: eq(candidates.id, input.candidateId ?? ""),
    }),
  );
  const owner = people[0] ?? others[0];
  if (!owner) throw notFound("person");
  if (!types.some((type) => type.key === input.type))
    throw invalid(
      "type",
      `Unknown document type "${input.type}". Known: ${types.map(({ key }) => key).join(", ")}.`,
    );
  const at = ctx.now();
  if (input.dueDate !== undefined && endOfDay(input.dueDate) + FARTHEST_MS <= at)
    throw invalid("dueDate", "This day is over. Choose today or a later day, or leave it out.");
  const id = newId("req", at);
  const ownerId = input.agentId ?? input.candidateId ?? "";
  const row: Row = {
    id,
    orgId: ctx.orgId,
    agentId: input.agentId ?? null,
    candidateId: input.candidateId ?? null,
    ownerId,
    type: input.type,
    message: input.message ?? null,
    dueDate: input.dueDate ?? null,
    status: "open",
    documentId: null,
    createdAt: at,
  };
  return await commit(ctx, {
    id: newId("chg", at),
    writes: [
      ctx.db.insert(documentRequests, row),
      ...planDue(ctx, row),
      ...(input.agentId ? [refreshWaiting(ctx.db, { agentId: input.agentId }, at)] : []),
    ],
    events: [
      event({
        type: "document.requested",
        entity: { type: input.agentId ? "agent" : "candidate", id: ownerId },
        pipelineId: people[0]?.pipelineId ?? null,
        userId: owner.userId,
        data: {
          ...(input.agentId ? { agentId: input.agentId } : { candidateId: ownerId }),
          requestId: id,
          type: input.type,
        },
      }),
    ],
    audit: [
      {
        action: "DOCUMENT_REQUEST",
        entity: { type: "document_request", id },
        newValue: { type: input.type },
      },
    ],
    result: presentRequest(row, types),
  });
}
