import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { candidates } from "../candidates/table";
import type { InboxEvent, InboxLine, InboxQuery, PortalResult } from "./schema";
import { inboxEvents, integrations, portalAssessments } from "./table";

/** Without the body, which may have a megabyte. */
const LINE = {
  id: inboxEvents.id,
  integrationId: inboxEvents.integrationId,
  integrationName: sql<string>`${integrations.name}`,
  eventId: inboxEvents.eventId,
  eventType: inboxEvents.eventType,
  occurredAt: inboxEvents.occurredAt,
  receivedAt: inboxEvents.receivedAt,
  status: inboxEvents.status,
  reason: inboxEvents.reason,
  attempts: inboxEvents.attempts,
  processedAt: inboxEvents.processedAt,
  result: inboxEvents.result,
};
const WHOLE = { ...LINE, body: inboxEvents.body, headers: inboxEvents.headers };

const join = [{ table: integrations, on: eq(integrations.id, inboxEvents.integrationId) }];

function selectLines(ctx: Ctx, where: SQL | undefined, limit: number) {
  return ctx.db.select(LINE, inboxEvents, { where, orderBy: desc(inboxEvents.id), limit, join });
}
type LineRow = RowOf<typeof selectLines>;

/** An event that came in, as the API shows it. */
export function presentLine(row: LineRow): InboxLine {
  return {
    id: row.id,
    integrationId: row.integrationId,
    integrationName: row.integrationName,
    eventId: row.eventId,
    eventType: row.eventType,
    occurredAt: isoOrNull(row.occurredAt),
    receivedAt: iso(row.receivedAt),
    status: row.status,
    reason: row.reason,
    attempts: row.attempts,
    processedAt: isoOrNull(row.processedAt),
    result: row.result,
  };
}

/** A page of what came in, the newest first. */
export async function listInbox(ctx: Ctx, query: z.infer<typeof InboxQuery>) {
  const { limit, cursor, ...filters } = query;
  const scope = { list: "inbox", orgId: ctx.orgId, filters };
  const after = await readCursor(ctx.env, scope, cursor);
  const { integrationId, eventType, status } = filters;
  const where = and(
    integrationId ? eq(inboxEvents.integrationId, integrationId) : undefined,
    // Of one source by its own index.
    status ? sql`${sql.raw(integrationId ? "+" : "")}${inboxEvents.status} = ${status}` : undefined,
    eventType ? eq(inboxEvents.eventType, eventType) : undefined,
    after ? lt(inboxEvents.id, after[0] as string) : undefined,
  );
  const [rows] = await ctx.db.read(selectLines(ctx, where, limit + 1));
  return await page(ctx.env, scope, rows, limit, (row) => [row.id], presentLine);
}

/** One event with its body. @throws DomainError `not-found` */
export async function loadInbox(ctx: Ctx, id: string) {
  const [rows] = await ctx.db.read(
    ctx.db.select(WHOLE, inboxEvents, { where: eq(inboxEvents.id, id), limit: 1, join }),
  );
  if (!rows[0]) throw notFound("inbox event");
  return rows[0];
}

/** One event, as it came. @throws DomainError `not-found` */
export async function getInboxEvent(ctx: Ctx, id: string): Promise<InboxEvent> {
  const row = await loadInbox(ctx, id);
  return { ...presentLine(row), body: row.body, headers: row.headers };
}

/** Results of one person that are shown: far more than anybody has. */
const MOST_RESULTS = 200;

/** What portals sent about a candidate, the newest first. @throws DomainError `not-found` */
export async function listResults(
  ctx: Ctx,
  candidateId: string,
): Promise<{ data: PortalResult[]; nextCursor: null }> {
  const [people, rows] = await ctx.db.read(
    ctx.db.select({ id: candidates.id }, candidates, { where: eq(candidates.id, candidateId) }),
    ctx.db.select(
      {
        id: portalAssessments.id,
        kind: portalAssessments.kind,
        candidateId: portalAssessments.candidateId,
        applicationId: portalAssessments.applicationId,
        assessmentType: portalAssessments.assessmentType,
        status: portalAssessments.status,
        score: portalAssessments.score,
        maxScore: portalAssessments.maxScore,
        recommendation: portalAssessments.recommendation,
        summary: portalAssessments.summary,
        source: sql<string>`${integrations.name}`,
        completedAt: portalAssessments.completedAt,
        createdAt: portalAssessments.createdAt,
      },
      portalAssessments,
      {
        where: eq(portalAssessments.candidateId, candidateId),
        orderBy: desc(portalAssessments.id),
        limit: MOST_RESULTS,
        join: [{ table: integrations, on: eq(integrations.id, portalAssessments.integrationId) }],
      },
    ),
  );
  if (!people[0]) throw notFound("candidate");
  const data = rows.map((row) => ({
    ...row,
    completedAt: isoOrNull(row.completedAt),
    createdAt: iso(row.createdAt),
  }));
  return { data, nextCursor: null };
}
