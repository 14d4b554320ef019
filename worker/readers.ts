import type { ReadFile } from "./features/apply/read-cv/shape";

/** The readers of CV files, as .tools/readers.mjs builds them from features/apply/read-cv/reader.ts. */
export interface Readers {
  readPdf(bytes: Uint8Array): Promise<ReadFile | null>;
  readDocx(bytes: Uint8Array): ReadFile;
}

/**
 * Stands in a variable, so that the module isn't built into the Worker's own, and here, because the address
 * counts from the Worker's main module.
 */
const MODULE = "./readers/cv.mjs";

/** Loads the readers, larger than all the rest of the Worker, when they are first needed. */
export async function loadReaders(): Promise<Readers> {
  return (await import(/* @vite-ignore */ MODULE)) as Readers;
}
