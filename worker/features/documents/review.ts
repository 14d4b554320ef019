import { and, eq, sql } from "drizzle-orm";
import { commit, event, onceMore } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { conflict, invalid, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { refreshWaiting } from "../pipelines/waiting";
import { endAfter, endOfDay, lastDay } from "./days";
import {
  type DocumentRow,
  entityOf,
  fulfilRequests,
  getDocument,
  keepNewestCv,
  loadDocument,
  ownerOf,
  presentDocument,
  reopenRequests,
  stampedBy,
} from "./documents";
import { planExpiry } from "./expiry";
import type { Document, DocumentReview } from "./schema";
import { documents, fileIntents } from "./table";

/**
 * Approves or rejects a document, once or again with another verdict.
 * @throws DomainError `not-found`, `outdated`, `conflict`
 */
export async function reviewDocument(
  ctx: Ctx,
  id: string,
  review: DocumentReview,
  ifVersion?: number,
): Promise<Document> {
  return await onceMore(
    async () => {
      const { row, types, userId, pipelineId, callerName } = await loadDocument(ctx, id);
      if (ifVersion !== undefined && ifVersion !== row.version)
        throw outdated(presentDocument(row, types, ctx.now()));
      const reason = review.status === "rejected" ? (review.reason ?? null) : null;
      const at = ctx.now();
      const validDays = types.find(({ key }) => key === row.type)?.validDays ?? null;
      const expiresAt = endOf(review, row, validDays, at);
      if (row.status === review.status && row.reason === reason && row.expiresAt === expiresAt)
        return presentDocument(row, types, at);
      const changeId = newId("chg", at);
      const won = stampedBy(ctx, id, changeId);
      const reviewer = userOf(ctx).id;
      const change = {
        status: review.status,
        reason,
        reviewedBy: reviewer,
        reviewedAt: at,
        expiresAt,
        expiredAt: null,
        updatedAt: at,
        version: row.version + 1,
      };
      const data = { ...ownerOf(row), documentId: id, reviewedBy: reviewer };
      const common = { entity: entityOf(row), pipelineId, userId, detail: { type: row.type } };
      return await commit(ctx, {
        id: changeId,
        won: { table: documents, id },
        writes: [
          ctx.db.update(
            documents,
            { ...change, changeId },
            and(eq(documents.id, id), eq(documents.version, row.version)),
          ),
          review.status === "approved" ? fulfilRequests(ctx, row, won) : reopenRequests(ctx, row, won),
          ...(expiresAt === null ? [] : [planExpiry(ctx, row, expiresAt, won)]),
          ...(row.agentId ? [refreshWaiting(ctx.db, { agentId: row.agentId }, at)] : []),
        ],
        events: [
          review.status === "approved"
            ? event({ ...common, type: "document.approved", data })
            : event({ ...common, type: "document.rejected", data: { ...data, reason: reason ?? "" } }),
        ],
        audit: [
          {
            action: review.status === "approved" ? "DOCUMENT_APPROVE" : "DOCUMENT_REJECT",
            entity: { type: "document", id },
            oldValue: { status: row.status },
            newValue: { status: review.status, ...(expiresAt ? { expiresOn: lastDay(expiresAt) } : {}) },
            ...(reason ? { metadata: { reason } } : {}),
          },
        ],
        result: presentDocument({ ...row, ...change, reviewer: callerName }, types, at),
      });
    },
    () => getDocument(ctx, id),
  );
}

/**
 * When a document ends after a review: as its reviewer says; else as it was, or as its type has it from now on.
 * @throws DomainError `invalid` for a day that is over
 */
function endOf(
  { status, expiresOn }: DocumentReview,
  row: Pick<DocumentRow, "status" | "expiresAt">,
  validDays: number | null,
  now: number,
): number | null {
  if (status === "rejected" || expiresOn === null) return null;
  if (expiresOn === undefined) {
    if (row.status === "approved") return row.expiresAt;
    return validDays === null ? null : endAfter(validDays, now);
  }
  const end = endOfDay(expiresOn);
  if (end <= now) {
    throw invalid(
      "expiresOn",
      "This day is over, so the document would not count. Choose today or a later day.",
    );
  }
  return end;
}

/**
 * Takes a document back: its owner while it is pending, an admin at any time. The object goes too.
 * @throws DomainError `not-found`, `conflict` where its owner comes too late
 */
export async function deleteDocument(ctx: Ctx, id: string): Promise<void> {
  const { row, types, userId, pipelineId } = await loadDocument(ctx, id);
  const actor = userOf(ctx);
  if (actor.role !== "admin" && row.status !== "pending") {
    throw conflict(
      "This document was already reviewed, so it stays. Ask an admin to remove it.",
      presentDocument(row, types, ctx.now()),
    );
  }
  const at = ctx.now();
  const changeId = newId("chg", at);
  const won = stampedBy(ctx, id, changeId);
  await onceMore(
    () =>
      commit(ctx, {
        id: changeId,
        won: { table: documents, id },
        writes: [
          ctx.db.update(
            documents,
            { changeId },
            and(eq(documents.id, id), eq(documents.version, row.version)),
          ),
          // The intent outlives a failure below, so that no object stays without a row.
          ctx.db.sql(sql`insert into ${fileIntents} (r2_key, org_id, created_at)
            select ${row.r2Key}, ${ctx.orgId}, ${at} where ${won}`),
          reopenRequests(ctx, row, won),
        ],
        events: [
          event({
            type: "document.deleted",
            entity: entityOf(row),
            pipelineId,
            userId,
            data: { ...ownerOf(row), documentId: id },
            detail: { type: row.type },
          }),
        ],
        afterwards: [
          ctx.db.delete(documents, and(eq(documents.id, id), eq(documents.changeId, changeId))),
          ...(row.agentId ? [refreshWaiting(ctx.db, { agentId: row.agentId }, at)] : []),
          ...(row.candidateId && row.type === "cv" ? [keepNewestCv(ctx, row.candidateId)] : []),
        ],
        audit: [
          {
            action: "DOCUMENT_DELETE",
            entity: { type: "document", id },
            oldValue: { type: row.type, status: row.status },
          },
        ],
        result: null,
      }),
    () => getDocument(ctx, id),
  );
  ctx.after(
    ctx.env.FILES.delete(row.r2Key).then(
      () => ctx.db.write([ctx.db.delete(fileIntents, eq(fileIntents.r2Key, row.r2Key))]),
      (error) => log("warn", "r2.failed", { reason: reasonOf(error) }),
    ),
  );
}
