import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the stand-in receiver (test/receiver/controlled.mjs). */
    receiver: string;
  }
}

/** What the receiver got, as `test/receiver/receiver.mjs` writes it down. */
export interface Got {
  at: number;
  id: string | null;
  body: string;
  headers: Record<string, string>;
  /** What the official library and the documents say against it; looked for once secrets are trusted. */
  problems: string[];
  overlaps: boolean;
}

/** An answer of `test/receiver/answers.mjs`: its name and its arguments. */
export type Answer = [string, ...unknown[]];

async function ask<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(`${inject("receiver")}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

let count = 0;

/** An endpoint of the receiver of a test's own. */
export function newHook() {
  count += 1;
  const path = `/hook-${count}-${crypto.randomUUID().slice(0, 8)}`;
  return {
    path,
    url: `${inject("receiver")}${path}`,
    /** How it answers from now on: several are given in turn, and the last one stays. */
    answer: (...answers: Answer[]) => ask("/steer", { path, answer: ["inTurn", ...answers] }),
    /** Which secrets may sign; each request is verified as it comes. */
    trust: (...secrets: string[]) => ask("/steer", { path, trust: secrets }),
    got: () => ask<Got[]>("/got", { path }),
  };
}
export type Hook = ReturnType<typeof newHook>;
