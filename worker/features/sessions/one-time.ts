import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { directory, type Statement } from "../../db/database";
import type { Env } from "../../env";
import type { Ctx } from "../../events/context";
import { clock } from "../../lib/clock";
import { DomainError } from "../../lib/errors";
import { newSecret } from "../../lib/ids";
import { oneTimeTokens, type TokenPurpose } from "./table";
import { hashToken } from "./tokens";

const MINUTE = 60_000;
const LIFE_MS: Record<TokenPurpose, number> = {
  password_reset: 30 * MINUTE,
  verify_email: 2 * 24 * 60 * MINUTE,
  invitation: 7 * 24 * 60 * MINUTE,
  live: MINUTE / 2,
};

/** A secret that works once. Only its hash is stored. */
export async function newOneTimeToken(
  ctx: Ctx,
  input: { userId: string; purpose: TokenPurpose; sessionId?: string },
): Promise<{ token: string; write: Statement }> {
  const token = newSecret();
  const write = ctx.db.insert(oneTimeTokens, {
    hash: await hashToken(token),
    userId: input.userId,
    sessionId: input.sessionId ?? null,
    purpose: input.purpose,
    createdAt: ctx.now(),
    expiresAt: ctx.now() + LIFE_MS[input.purpose],
  });
  return { token, write };
}

/** The row of a secret that is still good, without using it up. */
export async function findOneTimeToken(env: Env, token: string, purposes: TokenPurpose[]) {
  const index = directory(env);
  const [rows] = await index.read(
    index.orm
      .select()
      .from(oneTimeTokens)
      .where(
        and(
          eq(oneTimeTokens.hash, await hashToken(token)),
          isNull(oneTimeTokens.usedAt),
          gt(oneTimeTokens.expiresAt, clock.now()),
        ),
      ),
  );
  const row = rows[0];
  return row && purposes.includes(row.purpose) ? row : null;
}

/**
 * The statement that uses a secret up in the batch of what it allows, and the condition that this commit
 * was the one that did: of several who try at once, one wins.
 */
export function spendOneTimeToken(
  ctx: Ctx,
  hash: string,
  changeId: string,
): { write: Statement; spent: SQL } {
  return {
    write: ctx.db.update(
      oneTimeTokens,
      { usedAt: ctx.now(), changeId },
      and(eq(oneTimeTokens.hash, hash), isNull(oneTimeTokens.usedAt)),
    ),
    spent: sql`exists (select 1 from ${oneTimeTokens}
      where org_id = ${ctx.orgId} and hash = ${hash} and change_id = ${changeId})`,
  };
}

/**
 * Uses a secret up: of several who try at once, one wins.
 * @returns its row, or null where it was used, is too old or never was
 */
export async function useOneTimeToken(env: Env, token: string, purposes: TokenPurpose[]) {
  const row = await findOneTimeToken(env, token, purposes);
  if (!row) return null;
  const index = directory(env);
  const results = await index.write([
    index.orm
      .update(oneTimeTokens)
      .set({ usedAt: clock.now() })
      .where(and(eq(oneTimeTokens.hash, row.hash), isNull(oneTimeTokens.usedAt)))
      .returning({ hash: oneTimeTokens.hash }),
  ]);
  return (results[0] as unknown[]).length === 1 ? row : null;
}

/** The statement that makes every mailed secret of a user useless; `won` is the guard of its commit. */
export function voidOneTimeTokens(ctx: Ctx, userId: string, won: SQL): Statement {
  return ctx.db.update(
    oneTimeTokens,
    { usedAt: ctx.now() },
    and(eq(oneTimeTokens.userId, userId), isNull(oneTimeTokens.usedAt), won),
  );
}

export const badLink = () =>
  new DomainError("invalid", "This link was used already or is too old. Ask for a new one.", {
    errors: [{ path: "token", message: "Used already, too old, or not one of ours." }],
  });
