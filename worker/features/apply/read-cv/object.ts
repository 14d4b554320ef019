import { DurableObject } from "cloudflare:workers";
import { log, reasonOf } from "../../../lib/log";
import { read } from "./read";
import type { ReadFile } from "./shape";

/** Objects among which files are spread. */
const POOL_SIZE = 4;
/** How long somebody waits for what is read from their CV, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Reads files away from the isolate that answers requests: one that takes more memory than there is ends this
 * object's work and nobody else's. It stores nothing.
 */
export class CvReader extends DurableObject {
  async read(bytes: Uint8Array, contentType: string): Promise<ReadFile | null> {
    try {
      return await read(bytes, contentType);
    } catch (error) {
      log("info", "cv.unread", { contentType, reason: reasonOf(error) });
      return null;
    }
  }
}

/** Reads a file in one of the objects; null where it takes longer than somebody waits. */
export async function readApart(
  env: { CV_READER: DurableObjectNamespace<CvReader> },
  bytes: Uint8Array,
  contentType: string,
): Promise<ReadFile | null> {
  const object = env.CV_READER.getByName(`pool-${Math.floor(Math.random() * POOL_SIZE)}`);
  const work = object.read(bytes, contentType);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
