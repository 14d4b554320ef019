import { loadReaders } from "../../../readers";
import { MOST_TEXT, type ReadFile } from "./shape";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
export const READABLE = ["application/pdf", DOCX, "text/plain"];

/** The lines and links of a file; null where it is of another kind, or isn't to be read. */
export async function read(bytes: Uint8Array, contentType: string): Promise<ReadFile | null> {
  if (contentType === "text/plain") {
    const lines = new TextDecoder().decode(bytes).slice(0, MOST_TEXT).split(/\r?\n/);
    return { lines: lines.map((text) => ({ text, size: 0 })), links: [] };
  }
  if (!READABLE.includes(contentType)) return null;
  const readers = await loadReaders();
  return contentType === DOCX ? readers.readDocx(bytes) : await readers.readPdf(bytes);
}
