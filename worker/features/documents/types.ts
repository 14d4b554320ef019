import { eq } from "drizzle-orm";
import type { z } from "zod";
import { uniqueViolation } from "../../db/database";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { refreshWaiting } from "../pipelines/waiting";
import { listTypes } from "./documents";
import type { DocumentType, DocumentTypeChange, NewDocumentType } from "./schema";
import { documentTypes } from "./table";

/** A type as the API shows it: never where its template's bytes are. */
export const presentType = (row: Omit<typeof documentTypes.$inferSelect, "orgId">): DocumentType => ({
  key: row.key,
  name: row.name,
  required: row.required,
  validDays: row.validDays,
  hasTemplate: row.templateKey !== null,
  templateName: row.templateName,
});

/** All document types of the organization, in their order. */
export async function getTypes(ctx: Ctx): Promise<DocumentType[]> {
  return (await listTypes(ctx)).map(presentType);
}

/** @throws DomainError `conflict` for a key that exists */
export async function addType(ctx: Ctx, input: z.infer<typeof NewDocumentType>): Promise<DocumentType> {
  const types = await listTypes(ctx);
  const row = {
    ...input,
    templateKey: null,
    templateName: null,
    templateType: null,
    position: types.length,
  };
  try {
    return await commit(ctx, {
      id: newId("chg", ctx.now()),
      writes: [
        ctx.db.insert(documentTypes, row),
        ...(input.required ? [refreshWaiting(ctx.db, "everyone", ctx.now())] : []),
      ],
      audit: [
        {
          action: "DOCUMENT_TYPE_CREATE",
          entity: { type: "document_type", id: input.key },
          newValue: { ...input },
        },
      ],
      result: presentType(row),
    });
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw conflict(
      `There is a document type "${input.key}" already.`,
      types.map(presentType).find((type) => type.key === input.key),
    );
  }
}

/** @throws DomainError `not-found` */
export async function changeType(ctx: Ctx, input: z.infer<typeof DocumentTypeChange>): Promise<DocumentType> {
  const old = (await listTypes(ctx)).find((type) => type.key === input.key);
  if (!old) throw notFound("document type");
  const set = {
    name: input.name ?? old.name,
    required: input.required ?? old.required,
    validDays: input.validDays === undefined ? old.validDays : input.validDays,
  };
  return await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [
      ctx.db.update(documentTypes, set, eq(documentTypes.key, input.key)),
      refreshWaiting(ctx.db, "everyone", ctx.now()),
    ],
    audit: [
      {
        action: "DOCUMENT_TYPE_UPDATE",
        entity: { type: "document_type", id: input.key },
        oldValue: { name: old.name, required: old.required, validDays: old.validDays },
        newValue: set,
      },
    ],
    result: presentType({ ...old, ...set }),
  });
}
