import { and, asc, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import { type Ctx, userOf } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { DomainError, notFound } from "../../lib/errors";
import { log, reasonOf } from "../../lib/log";
import { partOf } from "../../lib/range";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { applications } from "../pipelines/table";
import { clientScope, isTeam } from "../users/scope";
import { users } from "../users/table";
import { DAY_MS, lastDay } from "./days";
import type { Document, DocumentListQuery } from "./schema";
import { documentRequests, documents, documentTypes } from "./table";

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
  expiresAt: documents.expiresAt,
  expiredAt: documents.expiredAt,
  version: documents.version,
  createdAt: documents.createdAt,
  updatedAt: documents.updatedAt,
  agentName: sql<string | null>`trim(${agents.firstName} || ' ' || ${agents.lastName})`,
  candidateName: sql<string | null>`trim(${candidates.firstName} || ' ' || ${candidates.lastName})`,
  loginName: sql<
    string | null
  >`case when ${documents.agentId} is null and ${documents.candidateId} is null then
    (select trim(u.first_name || ' ' || u.last_name) from ${users} u where u.id = ${documents.ownerId}) end`,
  reviewer: FULL_NAME,
};

export function selectDocuments(
  ctx: Ctx,
  where: SQL | undefined,
  limit: number,
  orderBy: SQL | SQL[] = desc(documents.id),
) {
  return ctx.db.select(DOCUMENT, documents, {
    where,
    orderBy,
    limit,
    join: [
      { table: agents, on: eq(agents.id, documents.agentId), left: true },
      { table: candidates, on: eq(candidates.id, documents.candidateId), left: true },
      { table: users, on: eq(users.id, documents.reviewedBy), left: true },
    ],
  });
}
export type DocumentRow = RowOf<typeof selectDocuments>;
type TypeRow = Pick<typeof documentTypes.$inferSelect, "key" | "name">;

/** A document as the API shows it: never where its bytes are. */
export function presentDocument(row: DocumentRow, types: TypeRow[], now: number): Document {
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
    expiresOn: row.expiresAt === null ? null : lastDay(row.expiresAt),
    // What is true now, whether or not it has been noted.
    expired: row.expiresAt !== null && row.expiresAt <= now,
    expiredAt: isoOrNull(row.expiredAt),
    agentId: row.agentId,
    candidateId: row.candidateId,
    ownerName: row.agentName ?? row.candidateName ?? row.loginName ?? "",
    uploadedBy: row.uploadedBy,
    version: row.version,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

/** What the caller may see: the team all, a client the CVs of people shared with it, others their own. */
function visible(ctx: Ctx) {
  const actor = userOf(ctx);
  if (isTeam(ctx)) return undefined;
  const client = clientScope(ctx);
  if (client !== null) {
    return and(
      eq(documents.type, "cv"),
      // In the words of the partial index, so that SQLite uses it.
      sql`${documents.candidateId} in (select candidate_id from ${applications}
        where org_id = ${ctx.orgId} and client_id = ${client} and shared_with_client = 1 and archived = 0)`,
    );
  }
  return eq(documents.ownerId, ownerIdOf(actor));
}

/** Whose documents somebody's own are: until a candidate has proved their address, those of the login alone. */
export function ownerIdOf(
  actor: Pick<Extract<Ctx["actor"], { kind: "user" }>, "id" | "agentId" | "candidateId">,
) {
  return actor.agentId ?? actor.candidateId ?? actor.id;
}

/** How long before its end a document counts as one that ends soon. */
const SOON_MS = 30 * DAY_MS;

/**
 * Approved documents that end soon or have ended: the soonest first. One that was replaced by a better one is no
 * longer anybody's concern.
 */
function ending(now: number): SQL {
  return sql`expires_at is not null and ${documents.expiresAt} <= ${now + SOON_MS}
    and not exists (select 1 from ${documents} d where d.org_id = ${documents.orgId}
      and d.owner_id = ${documents.ownerId} and +d.status = 'approved' and d.type = ${documents.type}
      and (d.expires_at is null or d.expires_at > ${documents.expiresAt}))`;
}

export async function listDocuments(ctx: Ctx, query: z.infer<typeof DocumentListQuery>) {
  const { limit, cursor, expiring, ...rest } = query;
  const soon = expiring === "true";
  const filters = { ...rest, ...(soon ? { expiring } : {}) };
  const scope = { list: "documents", orgId: ctx.orgId, filters: { ...filters, actor: userOf(ctx).id } };
  const after = await readCursor(ctx.env, scope, cursor);
  const owner = filters.agentId ?? filters.candidateId;
  const where = and(
    visible(ctx),
    owner ? eq(documents.ownerId, owner) : undefined,
    // Of one person, by the index of their documents and not by that of a status.
    filters.status
      ? sql`${owner ? sql.raw("+") : sql.raw("")}${documents.status} = ${filters.status}`
      : undefined,
    filters.type ? eq(documents.type, filters.type) : undefined,
    soon ? ending(ctx.now()) : undefined,
    after === null
      ? undefined
      : soon
        ? sql`(${documents.expiresAt}, ${documents.id}) > (${after[0]}, ${after[1]})`
        : lt(documents.id, after[0] as string),
  );
  const order = soon ? [asc(documents.expiresAt), asc(documents.id)] : desc(documents.id);
  const [rows, types] = await ctx.db.read(
    selectDocuments(ctx, where, limit + 1, order),
    ctx.db.rows(documentTypes),
  );
  return await page(
    ctx.env,
    scope,
    rows,
    limit,
    (row) => (soon ? [row.expiresAt, row.id] : [row.id]),
    (row) => presentDocument(row, types, ctx.now()),
  );
}

interface Loaded {
  row: DocumentRow;
  types: (typeof documentTypes.$inferSelect)[];
  userId: string | null;
  pipelineId: string | null;
  /** Who asks: the reviewer, in a review's answer. */
  callerName: string | null;
}

/** A document that the caller may see, and what its changes need besides. @throws DomainError `not-found` */
export async function loadDocument(ctx: Ctx, id: string): Promise<Loaded> {
  const its = (column: string) =>
    sql`(select ${sql.raw(column)} from ${documents} where org_id = ${ctx.orgId} and id = ${id})`;
  const [rows, types, people, others, callers] = await ctx.db.read(
    selectDocuments(ctx, and(eq(documents.id, id), visible(ctx)), 1),
    ctx.db.rows(documentTypes),
    ctx.db.select({ userId: agents.userId, pipelineId: agents.pipelineId }, agents, {
      where: sql`${agents.id} = ${its("agent_id")}`,
    }),
    ctx.db.select({ userId: candidates.userId }, candidates, {
      where: sql`${candidates.id} = ${its("candidate_id")}`,
    }),
    ctx.db.select({ name: FULL_NAME }, users, { where: eq(users.id, userOf(ctx).id) }),
  );
  const row = rows[0];
  if (!row) throw notFound("document");
  const ofLogin = row.agentId === null && row.candidateId === null ? row.ownerId : null;
  return {
    row,
    types,
    userId: people[0]?.userId ?? others[0]?.userId ?? ofLogin,
    pipelineId: people[0]?.pipelineId ?? null,
    callerName: callers[0]?.name ?? null,
  };
}

/** @throws DomainError `not-found` */
export async function getDocument(ctx: Ctx, id: string): Promise<Document> {
  const { row, types } = await loadDocument(ctx, id);
  return presentDocument(row, types, ctx.now());
}

/**
 * The bytes of a document, or the part that a Range header asks for: null is the whole.
 * @throws DomainError `not-found`
 */
export async function getContent(ctx: Ctx, id: string, range: string | undefined) {
  const { row } = await loadDocument(ctx, id);
  const part = partOf(range, row.size);
  if (part === "beyond") return { row, part };
  const object = await readFile(ctx, row.r2Key, part ? { range: part } : {});
  if (!object) throw notFound("document");
  return { row, part, object };
}

/** What R2 keeps under a key. @throws DomainError `unavailable` */
export async function readFile(ctx: Pick<Ctx, "env">, r2Key: string, options: R2GetOptions = {}) {
  return await ctx.env.FILES.get(r2Key, options).catch((error: unknown) => {
    log("error", "r2.failed", { reason: reasonOf(error) });
    throw new DomainError("unavailable", "The file store can't be reached. Try again in a moment.", {
      retryAfterSeconds: 5,
    });
  });
}

/** True where this commit has the row of a document. */
export function stampedBy(ctx: Ctx, id: string, changeId: string): SQL {
  return sql`exists (select 1 from ${documents}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
}

/** What the owner was asked for is there. */
export function fulfilRequests(ctx: Ctx, row: Pick<DocumentRow, "id" | "ownerId" | "type">, won: SQL) {
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
export function reopenRequests(ctx: Ctx, row: Pick<DocumentRow, "id" | "ownerId">, won: SQL) {
  return ctx.db.update(
    documentRequests,
    { status: "open", documentId: null },
    and(eq(documentRequests.ownerId, row.ownerId), eq(documentRequests.documentId, row.id), won),
  );
}

/**
 * Keeps on a candidate which CV is the newest one that is there: after one came, or one went.
 * @param won the guard of the commit that brings it
 */
export function keepNewestCv(ctx: Ctx, candidateId: string, won?: SQL) {
  const newest = sql<string | null>`(select max(d.id) from ${documents} d
    where d.org_id = ${ctx.orgId} and d.owner_id = ${candidateId} and d.type = 'cv')`;
  return ctx.db.update(candidates, { cvDocumentId: newest }, and(eq(candidates.id, candidateId), won));
}

/** The owner as events name them. */
export function ownerOf(row: Pick<DocumentRow, "agentId" | "candidateId">): {
  agentId?: string;
  candidateId?: string;
} {
  return row.agentId ? { agentId: row.agentId } : row.candidateId ? { candidateId: row.candidateId } : {};
}
/** Whose history a document belongs to. */
export function entityOf(row: Pick<DocumentRow, "agentId" | "candidateId" | "ownerId">) {
  return { type: row.agentId ? "agent" : row.candidateId ? "candidate" : "user", id: row.ownerId };
}

export async function listTypes(ctx: Ctx): Promise<(typeof documentTypes.$inferSelect)[]> {
  const [types] = await ctx.db.read(ctx.db.rows(documentTypes, { orderBy: asc(documentTypes.position) }));
  return types;
}
