import { getBlob } from "../lib/client";

/** Files that are held ready, at most. */
const MOST = 3;

const ahead = new Map<string, Promise<Blob>>();

/** Fetches a file that is about to be looked at. */
export function fetchAhead(address: string): void {
  if (ahead.has(address)) return;
  const bytes = getBlob(address);
  ahead.set(address, bytes);
  // One that could not be fetched is asked for again when it is shown, and tells then.
  bytes.catch(() => ahead.delete(address));
  for (const oldest of [...ahead.keys()].slice(0, -MOST)) ahead.delete(oldest);
}

/** A file's bytes: those that were fetched ahead, or fetched now. */
export function bytesOf(address: string, signal: AbortSignal): Promise<Blob> {
  return ahead.get(address) ?? getBlob(address, signal);
}
