import type { Env } from "../../env";
import { randomBytes } from "../../lib/clock";
import { deriveKey, open, openJson, seal, sealJson } from "../../lib/keys";

/** The generation of the key that seals what webhooks keep secret. */
const KEY = "webhook-1";

/** Where a sealed text belongs: elsewhere it won't open. */
export interface SealedPlace {
  orgId: string;
  table: "webhook_endpoints" | "integrations";
  id: string;
}

/** How long a secret that was replaced goes on signing, in milliseconds. */
export const SECRET_OVERLAP_MS = 24 * 60 * 60 * 1000;

const PREFIX = "whsec_";

/**
 * A new signing secret: `whsec_` and 32 random bytes in base64, as Standard Webhooks writes them
 * (https://github.com/standard-webhooks/standard-webhooks).
 */
export function newEndpointSecret(): string {
  return `${PREFIX}${Buffer.from(randomBytes(32)).toString("base64")}`;
}

/** The bytes that a secret's signatures are keyed with: what stands in base64 after `whsec_`. */
export function secretBytes(secret: string): Uint8Array {
  return Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, "base64");
}

const aad = ({ orgId, table, id }: SealedPlace, field: string) => `${orgId}|${table}|${id}|${field}`;

/**
 * A secret as its row keeps it.
 * @throws KeyError when the root key is missing
 */
export async function sealSecret(env: Env, place: SealedPlace, secret: string): Promise<string> {
  return await seal(await deriveKey(env.PORTICO_KEY, KEY), secret, aad(place, "secret"));
}

/**
 * The secret of what `sealSecret` made.
 * @throws Error when it was sealed for another row or with another root key
 */
export async function openSecret(env: Env, place: SealedPlace, sealed: string): Promise<string> {
  return await open(await deriveKey(env.PORTICO_KEY, KEY), sealed, aad(place, "secret"));
}

/** An endpoint's own headers as its row keeps them; null for none. */
export async function sealHeaders(
  env: Env,
  place: SealedPlace,
  headers: Record<string, string>,
): Promise<string | null> {
  if (Object.keys(headers).length === 0) return null;
  return await sealJson(await deriveKey(env.PORTICO_KEY, KEY), headers, aad(place, "headers"));
}

/** The headers of what `sealHeaders` made. */
export async function openHeaders(
  env: Env,
  place: SealedPlace,
  sealed: string | null,
): Promise<Record<string, string>> {
  if (sealed === null) return {};
  const key = await deriveKey(env.PORTICO_KEY, KEY);
  return (await openJson(key, sealed, aad(place, "headers"))) as Record<string, string>;
}
