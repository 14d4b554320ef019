import type { Role } from "../../../worker/features/users/words";
import type { Things } from "../world";

/** A call of a route that succeeds. */
export interface Sample {
  /** Who makes it. */
  as: Role | "nobody";
  status: number;
  params?: Record<string, string>;
  query?: Record<string, string>;
  json?: Record<string, unknown>;
  form?: () => FormData;
  headers?: Record<string, string>;
}

/** The parameter `:id`. */
export const id = (value: string) => ({ id: value });
let count = 0;
/** A word that no other call uses. */
export const fresh = (word: string) => `${word}-${++count}-${Math.random().toString(36).slice(2, 8)}`;
/** What `fresh` puts behind a word, also where its signs were replaced. */
export const FRESH = /[-_]\d+[-_][a-z0-9]{1,6}\b/g;
/** A time some days from now, the same for every caller. */
export const soon = (days: number) =>
  new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + days * 86_400_000).toISOString();
export const newPassword = "another-long-secret";

/** How routes are called well, with ids of `things`. */
export type Samples = Record<string, (things: Things) => Sample>;
