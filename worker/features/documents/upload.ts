import { and, eq, sql } from "drizzle-orm";
import { uniqueViolation } from "../../db/database";
import { commit, event, LostRace } from "../../events/commit";
import { type Ctx, userOf } from "../../events/context";
import { conflict, DomainError, invalid, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { sha256Hex } from "../../lib/keys";
import { log, reasonOf } from "../../lib/log";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { refreshWaiting } from "../pipelines/waiting";
import { isTeam } from "../users/scope";
import { users } from "../users/table";
import {
  type DocumentRow,
  entityOf,
  fulfilRequests,
  keepNewestCv,
  ownerIdOf,
  ownerOf,
  presentDocument,
  stampedBy,
} from "./documents";
import { inspectFile } from "./inspect";
import type { Document } from "./schema";
import { documents, documentTypes, fileIntents } from "./table";

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

/**
 * What a file really is.
 * @param path the field that it came in
 * @throws DomainError `too-large`, `unsupported-type` or `invalid` with the reason
 */
export function inspected(file: Pick<Upload, "bytes" | "fileName" | "declaredType">, path = "file") {
  const { bytes, fileName, declaredType } = file;
  const looked = inspectFile({ bytes, fileName, declaredType });
  if (looked.ok) return looked;
  throw new DomainError(REFUSALS[looked.status], looked.reason, {
    errors: [{ path, message: looked.reason }],
  });
}

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
  const looked = inspected(upload);
  const team = isTeam(ctx);
  // The team may be a source outside, which has documents of people and none of its own.
  const own = team ? null : userOf(ctx);
  const agentId = team ? upload.agentId : (own?.agentId ?? undefined);
  const candidateId = team ? upload.candidateId : (own?.candidateId ?? undefined);
  const asked = upload.agentId ?? upload.candidateId;
  if (!team && asked !== undefined && asked !== (agentId ?? candidateId)) throw notFound("person");
  const ownerId = agentId ?? candidateId ?? (own ? ownerIdOf(own) : undefined);
  if (ownerId === undefined || (team && agentId !== undefined && candidateId !== undefined)) {
    throw invalid("agentId", "Say whose document this is: agentId or candidateId.");
  }

  const at = ctx.now();
  const id = newId("doc", at);
  const r2Key = `${ctx.orgId}/${crypto.randomUUID()}`;
  const [types, people, others, logins, waiting] = (await ctx.db.write([
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
    // Of a candidate who has not proved their address yet: kept under the login until then.
    ctx.db.select({ userId: users.id, firstName: users.firstName, lastName: users.lastName }, users, {
      where: and(eq(users.id, ownerId), eq(users.role, "candidate")),
    }),
    ctx.db.select({ id: documents.id }, documents, {
      where: pendingOf(ownerId),
      limit: MAX_PENDING,
    }),
    ctx.db.insert(fileIntents, { r2Key, createdAt: at }),
  ])) as [
    (typeof documentTypes.$inferSelect)[],
    { id: string; userId: string | null; pipelineId: string; firstName: string; lastName: string }[],
    { id: string; userId: string | null; firstName: string; lastName: string }[],
    { userId: string; firstName: string; lastName: string }[],
    { id: string }[],
  ];
  const type = types.find((one) => one.key === upload.type);
  if (!type)
    throw invalid(
      "type",
      `Unknown document type "${upload.type}". Known: ${types.map((one) => one.key).join(", ")}.`,
    );
  const [agent, candidate] = [people[0], others[0]];
  const owner = agent ?? candidate ?? logins[0];
  if (!owner) throw notFound("person");
  if (waiting.length >= MAX_PENDING) throw tooMany();

  const sha256 = await sha256Hex(upload.bytes);
  await putFile(ctx, r2Key, upload.bytes, looked.contentType);

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
    expiresAt: null,
    expiredAt: null,
    uploadedBy: ctx.actor.id,
    version: 1,
    createdAt: at,
    updatedAt: at,
    agentName: agent ? `${agent.firstName} ${agent.lastName}`.trim() : null,
    candidateName: candidate ? `${candidate.firstName} ${candidate.lastName}`.trim() : null,
    loginName: agent || candidate ? null : `${owner.firstName} ${owner.lastName}`.trim(),
    reviewer: null,
  };
  const { agentName: _a, candidateName: _c, loginName: _l, reviewer: _r, ...stored } = row;
  const changeId = newId("chg", at);
  const won = stampedBy(ctx, id, changeId);
  const pending = pendingOf(ownerId);
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
      ...(row.candidateId && row.type === "cv" ? [keepNewestCv(ctx, row.candidateId, won)] : []),
      ...(agent ? [refreshWaiting(ctx.db, { agentId: agent.id }, at)] : []),
    ],
    events: [
      event({
        type: "document.uploaded",
        entity: entityOf(row),
        pipelineId: agent?.pipelineId ?? null,
        userId: owner.userId,
        data: { ...ownerOf(row), documentId: id, type: type.key, status: "pending" },
      }),
    ],
    audit: [
      {
        action: "DOCUMENT_UPLOAD",
        entity: { type: "document", id },
        newValue: { type: type.key, status: "pending" },
      },
    ],
    result: presentDocument(row, types, at),
  });
  return await made.catch(async (error: unknown) => {
    // Nothing was written, for sure; if this fails too, the intent is still there for the janitor.
    const lost = error instanceof LostRace;
    if (lost || uniqueViolation(error) !== null) await ctx.env.FILES.delete(r2Key).catch(() => undefined);
    throw lost ? tooMany() : error;
  });
}

/** Puts an object whose intent is noted. @throws DomainError `unavailable` */
export async function putFile(
  ctx: Pick<Ctx, "env">,
  r2Key: string,
  bytes: Uint8Array,
  contentType: string,
): Promise<void> {
  try {
    await ctx.env.FILES.put(r2Key, bytes, { httpMetadata: { contentType } });
  } catch (error) {
    log("error", "r2.failed", { reason: reasonOf(error) });
    throw new DomainError("unavailable", "The file could not be stored. Try again in a moment.", {
      retryAfterSeconds: 5,
    });
  }
}

/** What waits for review of one person: by the index of their documents, not by that of all that wait. */
function pendingOf(ownerId: string) {
  return and(eq(documents.ownerId, ownerId), sql`+${documents.status} = 'pending'`);
}
