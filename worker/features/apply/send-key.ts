import { sql } from "drizzle-orm";
import { idempotencyKeys } from "../../db/idempotency-table";
import type { AnswerSlot, Ctx } from "../../events/context";
import { deriveKey, hmacSha256, openJson, sealJson, sha256Hex } from "../../lib/keys";
import type { ApplyInput } from "./apply";

/** By what the same form sent twice is known, and where its first answer is kept. */
export interface SendKey {
  slot: AnswerSlot;
  /** The first answer, where there is one. */
  open(rows: { sealed: string }[]): Promise<unknown>;
}

/**
 * The key of what a page sends: its draft, or its stamp. With another e-mail address it is another person's,
 * who used the same page. Null where a request has a key of its own, or nothing to know it by.
 */
export async function sendKey(ctx: Ctx, input: ApplyInput, email: string): Promise<SendKey | null> {
  const secret = input.draft ?? input.signs.stamp;
  if (ctx.answer || secret === undefined || email === "") return null;
  const caller = `apply:${ctx.orgId}`;
  const keyHash = await sha256Hex(JSON.stringify([secret, input.job, email]));
  const aad = `${caller}\n${keyHash}`;
  const key = await hmacSha256(await deriveKey(ctx.env.PORTICO_KEY, "apply-answer-1"), secret);
  return {
    slot: {
      caller,
      keyHash,
      requestHash: "",
      written: false,
      seal: async (result) => ({ status: 201, sealed: await sealJson(key, result, aad) }),
    },
    open: async ([row]) => (row ? await openJson(key, row.sealed, aad) : null),
  };
}

/** The query of what was answered before. */
export function storedSend(ctx: Ctx, key: SendKey | null) {
  return ctx.db.sql<{ sealed: string }>(sql`select sealed from ${idempotencyKeys}
    where caller = ${key?.slot.caller ?? ""} and key_hash = ${key?.slot.keyHash ?? ""} and expires_at > ${ctx.now()}`);
}
