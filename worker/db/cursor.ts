import { DomainError } from "../lib/errors";
import { base64url, deriveKey, equalBytes, fromBase64url, hmacSha256, sha256Hex } from "../lib/keys";

type Position = (string | number | null)[];

/** What a cursor is for: it works for this list, this organization and these filters only. */
export interface CursorScope {
  list: string;
  orgId: string;
  filters?: Record<string, unknown>;
}

async function signature(
  env: { PORTICO_KEY: string },
  scope: CursorScope,
  payload: string,
): Promise<Uint8Array> {
  const key = await deriveKey(env.PORTICO_KEY, "cursor-1");
  const filters = await sha256Hex(JSON.stringify(scope.filters ?? {}));
  return (await hmacSha256(key, `${scope.list}\n${scope.orgId}\n${filters}\n${payload}`)).slice(0, 16);
}

/** A signed keyset position: the sort values of the last row shown. */
export async function writeCursor(env: { PORTICO_KEY: string }, scope: CursorScope, position: Position) {
  const payload = base64url(new TextEncoder().encode(JSON.stringify(position)));
  return `${payload}.${base64url(await signature(env, scope, payload))}`;
}

/**
 * The position a cursor names, or null where none was sent.
 * @throws DomainError `invalid` when it was altered or belongs to another list, organization or filter
 */
export async function readCursor(
  env: { PORTICO_KEY: string },
  scope: CursorScope,
  cursor: string | undefined,
): Promise<Position | null> {
  if (cursor === undefined) return null;
  const [payload = "", mac = "", more] = cursor.split(".");
  try {
    if (more === undefined && equalBytes(fromBase64url(mac), await signature(env, scope, payload))) {
      return JSON.parse(new TextDecoder().decode(fromBase64url(payload))) as Position;
    }
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw new DomainError("invalid", "This cursor belongs to another list. Start again without one.", {
    errors: [{ path: "cursor", message: "Not a cursor of this list with these filters." }],
  });
}

/** Cuts the one row too many that a page query asks for, and signs where the page ended. */
export async function page<Row, Shown>(
  env: { PORTICO_KEY: string },
  scope: CursorScope,
  rows: Row[],
  limit: number,
  position: (row: Row) => Position,
  present: (row: Row) => Shown,
): Promise<{ data: Shown[]; nextCursor: string | null }> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? await writeCursor(env, scope, position(last)) : null;
  return { data: shown.map(present), nextCursor };
}
