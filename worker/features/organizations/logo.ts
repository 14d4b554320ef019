import { and, eq, sql } from "drizzle-orm";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { DomainError } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { fileIntents } from "../documents/table";
import { inspected } from "../documents/upload";
import { getOrganization, presentOrganization } from "./organizations";
import type { Organization } from "./schema";
import { type Brand, organizations } from "./table";
import { LOGO_TYPES, MAX_LOGO_BYTES } from "./words";

type Row = typeof organizations.$inferSelect;

export interface LogoUpload {
  bytes: Uint8Array;
  fileName: string;
  declaredType: string | null;
}

const refused = (code: "too-large" | "unsupported-type", message: string) =>
  new DomainError(code, message, { errors: [{ path: "file", message }] });

/**
 * Gives the organization another logo. The file that it replaces is left to the janitor, since pages that
 * somebody has open still show it.
 * @throws DomainError `too-large`, `unsupported-type`, `invalid`, `unavailable`
 */
export async function setLogo(ctx: Ctx, upload: LogoUpload): Promise<Organization> {
  if (upload.bytes.byteLength > MAX_LOGO_BYTES)
    throw refused("too-large", "A logo may have 512 kB at most. Make it smaller and try again.");
  const { contentType } = inspected(upload);
  if (!(LOGO_TYPES as readonly string[]).includes(contentType))
    throw refused("unsupported-type", "A logo is a PNG or JPEG picture. Save it as one and try again.");
  const r2Key = `${ctx.orgId}/${crypto.randomUUID()}`;
  const [rows] = (await ctx.db.write([
    ctx.db.organization(),
    ctx.db.insert(fileIntents, { r2Key, createdAt: ctx.now() }),
  ])) as [Row[]];
  try {
    await ctx.env.FILES.put(r2Key, upload.bytes, { httpMetadata: { contentType } });
  } catch (error) {
    log("error", "r2.failed", { reason: reasonOf(error) });
    throw new DomainError("unavailable", "The logo could not be stored. Try again in a moment.", {
      retryAfterSeconds: 5,
    });
  }
  return await change(ctx, rows[0], (old) => ({ r2Key, contentType, version: (old?.version ?? 0) + 1 }));
}

/** Takes the organization's logo away; nothing happens where it has none. */
export async function removeLogo(ctx: Ctx): Promise<void> {
  const [rows] = await ctx.db.read(ctx.db.organization());
  if (rows[0]?.brand.logo) await change(ctx, rows[0], () => null);
}

/** Writes the logo that `next` makes of the old one. @param found the organization as it was just read */
async function change(
  ctx: Ctx,
  found: Row | undefined,
  next: (old: Brand["logo"]) => NonNullable<Brand["logo"]> | null,
): Promise<Organization> {
  let known = found;
  const attempt = async () => {
    const old = known ?? (await ctx.db.read(ctx.db.organization()))[0][0];
    // Whoever was faster changed what was read.
    known = undefined;
    if (!old) throw new DomainError("not-found", "This organization is gone.");
    const at = ctx.now();
    const changeId = newId("chg", at);
    const logo = next(old.brand.logo);
    const brand: Brand = { ...old.brand, logo };
    const won = sql`exists (select 1 from ${organizations} where id = ${ctx.orgId} and change_id = ${changeId})`;
    return await commit(ctx, {
      id: changeId,
      won: { table: organizations, id: ctx.orgId },
      writes: [
        ctx.db.update(
          organizations,
          { brand, version: old.version + 1, changeId, updatedAt: at },
          and(eq(organizations.id, ctx.orgId), eq(organizations.version, old.version)),
        ),
        ...(logo ? [ctx.db.delete(fileIntents, and(eq(fileIntents.r2Key, logo.r2Key), won))] : []),
        ...(old.brand.logo
          ? [
              ctx.db.sql(sql`insert into ${fileIntents} (r2_key, org_id, created_at)
                select ${old.brand.logo.r2Key}, ${ctx.orgId}, ${at} where ${won}`),
            ]
          : []),
      ],
      audit: [
        {
          action: "ORGANIZATION_UPDATE",
          entity: { type: "organization", id: ctx.orgId },
          metadata: { fields: ["brand.logo"] },
        },
      ],
      result: presentOrganization({ ...old, brand, version: old.version + 1, changeId, updatedAt: at }),
    });
  };
  return await onceMore(attempt, () => getOrganization(ctx));
}
