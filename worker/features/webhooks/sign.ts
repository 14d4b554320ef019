import { createHmac } from "node:crypto";

export interface Signed {
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
  "x-webhook-signature": string;
}

/**
 * The headers that sign one request: those of Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md), a signature for
 * each secret, and document 003's hex HMAC of the body alone, by the newest.
 *
 * @param at seconds since 1970, of this attempt
 * @param keys of its secrets, the newest first; one that was replaced signs too while it still counts
 */
export function sign(id: string, at: number, body: string, keys: readonly Uint8Array[]): Signed {
  const [newest] = keys;
  if (!newest) throw new Error("Nothing to sign with.");
  const of = (key: Uint8Array, text: string, as: "base64" | "hex") =>
    createHmac("sha256", key).update(text).digest(as);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": keys.map((key) => `v1,${of(key, `${id}.${at}.${body}`, "base64")}`).join(" "),
    "x-webhook-signature": of(newest, body, "hex"),
  };
}
