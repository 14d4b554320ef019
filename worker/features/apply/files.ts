import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event, type NewAudit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { DomainError, type FieldError } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { sha256Hex } from "../../lib/keys";
import type { CandidateRow } from "../candidates/candidates";
import { keepNewestCv } from "../documents/documents";
import { documents, fileIntents } from "../documents/table";
import { inspected, putFile } from "../documents/upload";
import type { SentFile } from "./apply";
import type { KeptFile } from "./table";
import { APPLY_FILES_MOST } from "./words";

/** A file that was looked at and has a place, where it is not yet. */
export interface Taken {
  kept: KeptFile;
  bytes: Uint8Array;
}

/** Looks at one file. @throws DomainError `too-large`, `unsupported-type`, `invalid` */
export async function take(ctx: Pick<Ctx, "orgId">, file: SentFile): Promise<Taken> {
  const { fileName, contentType } = inspected(file, file.field);
  return {
    bytes: file.bytes,
    kept: {
      field: file.field,
      r2Key: `${ctx.orgId}/${crypto.randomUUID()}`,
      fileName,
      contentType,
      size: file.bytes.byteLength,
      sha256: await sha256Hex(file.bytes),
    },
  };
}

/** Looks at all files, and says of each that can't be taken why. */
export async function takeAll(
  ctx: Pick<Ctx, "orgId">,
  files: readonly SentFile[],
): Promise<{ taken: Taken[]; errors: FieldError[]; code: DomainError["code"] }> {
  const taken: Taken[] = [];
  const errors: FieldError[] = [];
  let code: DomainError["code"] = "invalid";
  for (const file of files) {
    if (errors.some(({ path }) => path === file.field)) continue;
    if (taken.some(({ kept }) => kept.field === file.field)) {
      errors.push({ path: file.field, message: "Send one file for each question." });
      continue;
    }
    try {
      taken.push(await take(ctx, file));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      code = error.code;
      errors.push({ path: file.field, message: error.message });
    }
  }
  if (files.length > APPLY_FILES_MOST) errors.push({ path: "files", message: tooManyFiles });
  return { taken, errors, code };
}
export const tooManyFiles = `At most ${APPLY_FILES_MOST} files. Leave some out, or put them into one.`;

/** Notes where objects will be, so that none stays without a row. */
export function noteIntents(ctx: Ctx, taken: readonly Taken[]): Statement[] {
  if (taken.length === 0) return [];
  const keys = JSON.stringify(taken.map(({ kept }) => kept.r2Key));
  return [
    ctx.db.sql(sql`insert into ${fileIntents} (r2_key, org_id, created_at)
      select value, ${ctx.orgId}, ${ctx.now()} from json_each(${keys})`),
  ];
}

/** Puts the objects, all at once. @throws DomainError `unavailable` */
export async function putAll(ctx: Ctx, taken: readonly Taken[]): Promise<void> {
  await Promise.all(taken.map(({ kept, bytes }) => putFile(ctx, kept.r2Key, bytes, kept.contentType)));
}

/** The statement by which files have their rows: the janitor leaves them alone. */
export function settleIntents(ctx: Ctx, files: readonly KeptFile[], won: SQL = sql`1`): Statement[] {
  if (files.length === 0) return [];
  const keys = JSON.stringify(files.map(({ r2Key }) => r2Key));
  return [
    ctx.db.delete(
      fileIntents,
      sql`${fileIntents.r2Key} in (select value from json_each(${keys})) and ${won}`,
    ),
  ];
}

/** The statement after which the janitor's next round removes objects that nothing needs any more. */
export function leaveToJanitor(ctx: Ctx, files: readonly KeptFile[], won: SQL = sql`1`): Statement[] {
  if (files.length === 0) return [];
  const keys = JSON.stringify(files.map(({ r2Key }) => r2Key));
  return [
    ctx.db.sql(sql`insert into ${fileIntents} (r2_key, org_id, created_at)
      select value, ${ctx.orgId}, 0 from json_each(${keys}) where ${won}
      on conflict (r2_key) do update set created_at = 0`),
  ];
}

/** A file with the id of the document that it becomes. */
export type Filed = KeptFile & { documentId: string };

export const filed = (ctx: Ctx, files: readonly KeptFile[]): Filed[] =>
  files.map((file) => ({ ...file, documentId: newId("doc", ctx.now()) }));

/** What makes the files of an application the documents of its person. */
export function documentsOf(
  ctx: Ctx,
  who: Pick<CandidateRow, "id" | "userId">,
  files: readonly Filed[],
  changeId: string,
): { writes: Statement[]; events: NewEvent[]; audit: NewAudit[] } {
  const at = ctx.now();
  const typeOf = (field: string) => (field === "cv" ? "cv" : "other");
  return {
    writes: [
      ...files.map(({ field, documentId, ...file }) =>
        ctx.db.insert(documents, {
          ...file,
          id: documentId,
          candidateId: who.id,
          ownerId: who.id,
          type: typeOf(field),
          status: "pending",
          uploadedBy: ctx.actor.id,
          changeId,
          createdAt: at,
          updatedAt: at,
        }),
      ),
      ...settleIntents(ctx, files),
      ...(files.some((file) => typeOf(file.field) === "cv") ? [keepNewestCv(ctx, who.id)] : []),
    ],
    events: files.map((file) =>
      event({
        type: "document.uploaded",
        entity: { type: "candidate", id: who.id },
        userId: who.userId,
        data: {
          candidateId: who.id,
          documentId: file.documentId,
          type: typeOf(file.field),
          status: "pending",
        },
      }),
    ),
    audit: files.map((file) => ({
      action: "DOCUMENT_UPLOAD" as const,
      entity: { type: "document", id: file.documentId },
      newValue: { type: typeOf(file.field), status: "pending" },
    })),
  };
}
