import { and, eq, lte } from "drizzle-orm";
import type { Context } from "hono";
import { directory } from "../db/database";
import { idempotencyKeys } from "../db/idempotency-table";
import { KEPT_MS } from "../events/commit";
import type { AnswerSlot, Ctx } from "../events/context";
import type { Session } from "../features/sessions/schema";
import { clock } from "../lib/clock";
import { addressBucket } from "../lib/counter";
import { DomainError } from "../lib/errors";
import { deriveKey, hmacSha256, openJson, sealJson, sha256Hex } from "../lib/keys";
import { setSession } from "./cookies";
import type { HttpEnv } from "./types";

export interface Shown {
  status: 200 | 201 | 202 | 204;
  /** Absent with 204. */
  body?: unknown;
  location?: string;
  /** The session that a browser gets as cookies too. */
  session?: Pick<Session, "accessToken" | "refreshToken" | "expiresIn">;
  /** The version of the resource, for its ETag. */
  version?: number;
}

/**
 * Runs a verb and answers what `show` makes of its result. With an `Idempotency-Key` the first answer is
 * written in the batch of the effect, and the same request gets it again for 48 hours.
 *
 * @param ctx of the caller, or of the organization that a public request is for; `run` gets it with the
 * place for the answer, which the verb's commit fills
 */
export async function answer<C extends Pick<Ctx, "answer">, R>(
  c: Context<HttpEnv>,
  ctx: C,
  run: (ctx: C) => Promise<R>,
  show: (result: R) => Shown,
): Promise<Response> {
  const key = c.req.header("idempotency-key");
  if (key === undefined || c.req.method !== "POST") return reply(c, show(await run(ctx)));
  if (key.length < 1 || key.length > 255)
    throw new DomainError("malformed", "An Idempotency-Key has 1 to 255 characters.");

  const slot = await newSlot(c, key, show as (result: unknown) => Shown);
  const known = await stored(c, slot, key);
  if (known) return known;
  let shown: Shown;
  try {
    shown = show(await run({ ...ctx, answer: slot }));
  } catch (error) {
    // The same request at the same moment may have won: then its answer is ours too.
    const won = await stored(c, slot, key);
    if (won) return won;
    throw error;
  }
  if (!slot.written) await remember(c, slot, shown, key);
  return reply(c, shown);
}

function reply(c: Context<HttpEnv>, shown: Shown): Response {
  if (shown.session) setSession(c, shown.session);
  if (shown.status === 204) return c.body(null, 204);
  if (shown.location) c.header("location", shown.location);
  if (shown.version !== undefined) c.header("etag", `"${shown.version}"`);
  return c.json(shown.body as object, shown.status);
}

/** Answers may carry secrets, so they are sealed under a key that only the caller's own key can make. */
async function sealingKey(c: Context<HttpEnv>, key: string): Promise<Uint8Array> {
  return await hmacSha256(await deriveKey(c.env.PORTICO_KEY, "idempotency-1"), key);
}

async function newSlot(
  c: Context<HttpEnv>,
  key: string,
  show: (result: unknown) => Shown,
): Promise<AnswerSlot> {
  const session = c.get("session");
  const address = addressBucket(c.req.header("cf-connecting-ip") ?? "");
  const keyId = c.get("keyId");
  const caller = session
    ? `user:${session.userId}`
    : keyId
      ? `key:${keyId}`
      : `public:${await sha256Hex(`${address}\n${c.req.path}`)}`;
  const keyHash = await sha256Hex(key);
  return {
    caller,
    keyHash,
    // The query is part of the request: a raw upload names its file there.
    requestHash: await sha256Hex(`${c.req.path}${new URL(c.req.url).search}\n${await digestOf(c)}`),
    written: false,
    seal: async (result) => {
      const shown = show(result);
      return {
        status: shown.status,
        sealed: await sealJson(await sealingKey(c, key), shown, `${caller}\n${keyHash}`),
      };
    },
  };
}

/** What makes two bodies the same: for multipart its parts, since the boundary differs each time. */
async function digestOf(c: Context<HttpEnv>): Promise<string> {
  if (!c.req.header("content-type")?.toLowerCase().startsWith("multipart/form-data")) {
    return await sha256Hex(new Uint8Array(await c.req.arrayBuffer()));
  }
  const parts: string[] = [];
  for (const [name, value] of await c.req.formData()) {
    parts.push(
      typeof value === "string"
        ? JSON.stringify([name, value])
        : JSON.stringify([
            name,
            value.name,
            value.type,
            await sha256Hex(new Uint8Array(await value.arrayBuffer())),
          ]),
    );
  }
  return await sha256Hex(parts.join("\n"));
}

async function stored(c: Context<HttpEnv>, slot: AnswerSlot, key: string): Promise<Response | null> {
  const index = directory(c.env, c.get("meter"));
  const its = and(eq(idempotencyKeys.caller, slot.caller), eq(idempotencyKeys.keyHash, slot.keyHash));
  const [rows] = await index.read(index.orm.select().from(idempotencyKeys).where(its));
  const row = rows[0];
  if (!row) return null;
  if (row.expiresAt <= clock.now()) {
    // The sweep has not come by yet, and the new answer needs the place.
    await index.write([
      index.orm.delete(idempotencyKeys).where(and(its, lte(idempotencyKeys.expiresAt, clock.now()))),
    ]);
    return null;
  }
  if (row.requestHash !== slot.requestHash) {
    throw new DomainError("invalid", "This Idempotency-Key was used for another request. Use a new one.", {
      errors: [{ path: "Idempotency-Key", message: "Used before with another body or address." }],
    });
  }
  const shown = (await openJson(
    await sealingKey(c, key),
    row.sealed,
    `${slot.caller}\n${slot.keyHash}`,
  )) as Shown;
  c.header("idempotency-replayed", "true");
  return reply(c, shown);
}

/** Keeps the answer of a request that changed nothing, like a move to where somebody stands already. */
async function remember(c: Context<HttpEnv>, slot: AnswerSlot, shown: Shown, key: string): Promise<void> {
  const index = directory(c.env, c.get("meter"));
  await index.write([
    index.orm
      .insert(idempotencyKeys)
      .values({
        caller: slot.caller,
        keyHash: slot.keyHash,
        requestHash: slot.requestHash,
        status: shown.status,
        sealed: await sealJson(await sealingKey(c, key), shown, `${slot.caller}\n${slot.keyHash}`),
        expiresAt: clock.now() + KEPT_MS,
      })
      .onConflictDoNothing(),
  ]);
}

/** Answers a read that clients poll, with an ETag of its content. */
export async function answerRead(c: Context<HttpEnv>, content: unknown): Promise<Response> {
  const text = JSON.stringify(content);
  c.header("etag", `W/"${await digestOfText(text)}"`);
  return c.body(text, 200, { "content-type": "application/json" });
}

/**
 * Answers one resource that is polled as well as edited. Its ETag begins with the version, so that it can be
 * sent as `If-Match`, and goes on with a digest, since counts change without the version.
 */
export async function answerOne(c: Context<HttpEnv>, content: { version: number }): Promise<Response> {
  const text = JSON.stringify(content);
  c.header("etag", `W/"${content.version}-${await digestOfText(text)}"`);
  return c.body(text, 200, { "content-type": "application/json" });
}

async function digestOfText(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("base64url").slice(0, 22);
}
