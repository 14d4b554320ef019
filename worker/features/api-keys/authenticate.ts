import { and, eq, gt, isNull, or } from "drizzle-orm";
import { database, directory } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { inRanges } from "../../lib/addresses";
import { clock } from "../../lib/clock";
import { sha256Hex } from "../../lib/keys";
import { apiKeys } from "./table";
import type { Scope } from "./words";

/** A key that is good now. */
export interface KnownKey {
  id: string;
  orgId: string;
  scopes: Scope[];
}

/** How old the time of a key's last use may be: it is for people, and a write a request would be dear. */
const USE_NOTED_MS = 60_000;

/**
 * The key behind a bearer token `pk_…`, in one round trip, or null where it is unknown, expired, revoked or used
 * from an address that it isn't for.
 */
export async function checkKey(
  env: Env,
  token: string,
  address: string,
  meter: Meter,
  after: (work: Promise<unknown>) => void,
): Promise<KnownKey | null> {
  const now = clock.now();
  const index = directory(env, meter);
  const [rows] = await index.read(
    index.orm
      .select()
      .from(apiKeys)
      .where(
        and(
          eq(apiKeys.hash, await sha256Hex(token)),
          isNull(apiKeys.revokedAt),
          or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
        ),
      )
      .limit(1),
  );
  const key = rows[0];
  if (!key || (key.ipAllowList && !inRanges(address, key.ipAllowList))) return null;
  if (key.lastUsedAt === null || key.lastUsedAt < now - USE_NOTED_MS) {
    const db = database(env, key.orgId);
    after(db.write([db.update(apiKeys, { lastUsedAt: now }, eq(apiKeys.id, key.id))]).catch(() => {}));
  }
  return { id: key.id, orgId: key.orgId, scopes: key.scopes };
}
