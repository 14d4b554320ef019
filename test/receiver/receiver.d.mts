import type { Answer } from "./answers.mjs";

/** A request as it came, and what became of it. */
export interface Received {
  /** Milliseconds since 1970, by the machine's clock. */
  at: number;
  path: string;
  method: string;
  /** With lower-case names. */
  headers: Record<string, string>;
  body: string;
  /** `webhook-id`. */
  id: string | null;
  /** What the official library and the documents have against it; empty where nothing, or without secrets. */
  problems: string[];
  /** True where the one before it with the same id was not over yet. */
  overlaps: boolean;
  endedAt?: number;
  /** What was answered in full; null where nothing was. */
  status?: number | null;
}

export interface Receiver {
  port: number;
  base: string;
  received: Received[];
  url(path: string): string;
  answer(path: string, how: Answer): void;
  trust(path: string, ...secrets: string[]): void;
  at(path: string): Received[];
  forget(): void;
  until<T>(holds: () => T, ms?: number): Promise<T>;
  goDown(): Promise<void>;
  comeBack(): Promise<number>;
  stop(): Promise<void>;
}

export function startReceiver(options?: {
  port?: number;
  clock?: () => number | number[];
}): Promise<Receiver>;
