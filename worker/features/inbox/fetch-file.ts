import type { Env } from "../../env";
import { MAX_FILE_BYTES } from "../documents/words";
import { mayReach } from "../webhooks/targets";
import { NotNow, Unclear } from "./outcomes";

/** From the request to the last byte, in milliseconds. */
const DEADLINE_MS = 15_000;
/** Tries of an address that doesn't answer: about twenty minutes. */
const TRIES = 12;

/** A file as its server sends it. */
export interface Fetched {
  bytes: Uint8Array;
  contentType: string | null;
}

/**
 * Fetches the file at an address that somebody outside named: only from the public internet, without following
 * redirects, at most 10 MB and 15 s.
 * @throws Unclear for an address that can't be used, NotNow for one that doesn't work now
 */
export async function fetchFile(env: Env, url: string): Promise<Fetched> {
  if (!mayReach(env, url)) {
    throw new Unclear("The document's address can't be used: it has to be https on the public internet.");
  }
  const signal = AbortSignal.timeout(DEADLINE_MS);
  try {
    const answer = await fetch(url, { redirect: "manual", signal });
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel();
      throw new NotNow(`The document's address answered ${answer.status}.`, TRIES);
    }
    return { bytes: await readBytes(answer.body), contentType: answer.headers.get("content-type") };
  } catch (error) {
    if (error instanceof NotNow || error instanceof Unclear) throw error;
    throw new NotNow(
      signal.aborted
        ? "The document's address took longer than 15 seconds."
        : "The document's address could not be reached, or the line broke.",
      TRIES,
    );
  }
}

async function readBytes(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_FILE_BYTES) throw new Unclear("The document is larger than 10 MB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
