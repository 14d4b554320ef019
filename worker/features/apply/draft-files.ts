import { and, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { conflict } from "../../lib/errors";
import { fileIntents } from "../documents/table";
import { takeTurn } from "../sessions/login";
import type { Visitor } from "../sessions/sessions";
import type { SentFile } from "./apply";
import { expiry, findDraft, gone, living, type Outside, presentFile } from "./drafts";
import { leaveToJanitor, noteIntents, putAll, settleIntents, type Taken, take, tooManyFiles } from "./files";
import { readCv } from "./read-cv";
import type { AddedDraftFile } from "./schema";
import { applicationDrafts } from "./table";
import { APPLY_FILES_MOST } from "./words";

/**
 * Keeps a file with a draft, in place of one that the field had. Of a CV it tells what could be read from it.
 * @throws DomainError `not-found`, `conflict` for more than ten, `too-large`, `unsupported-type`, `invalid`,
 * `rate-limited`
 */
export async function addDraftFile(
  world: Outside,
  token: string,
  file: SentFile,
  visitor: Visitor,
): Promise<AddedDraftFile> {
  await takeTurn(world.env, "draftFiles", visitor.address);
  const { ctx, row } = await findDraft(world, token);
  const taken = await take(ctx, file);
  await ctx.db.write(noteIntents(ctx, [taken]));
  const [, read] = await Promise.all([
    putAll(ctx, [taken]),
    file.field === "cv" ? readCv(ctx.env, file.bytes, taken.kept.contentType) : null,
  ]);
  await attach(ctx, row.hash, taken);
  const shown = presentFile(taken.kept);
  if (!read) return { ...shown, read: null };
  const { name, email, phone, links } = read;
  return { ...shown, read: { name, email, phone, links } };
}

/** The files of a draft without that of one field, and with a new one: in SQL, for several come at once. */
async function attach(ctx: Ctx, hash: string, { kept }: Taken): Promise<void> {
  const now = ctx.now();
  const others = sql`(select count(*) from json_each(${applicationDrafts.files}) f
    where json_extract(f.value, '$.field') <> ${kept.field})`;
  const may = and(living(hash, now), sql`${others} < ${APPLY_FILES_MOST}`);
  const there = sql`exists (select 1 from ${applicationDrafts} d, json_each(d.files) f
    where d.hash = ${hash} and d.org_id = ${ctx.orgId} and json_extract(f.value, '$.r2Key') = ${kept.r2Key})`;
  const results = await ctx.db.write([
    dropFile(ctx, hash, kept.field, may),
    ctx.db
      .update(
        applicationDrafts,
        {
          files: sql`(select json_group_array(json(v)) from (
            select f.value as v from json_each(${applicationDrafts.files}) f
              where json_extract(f.value, '$.field') <> ${kept.field}
            union all select ${JSON.stringify(kept)}))`,
          updatedAt: now,
          expiresAt: expiry(now),
        },
        may,
      )
      .returning({ hash: applicationDrafts.hash }),
    ...settleIntents(ctx, [kept], there),
    ...leaveToJanitor(ctx, [kept], sql`not ${there}`),
    ctx.db.select({ hash: applicationDrafts.hash }, applicationDrafts, {
      where: living(hash, now),
      byKey: true,
    }),
  ]);
  if ((results[1] as unknown[]).length > 0) return;
  throw (results.at(-1) as unknown[]).length > 0 ? conflict(tooManyFiles) : gone();
}

/** Leaves the file that a field has to the janitor. */
function dropFile(ctx: Ctx, hash: string, field: string, may: SQL | undefined) {
  const { files, orgId } = applicationDrafts;
  return ctx.db.sql(sql`insert or ignore into ${fileIntents} (r2_key, org_id, created_at)
    select json_extract(g.value, '$.r2Key'), ${orgId}, 0 from ${applicationDrafts}, json_each(${files}) g
    where ${orgId} = ${ctx.orgId} and ${applicationDrafts.hash} = ${hash}
      and json_extract(g.value, '$.field') = ${field} and ${may ?? sql`1`}`);
}

/**
 * Takes a file out of a draft; one that isn't there is gone already.
 * @throws DomainError `not-found` for the draft
 */
export async function removeDraftFile(world: Outside, token: string, field: string): Promise<void> {
  const { ctx, row } = await findDraft(world, token);
  const now = ctx.now();
  await ctx.db.write([
    dropFile(ctx, row.hash, field, living(row.hash, now)),
    ctx.db.update(
      applicationDrafts,
      {
        files: sql`(select json_group_array(json(f.value)) from json_each(${applicationDrafts.files}) f
          where json_extract(f.value, '$.field') <> ${field})`,
        updatedAt: now,
        expiresAt: expiry(now),
      },
      living(row.hash, now),
    ),
  ]);
}
