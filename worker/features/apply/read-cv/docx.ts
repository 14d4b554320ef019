import { unzipSync } from "fflate";
import { MOST_TEXT, type ReadFile, type ReadLine } from "./shape";

/** Parts that are read, in the order in which people see them: a name often stands in the head. */
const PART = /^word\/(?:header\d*|document)\.xml$/;
const LINKS = /^word\/_rels\/(?:header\d*|document)\.xml\.rels$/;
/** Bytes that one part may unpack to. */
const MOST_OF_PART = 8 * 1024 * 1024;

/** The lines of a Word document, and the addresses it links to. */
export function readDocx(bytes: Uint8Array): ReadFile {
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => (PART.test(name) || LINKS.test(name)) && originalSize <= MOST_OF_PART,
  });
  const names = Object.keys(files).sort(
    (a, b) => Number(b.includes("header")) - Number(a.includes("header")),
  );
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const lines: ReadLine[] = [];
  const links: string[] = [];
  let length = 0;
  for (const name of names) {
    if (LINKS.test(name)) {
      for (const [, target] of text(name).matchAll(/\sTarget="((?:https?:|mailto:)[^"]*)"/g))
        links.push(unescaped(target ?? ""));
      continue;
    }
    for (const line of paragraphs(text(name), MOST_TEXT - length)) {
      length += line.text.length;
      lines.push(line);
    }
  }
  return { lines, links };
}

const TOKEN = /<(\/?)(w:p|w:t|w:tab|w:br|w:cr|w:sz|w:delText|mc:Fallback)(?=[\s/>])([^>]*)>|([^<]+)/g;

/** The paragraphs of a part (ISO/IEC 29500-1, 17.3): what stands in text boxes comes once. */
function paragraphs(xml: string, most: number): ReadLine[] {
  const lines: ReadLine[] = [];
  let line: ReadLine = { text: "", size: 0 };
  let length = 0;
  let size = 0;
  let inText = false;
  let skipped = 0;
  const end = () => {
    if (line.text !== "") lines.push(line);
    line = { text: "", size: 0 };
  };
  for (const [, close, tag, rest, words] of xml.matchAll(TOKEN)) {
    if (tag === "mc:Fallback" && !rest?.endsWith("/")) skipped += close ? -1 : 1;
    if (skipped > 0) continue;
    if (tag === "w:t") inText = !close && !rest?.endsWith("/");
    else if (tag === "w:tab") line.text += "\t";
    else if (tag === "w:sz") size = Number(rest?.match(/w:val="(\d+)"/)?.[1] ?? 0) / 2;
    else if (tag === "w:p" && !close) {
      // A paragraph within another is a text box: what came before it stands on its own.
      end();
      size = 0;
    } else if (tag === "w:br" || tag === "w:cr" || tag === "w:p") end();
    else if (words !== undefined && inText) {
      const plain = unescaped(words);
      line.text += plain;
      line.size = Math.max(line.size, size);
      length += plain.length;
      if (length > most) break;
    }
  }
  end();
  return lines;
}

const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,6}));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}
