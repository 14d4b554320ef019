import { getDocument } from "unpdf/pdfjs";
import { isSafePdf } from "./pdf-check";
import { MOST_PAGES, MOST_TEXT, type ReadFile, type ReadLine } from "./shape";

/**
 * What one file may cost, in looks at the clock. The reader looks once for a hundred drawing steps and once
 * for each nested part, and the build makes those looks count; the clock itself stands still while a Worker
 * computes.
 */
const MOST_WORK = 20_000;
/** So much later it seems to be at each look that the reader makes a pause, and hears that it is enough. */
const LOOK_MS = 25;

let work = 0;
Object.assign(globalThis, {
  porticoReaderClock: () => {
    work++;
    if (work > MOST_WORK) throw new Error("This file takes too much work to be read.");
    return work * LOOK_MS;
  },
});

interface Item {
  str?: string;
  hasEOL?: boolean;
  height?: number;
}

/** The lines of a PDF's first pages, with the size of their letters, and the addresses it links to. */
export async function readPdf(bytes: Uint8Array): Promise<ReadFile | null> {
  if (!isSafePdf(bytes)) return null;
  work = 0;
  const task = getDocument({
    // The reader takes over what it is given.
    data: bytes.slice(),
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: 1,
    useWorkerFetch: false,
    useWasm: false,
  });
  try {
    const pdf = await task.promise;
    const lines: ReadLine[] = [];
    const links: string[] = [];
    let length = 0;
    for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES) && length < MOST_TEXT; number++) {
      const page = await pdf.getPage(number);
      const reader = page.streamTextContent().getReader() as ReadableStreamDefaultReader<{ items: Item[] }>;
      let line: ReadLine = { text: "", size: 0 };
      while (length < MOST_TEXT) {
        const { done, value } = await reader.read();
        if (done) break;
        for (const { str = "", hasEOL = false, height = 0 } of value.items) {
          line.text += str;
          length += str.length;
          if (str.trim() !== "") line.size = Math.max(line.size, height);
          if (!hasEOL) continue;
          lines.push(line);
          line = { text: "", size: 0 };
        }
      }
      await reader.cancel().catch(() => undefined);
      if (line.text !== "") lines.push(line);
      for (const note of (await page.getAnnotations()) as { url?: unknown }[]) {
        if (typeof note.url === "string") links.push(note.url);
      }
      page.cleanup();
    }
    return { lines, links };
  } finally {
    await task.destroy();
  }
}
