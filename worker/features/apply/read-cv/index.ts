import { log, reasonOf } from "../../../lib/log";
import { factsOf } from "./facts";
import { type CvReader, readApart } from "./object";
import { READABLE } from "./read";
import { type CvFacts, MOST_TEXT } from "./shape";

/** A CV that could be read. */
export interface ReadCv extends CvFacts {
  text: string;
}

/**
 * Reads a CV: a PDF (its first ten pages), a Word document or plain text. It never throws: a file that is
 * damaged, protected, without text, or made to cost more than a CV does, is not read.
 *
 * @param contentType as its content was found to be, not as it was declared
 */
export async function readCv(
  env: { CV_READER: DurableObjectNamespace<CvReader> },
  bytes: Uint8Array,
  contentType: string,
): Promise<ReadCv | null> {
  if (!READABLE.includes(contentType)) return null;
  try {
    const file = await readApart(env, bytes, contentType);
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
