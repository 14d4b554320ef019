import { and, asc, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { commit, event, LostRace, onceMore } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { conflict, DomainError, invalid, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { sha256Hex } from "../../lib/keys";
import { log, reasonOf } from "../../lib/log";
import { partOf } from "../../lib/range";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { refreshWaiting } from "../pipelines/waiting";
import { users } from "../users/table";
import { inspectFile } from "./inspect";
import type { Document, DocumentListQuery, DocumentReview } from "./schema";
import { documentRequests, documents, documentTypes, fileIntents } from "./table";

const FULL_NAME = sql<string | null>`trim(${users.firstName} || ' ' || ${users.lastName})`;

const DOCUMENT = {
  id: documents.id,
  agentId: documents.agentId,
  candidateId: documents.candidateId,
  ownerId: documents.ownerId,
  type: documents.type,
  status: documents.status,
  fileName: documents.fileName,
  contentType: documents.contentType,
  size: documents.size,
  r2Key: documents.r2Key,
  sha256: documents.sha256,
  reason: documents.reason,
  reviewedBy: documents.reviewedBy,
  reviewedAt: documents.reviewedAt,
  uploadedBy: documents.uploadedBy,
  version: documents.version,
  createdAt: documents.createdAt,
  updatedAt: documents.updatedAt,
  agentName: sql<string | null>`trim(${agents.firstName} || ' ' || ${agents.lastName})`,
  candidateName: sql<string | null>`trim(${candidates.firstName} || ' ' || ${candidates.lastName})`,
  reviewer: FULL_NAME,
};

function selectDocuments(ctx: Ctx, where: ReturnType<typeof and>, limit: number) {
  return ctx.db.select(DOCUMENT, documents, {
    where,
    orderBy: desc(documents.id),
    limit,
    join: [
      { table: agents, on: eq(agents.id, documents.agentId), left: true },
      { table: candidates, on: eq(candidates.id, documents.candidateId), left: true },
      { table: users, on: eq(users.id, documents.reviewedBy), left: true },
    ],
  });
}
type DocumentRow = RowOf<typeof selectDocuments>;
type TypeRow = Pick<typeof documentTypes.$inferSelect, "key" | "name">;

/** A document as the API shows it: never where its bytes are. */
function present(row: DocumentRow, types: TypeRow[]): Document {
  return {
    id: row.id,
    type: row.type,
    typeName: types.find((type) => type.key === row.type)?.name ?? row.type,
    status: row.status,
    fileName: row.fileName,
    contentType: row.contentType,
    size: row.size,
    reason: row.reason,
    reviewedBy: row.reviewedBy,
    reviewedByName: row.reviewer,
    reviewedAt: isoOrNull(row.reviewedAt),
    agentId: row.agentId,
    candidateId: row.candidateId,
    ownerName: row.agentName ?? row.candidateName ?? "",
    uploadedBy: row.uploadedBy,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** What the caller may see: the team all, everybody else their own. */
function visible(ctx: Ctx) {
  const actor = userOf(ctx);
  if (actor.role === "admin" || actor.role === "recruiter") return undefined;
  return eq(documents.ownerId, actor.agentId ?? actor.candidateId ?? "");
}

export async function listDocuments(ctx: Ctx, query: z.infer<typeof DocumentListQuery>) {
  const { limit, cursor, ...filters } = query;
  const scope = { list: "documents", orgId: ctx.orgId, filters: { ...filters, actor: userOf(ctx).id } };
  const after = await readCursor(ctx.env, scope, cursor);
  const owner = filters.agentId ?? filters.candidateId;
  const where = and(
    visible(ctx),
    owner ? eq(documents.ownerId, owner) : undefined,
    filters.status ? eq(documents.status, filters.status) : undefined,
    filters.type ? eq(documents.type, filters.type) : undefined,
    after ? lt(documents.id, after[0] as string) : undefined,
  );
  const [rows, types] = await ctx.db.read(selectDocuments(ctx, where, limit + 1), ctx.db.rows(documentTypes));
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => [row.id],
    (row) => present(row, types),
  );
}

interface Loaded {
  row: DocumentRow;
  types: TypeRow[];
  userId: string | null;
  pipelineId: string | null;
  /** Who asks: the reviewer, in a review's answer. */
  callerName: string | null;
}

async function load(ctx: Ctx, id: string): Promise<Loaded> {
  const own = sql`(select agent_id from ${documents} where org_id = ${ctx.orgId} and id = ${id})`;
  const [rows, types, people, callers] = await ctx.db.read(
    selectDocuments(ctx, and(eq(documents.id, id), visible(ctx)), 1),
    ctx.db.rows(documentTypes),
    ctx.db.select({ userId: agents.userId, pipelineId: agents.pipelineId }, agents, {
      where: sql`${agents.id} = ${own}`,
    }),
    ctx.db.select({ name: FULL_NAME }, users, { where: eq(users.id, userOf(ctx).id) }),
  );
  const row = rows[0];
  if (!row) throw notFound("document");
  const { userId = null, pipelineId = null } = people[0] ?? {};
  return { row, types, userId, pipelineId, callerName: callers[0]?.name ?? null };
}

/** @throws DomainError `not-found` */
export async function getDocument(ctx: Ctx, id: string): Promise<Document> {
  const { row, types } = await load(ctx, id);
  return present(row, types);
}

/**
 * The bytes of a document, or the part that a Range header asks for: null is the whole.
 * @throws DomainError `not-found`
 */
export async function getContent(ctx: Ctx, id: string, range: string | undefined) {
  const { row } = await load(ctx, id);
  const part = partOf(range, row.size);
  if (part === "beyond") return { row, part };
  const object = await ctx.env.FILES.get(row.r2Key, part ? { range: part } : {}).catch((error: unknown) => {
    log("error", "r2.failed", { reason: reasonOf(error) });
    throw new DomainError("unavailable", "The file store can't be reached. Try again in a moment.", {
      retryAfterSeconds: 5,
    });
  });
  if (!object) throw notFound("document");
  return { row, part, object };
}

export interface Upload {
  bytes: Uint8Array;
  fileName: string;
  declaredType: string | null;
  type: string;
  /** Whose document it is; left out by people who upload their own. */
  agentId?: string | undefined;
  candidateId?: string | undefined;
}

const REFUSALS = { 413: "too-large", 415: "unsupported-type", 422: "invalid" } as const;

/** Documents a person may have waiting for review at once. */
const MAX_PENDING = 50;
const tooMany = () =>
  conflict(
    `${MAX_PENDING} of your documents wait for review. Wait until some are looked at, or take some back.`,
  );

/**
 * Takes a file: looks at what it really is, stores it, then writes its row. A file whose row could not
 * be written is removed by the janitor, because its intent was noted first.
 *
 * @throws DomainError `too-large`, `unsupported-type` or `invalid` with the reason; `not-found` for an
 * owner the caller can't see
 */
export async function uploadDocument(ctx: Ctx, upload: Upload): Promise<Document> {
  const looked = inspectFile({
    bytes: upload.bytes,
    fileName: upload.fileName,
    declaredType: upload.declaredType,
  });
  if (!looked.ok) {
    throw new DomainError(REFUSALS[looked.status], looked.reason, {
      errors: [{ path: "file", message: looked.reason }],
    });
  }
  const actor = userOf(ctx);
  const team = actor.role === "admin" || actor.role === "recruiter";
  const agentId = team ? upload.agentId : (actor.agentId ?? undefined);
  const candidateId = team ? upload.candidateId : (actor.candidateId ?? undefined);
  const asked = upload.agentId ?? upload.candidateId;
  if (!team && asked !== undefined && asked !== (agentId ?? candidateId)) throw notFound("person");
  const ownerId = agentId ?? candidateId;
  if (ownerId === undefined || (team && agentId !== undefined && candidateId !== undefined)) {
    throw invalid("agentId", "Say whose document this is: agentId or candidateId.");
  }

  const at = ctx.now();
  const id = newId("doc", at);
  const r2Key = `${ctx.orgId}/${crypto.randomUUID()}`;
  const [types, people, others, waiting] = (await ctx.db.write([
    ctx.db.rows(documentTypes),
    ctx.db.select(
      {
        id: agents.id,
        userId: agents.userId,
        pipelineId: agents.pipelineId,
        firstName: agents.firstName,
        lastName: agents.lastName,
      },
      agents,
      { where: eq(agents.id, agentId ?? "") },
    ),
    ctx.db.select(
      {
        id: candidates.id,
        userId: candidates.userId,
        firstName: candidates.firstName,
        lastName: candidates.lastName,
      },
      candidates,
      {
        where: eq(candidates.id, candidateId ?? ""),
      },
    ),
    ctx.db.select({ id: documents.id }, documents, {
      where: and(eq(documents.ownerId, ownerId), eq(documents.status, "pending")),
      limit: MAX_PENDING,
    }),
    ctx.db.insert(fileIntents, { r2Key, createdAt: at }),
  ])) as [
    (typeof documentTypes.$inferSelect)[],
    { id: string; userId: string | null; pipelineId: string; firstName: string; lastName: string }[],
    { id: string; userId: string | null; firstName: string; lastName: string }[],
    { id: string }[],
  ];
  const type = types.find((one) => one.key === upload.type);
  if (!type)
    throw invalid(
      "type",
      `Unknown document type "${upload.type}". Known: ${types.map((one) => one.key).join(", ")}.`,
    );
  const [agent, candidate] = [people[0], others[0]];
  const owner = agent ?? candidate;
  if (!owner) throw notFound("person");
  if (waiting.length >= MAX_PENDING) throw tooMany();

  const sha256 = await sha256Hex(upload.bytes);
  try {
    await ctx.env.FILES.put(r2Key, upload.bytes, { httpMetadata: { contentType: looked.contentType } });
  } catch (error) {
    log("error", "r2.failed", { reason: reasonOf(error) });
    throw new DomainError("unavailable", "The file could not be stored. Try again in a moment.", {
      retryAfterSeconds: 5,
    });
  }

  const row: DocumentRow = {
    id,
    agentId: agent?.id ?? null,
    candidateId: candidate && !agent ? candidate.id : null,
    ownerId,
    type: type.key,
    status: "pending",
    fileName: looked.fileName,
    contentType: looked.contentType,
    size: upload.bytes.byteLength,
    r2Key,
    sha256,
    reason: null,
    reviewedBy: null,
    reviewedAt: null,
    uploadedBy: actor.id,
    version: 1,
    createdAt: at,
    updatedAt: at,
    agentName: agent ? `${agent.firstName} ${agent.lastName}`.trim() : null,
    candidateName: candidate ? `${candidate.firstName} ${candidate.lastName}`.trim() : null,
    reviewer: null,
  };
  const { agentName: _a, candidateName: _c, reviewer: _r, ...stored } = row;
  const changeId = newId("chg", at);
  const won = stampedBy(ctx, id, changeId);
  const pending = and(eq(documents.ownerId, ownerId), eq(documents.status, "pending"));
  const made = commit(ctx, {
    id: changeId,
    won: { table: documents, id },
    writes: [
      ctx.db.insert(documents, { ...stored, changeId }),
      // Of several uploads at the same moment only as many stay as there is room for.
      ctx.db.delete(
        documents,
        and(
          eq(documents.id, id),
          sql`(select count(*) from ${documents} where org_id = ${ctx.orgId} and ${pending}) > ${MAX_PENDING}`,
        ),
      ),
      ctx.db.delete(fileIntents, and(eq(fileIntents.r2Key, r2Key), won)),
      fulfilRequests(ctx, row, won),
      ...(agent ? [refreshWaiting(ctx.db, { agentId: agent.id }, at)] : []),
    ],
    events: [
      event({
        type: "document.uploaded",
        entity: agent ? { type: "agent", id: agent.id } : { type: "candidate", id: ownerId },
        pipelineId: agent?.pipelineId ?? null,
        userId: owner.userId,
        data: { ...person(row), documentId: id, type: type.key, status: "pending" },
      }),
    ],
    audit: [
      {
        action: "DOCUMENT_UPLOAD",
        entity: { type: "document", id },
        newValue: { type: type.key, status: "pending" },
      },
    ],
    result: present(row, types),
  });
  return await made.catch(async (error: unknown) => {
    if (!(error instanceof LostRace)) throw error;
    // If this fails too, the intent is still there for the janitor.
    await ctx.env.FILES.delete(r2Key).catch(() => undefined);
    throw tooMany();
  });
}

/** True where this commit has the row of a document. */
function stampedBy(ctx: Ctx, id: string, changeId: string): SQL {
  return sql`exists (select 1 from ${documents}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
}

/** What the owner was asked for is there. */
function fulfilRequests(ctx: Ctx, row: Pick<DocumentRow, "id" | "ownerId" | "type">, won: SQL) {
  return ctx.db.update(
    documentRequests,
    { status: "fulfilled", documentId: row.id },
    and(
      eq(documentRequests.ownerId, row.ownerId),
      eq(documentRequests.type, row.type),
      eq(documentRequests.status, "open"),
      won,
    ),
  );
}

/** What the owner was asked for is owed again. */
function reopenRequests(ctx: Ctx, row: Pick<DocumentRow, "id" | "ownerId">, won: SQL) {
  return ctx.db.update(
    documentRequests,
    { status: "open", documentId: null },
    and(eq(documentRequests.ownerId, row.ownerId), eq(documentRequests.documentId, row.id), won),
  );
}

/** The owner as events name them. */
function person(
  row: Pick<DocumentRow, "agentId" | "candidateId">,
): { agentId: string } | { candidateId: string } {
  return row.agentId ? { agentId: row.agentId } : { candidateId: row.candidateId ?? "" };
}
function entityOf(row: Pick<DocumentRow, "agentId" | "ownerId">) {
  return { type: row.agentId ? "agent" : "candidate", id: row.ownerId };
}

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
      const { row, types, userId, pipelineId, callerName } = await load(ctx, id);
      if (ifVersion !== undefined && ifVersion !== row.version) throw outdated(present(row, types));
      const reason = review.status === "rejected" ? (review.reason ?? null) : null;
      if (row.status === review.status && row.reason === reason) return present(row, types);
      const at = ctx.now();
      const changeId = newId("chg", at);
      const won = stampedBy(ctx, id, changeId);
      const reviewer = userOf(ctx).id;
      const change = {
        status: review.status,
        reason,
        reviewedBy: reviewer,
        reviewedAt: at,
        updatedAt: at,
        version: row.version + 1,
      };
      const data = { ...person(row), documentId: id, reviewedBy: reviewer };
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
            newValue: { status: review.status },
            ...(reason ? { metadata: { reason } } : {}),
          },
        ],
        result: present({ ...row, ...change, reviewer: callerName }, types),
      });
    },
    () => getDocument(ctx, id),
  );
}

/**
 * Takes a document back: its owner while it is pending, an admin at any time. The object goes too.
 * @throws DomainError `not-found`, `conflict` where its owner comes too late
 */
export async function deleteDocument(ctx: Ctx, id: string): Promise<void> {
  const { row, types, userId, pipelineId } = await load(ctx, id);
  const actor = userOf(ctx);
  if (actor.role !== "admin" && row.status !== "pending") {
    throw conflict(
      "This document was already reviewed, so it stays. Ask an admin to remove it.",
      present(row, types),
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
            data: { ...person(row), documentId: id },
            detail: { type: row.type },
          }),
        ],
        afterwards: [
          ctx.db.delete(documents, and(eq(documents.id, id), eq(documents.changeId, changeId))),
          ...(row.agentId ? [refreshWaiting(ctx.db, { agentId: row.agentId }, at)] : []),
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

export async function listTypes(ctx: Ctx): Promise<(typeof documentTypes.$inferSelect)[]> {
  const [types] = await ctx.db.read(ctx.db.rows(documentTypes, { orderBy: asc(documentTypes.position) }));
  return types;
}
