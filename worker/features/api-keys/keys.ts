import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import { commit, LostRace } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { checkRanges } from "../../lib/addresses";
import { iso, isoOrNull } from "../../lib/clock";
import { invalid, notFound } from "../../lib/errors";
import { newId, newSecret } from "../../lib/ids";
import { sha256Hex } from "../../lib/keys";
import type { ApiKey, ApiKeyQuery, ApiKeyWithSecret, NewApiKey } from "./schema";
import { apiKeys } from "./table";
import { KEY_PREFIX } from "./words";

type KeyRow = typeof apiKeys.$inferSelect;

/** How much of a key is kept for people to know it again: the prefix and 36 bits of 256. */
const SHOWN = KEY_PREFIX.length + 6;

/** A key as the API shows it; never the key itself, of which only a hash is stored. */
function presentKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    scopes: row.scopes,
    ipAllowList: row.ipAllowList,
    expiresAt: isoOrNull(row.expiresAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    createdAt: iso(row.createdAt),
  };
}

/** A page of the keys that are not revoked, the newest first. */
export async function listKeys(ctx: Ctx, { limit, cursor }: z.infer<typeof ApiKeyQuery>) {
  const scope = { list: "api-keys", orgId: ctx.orgId };
  const after = await readCursor(ctx.env, scope, cursor);
  const [rows] = await ctx.db.read(
    ctx.db.rows(apiKeys, {
      where: and(isNull(apiKeys.revokedAt), after ? lt(apiKeys.id, after[0] as string) : undefined),
      orderBy: desc(apiKeys.id),
      limit: limit + 1,
    }),
  );
  return await page(ctx.env, scope, rows, limit, (row) => [row.id], presentKey);
}

/** @throws DomainError `not-found`, also for a key that was revoked */
export async function getKey(ctx: Ctx, id: string): Promise<ApiKey> {
  const [rows] = await ctx.db.read(
    ctx.db.rows(apiKeys, { where: and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)) }),
  );
  if (!rows[0]) throw notFound("API key");
  return presentKey(rows[0]);
}

/**
 * Makes a key. Its answer is the only place where the key ever stands.
 * @throws DomainError `invalid` for a range that is none or an end that has passed
 */
export async function createKey(ctx: Ctx, input: NewApiKey): Promise<ApiKeyWithSecret> {
  const now = ctx.now();
  if (input.ipAllowList?.length === 0)
    throw invalid(
      "ipAllowList",
      "Name at least one address, or send null for a key that works from anywhere.",
    );
  checkRanges(input.ipAllowList);
  const expiresAt = input.expiresAt === null ? null : Date.parse(input.expiresAt);
  if (expiresAt !== null && expiresAt <= now)
    throw invalid("expiresAt", "This time has passed. Choose one in the future, or none.");
  const key = `${KEY_PREFIX}${newSecret()}`;
  const changeId = newId("chg", now);
  const row: KeyRow = {
    id: newId("key", now),
    orgId: ctx.orgId,
    name: input.name,
    start: key.slice(0, SHOWN),
    hash: await sha256Hex(key),
    scopes: [...new Set(input.scopes)],
    ipAllowList: input.ipAllowList,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
    createdBy: ctx.actor.id,
    changeId,
    createdAt: now,
  };
  return await commit(ctx, {
    id: changeId,
    writes: [ctx.db.insert(apiKeys, row)],
    audit: [
      {
        action: "API_KEY_CREATE",
        entity: { type: "api_key", id: row.id },
        newValue: {
          scopes: row.scopes,
          restricted: row.ipAllowList !== null,
          expiresAt: isoOrNull(expiresAt),
        },
      },
    ],
    result: { ...presentKey(row), key },
  });
}

/** Makes a key good for nothing, from the next request on. @throws DomainError `not-found` */
export async function revokeKey(ctx: Ctx, id: string): Promise<void> {
  const now = ctx.now();
  const changeId = newId("chg", now);
  try {
    await commit(ctx, {
      id: changeId,
      won: { table: apiKeys, id },
      writes: [
        ctx.db.update(
          apiKeys,
          { revokedAt: now, changeId },
          and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)),
        ),
      ],
      audit: [{ action: "API_KEY_REVOKE", entity: { type: "api_key", id } }],
      result: null,
    });
  } catch (error) {
    // Nothing else changes a key, so there was none left to win.
    if (error instanceof LostRace) throw notFound("API key");
    throw error;
  }
}
