import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event } from "../../events/commit";
import type { Ctx } from "../../events/context";
import type { Effect } from "../../events/subscriber";
import { selectStaff } from "../pipelines/scene";
import { refreshWaiting } from "../pipelines/waiting";
import { planReminders } from "../reminders/plan";
import type { ReminderRow } from "../reminders/table";
import { EXPIRY_DAYS } from "../reminders/words";
import { DAY_MS, lastDay, lastDayInWords } from "./days";
import { type DocumentRow, entityOf, ownerOf, reopenRequests } from "./documents";
import { documents } from "./table";
import { ownerIn, selectOwner, tellOwner, uploadPath } from "./tell-owner";

/** Plans what its owner hears before a document ends, and its end; times that are over are left out. */
export function planExpiry(
  ctx: Ctx,
  row: Pick<DocumentRow, "id" | "agentId" | "candidateId">,
  expiresAt: number,
  won: SQL,
): Statement {
  const now = ctx.now();
  const planned = EXPIRY_DAYS.map((days) => ({ days, dueAt: expiresAt - days * DAY_MS }));
  return planReminders(
    ctx,
    planned
      .filter(({ dueAt }) => dueAt > now)
      .map(({ days, dueAt }) => ({
        kind: "document_expiry",
        subjectId: row.id,
        agentId: row.agentId,
        candidateId: row.candidateId,
        // Another end, given by a later review, has reminders of its own.
        part: `${lastDay(expiresAt)}:${days}`,
        detail: { expiresAt, days },
        dueAt,
      })),
    won,
  );
}

/**
 * Tells the owner that a document ends soon, or notes that it has. Nothing where it has another end by now; and where
 * a better one was approved, nobody is told.
 */
export async function documentExpiry(ctx: Ctx, reminder: ReminderRow): Promise<Effect | null> {
  const { expiresAt, days } = reminder.detail as { expiresAt: number; days: number };
  const its = (column: string) =>
    sql`(select ${sql.raw(column)} from ${documents} where org_id = ${ctx.orgId} and id = ${reminder.subjectId})`;
  const [docs, better, staff, ...found] = await ctx.db.read(
    ctx.db.rows(documents, { where: eq(documents.id, reminder.subjectId) }),
    ctx.db.select({ id: documents.id }, documents, {
      where: and(
        sql`${documents.ownerId} = ${its("owner_id")}`,
        sql`+${documents.status} = 'approved' and +${documents.type} = ${its("type")}`,
        sql`(${documents.expiresAt} is null or ${documents.expiresAt} > ${expiresAt})`,
      ),
      limit: 1,
    }),
    selectStaff(ctx),
    // Of its owner as of now: a candidate who proved their address since is no longer a login alone.
    ...selectOwner(ctx, { agentId: its("agent_id"), candidateId: its("candidate_id") }),
  );
  const row = docs[0];
  if (row?.status !== "approved" || row.expiresAt !== expiresAt || row.expiredAt !== null) return null;
  // One that comes late leaves the word to the one after it.
  const next = EXPIRY_DAYS.find((nearer) => nearer < days);
  if (next !== undefined && expiresAt - next * DAY_MS <= ctx.now()) return null;
  const owner = ownerIn(found);
  const ended = days === 0;
  const noted = ended ? noteExpired(ctx, row, owner) : null;
  if (!owner || better.length > 0) return noted;

  const document = owner.nameOf(row.type);
  const day = lastDayInWords(expiresAt);
  // Counted from now: a word that comes late is true all the same.
  const left = Math.ceil((expiresAt - ctx.now()) / DAY_MS);
  const when = left === 1 ? "in one day" : `in ${left} days`;
  const title = ended ? `Your ${document} has expired` : `Your ${document} ends ${when}`;
  const told = await tellOwner(ctx, owner, {
    ...(owner.out
      ? {}
      : {
          notice: {
            title,
            message: ended ? "It no longer counts. Please upload a new one." : `It counts until ${day}.`,
            type: ended ? "document_expired" : "document_expiring",
            entityType: "document",
            entityId: row.id,
            eventSeq: null,
          },
          mail: {
            template: ended ? "document_expired" : "document_expiring",
            values: { document, day, when },
            path: uploadPath(row.type),
            dedupeKey: `${reminder.id}:owner`,
          },
        }),
    others: ended
      ? staff.map(({ id }) => ({
          userId: id,
          type: "document_expired",
          title: `${owner.name}: ${document} has expired`,
          message: owner.out ? "" : "They were asked for a new one.",
          entityType: row.agentId ? "agent" : "candidate",
          entityId: row.ownerId,
          eventSeq: null,
        }))
      : [],
  });
  return {
    writes: [...(noted?.writes ?? []), ...told.writes],
    events: [...(noted?.events ?? []), ...(told.events ?? [])],
    ...(told.after ? { after: told.after } : {}),
  };
}

function noteExpired(
  ctx: Ctx,
  row: typeof documents.$inferSelect,
  owner: { userId: string | null; pipelineId: string | null } | null,
): Effect {
  const at = ctx.now();
  return {
    writes: [
      // A review that comes between leaves the status empty, which breaks off the whole batch.
      ctx.db.update(
        documents,
        {
          expiredAt: at,
          updatedAt: at,
          version: row.version + 1,
          status: sql`case when version = ${row.version} then status end`,
        },
        eq(documents.id, row.id),
      ),
      reopenRequests(ctx, row, sql`1`),
      ...(row.agentId ? [refreshWaiting(ctx.db, { agentId: row.agentId }, at)] : []),
    ],
    events: [
      event({
        type: "document.expired",
        entity: entityOf(row),
        pipelineId: owner?.pipelineId ?? null,
        userId: owner?.userId ?? null,
        data: { ...ownerOf(row), documentId: row.id, type: row.type },
        detail: { type: row.type },
      }),
    ],
  };
}
