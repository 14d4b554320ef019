import { eq, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { readFile } from "./documents";
import type { DocumentType } from "./schema";
import { documentTypes, fileIntents } from "./table";
import { presentType } from "./types";
import { inspected, putFile, type Upload } from "./upload";

const selectType = (ctx: Ctx, key: string) =>
  ctx.db.rows(documentTypes, { where: eq(documentTypes.key, key), limit: 1 });

/**
 * Gives a document type a file to download, fill in and upload, in the place of the one it had.
 * @throws DomainError `not-found`, and what a refused file throws
 */
export async function setTemplate(
  ctx: Ctx,
  key: string,
  file: Pick<Upload, "bytes" | "fileName" | "declaredType">,
): Promise<DocumentType> {
  const looked = inspected(file);
  const r2Key = `${ctx.orgId}/${crypto.randomUUID()}`;
  const [types] = (await ctx.db.write([
    selectType(ctx, key),
    ctx.db.insert(fileIntents, { r2Key, createdAt: ctx.now() }),
  ])) as [(typeof documentTypes.$inferSelect)[]];
  const type = types[0];
  if (!type) throw notFound("document type");
  await putFile(ctx, r2Key, file.bytes, looked.contentType);
  return await change(ctx, type, {
    templateKey: r2Key,
    templateName: looked.fileName,
    templateType: looked.contentType,
  });
}

/** Takes a type's template away; without one nothing happens. @throws DomainError `not-found` */
export async function removeTemplate(ctx: Ctx, key: string): Promise<void> {
  const [types] = await ctx.db.read(selectType(ctx, key));
  const type = types[0];
  if (!type) throw notFound("document type");
  if (type.templateKey === null) return;
  await change(ctx, type, { templateKey: null, templateName: null, templateType: null });
}

async function change(
  ctx: Ctx,
  type: typeof documentTypes.$inferSelect,
  set: Pick<typeof documentTypes.$inferSelect, "templateKey" | "templateName" | "templateType">,
): Promise<DocumentType> {
  return await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [
      giveToJanitor(ctx, type.key),
      ctx.db.update(documentTypes, set, eq(documentTypes.key, type.key)),
      ctx.db.delete(fileIntents, eq(fileIntents.r2Key, set.templateKey ?? "")),
    ],
    audit: [
      {
        action: "DOCUMENT_TYPE_UPDATE",
        entity: { type: "document_type", id: type.key },
        oldValue: { template: type.templateName },
        newValue: { template: set.templateName },
      },
    ],
    result: presentType({ ...type, ...set }),
  });
}

/** The file that a type has at that moment, whichever it is, goes later: somebody may be loading it. */
function giveToJanitor(ctx: Ctx, key: string): Statement {
  return ctx.db.sql(sql`insert or ignore into ${fileIntents} (r2_key, org_id, created_at)
    select template_key, org_id, ${ctx.now()} from ${documentTypes}
    where org_id = ${ctx.orgId} and key = ${key} and template_key is not null`);
}

/** The file of a type's template. @throws DomainError `not-found` */
export async function getTemplate(ctx: Ctx, key: string) {
  const [types] = await ctx.db.read(selectType(ctx, key));
  const type = types[0];
  if (!type?.templateKey) throw notFound("template of this document type");
  const object = await readFile(ctx, type.templateKey);
  if (!object) throw notFound("template of this document type");
  return {
    file: {
      fileName: type.templateName ?? type.key,
      contentType: type.templateType ?? "application/octet-stream",
    },
    object,
  };
}
