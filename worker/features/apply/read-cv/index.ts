import { log, reasonOf } from "../../../lib/log";
import { loadReaders } from "../../../readers";
import { factsOf } from "./facts";
import { type CvFacts, MOST_TEXT, type ReadFile } from "./shape";

/** A CV that could be read. */
export interface ReadCv extends CvFacts {
  text: string;
}

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/**
 * Reads a CV: a PDF (its first ten pages), a Word document or plain text. It never throws: a file that is
 * damaged, protected, without text, or made to cost more than a CV does, is not read.
 *
 * @param contentType as its content was found to be, not as it was declared
 */
export async function readCv(bytes: Uint8Array, contentType: string): Promise<ReadCv | null> {
  try {
    const file = await readFile(bytes, contentType);
    if (!file) return null;
    const text = file.lines
      .map((line) => line.text)
      .join("\n")
      .slice(0, MOST_TEXT);
    if (text.trim() === "") return null;
    return { text, ...factsOf(file) };
  } catch (error) {
    log("info", "cv.unread", { contentType, reason: reasonOf(error) });
    return null;
  }
}

async function readFile(bytes: Uint8Array, contentType: string): Promise<ReadFile | null> {
  if (contentType === "text/plain") {
    const lines = new TextDecoder().decode(bytes).slice(0, MOST_TEXT).split(/\r?\n/);
    return { lines: lines.map((text) => ({ text, size: 0 })), links: [] };
  }
  if (contentType !== "application/pdf" && contentType !== DOCX) return null;
  const readers = await loadReaders();
  return contentType === DOCX ? readers.readDocx(bytes) : await readers.readPdf(bytes);
}
