import { Inflate } from "fflate";

/** What one packed part of a PDF may unpack to, in bytes, and all of them together. */
const MOST_OF_PART = 4 * 1024 * 1024;
const MOST_OF_FONT = 12 * 1024 * 1024;
const MOST_OF_PICTURE = 32 * 1024 * 1024;
const MOST_IN_ALL = 48 * 1024 * 1024;
/** Packings that nobody's CV needs: in them a few bytes can stand for any number. */
const UNUSUAL = /\/(?:LZWDecode|LZW|RunLengthDecode|RL|JBIG2Decode|Crypt)\b/;
const MOST_PARTS = 20_000;
/** How far before its data a part's description may begin. */
const DESCRIPTION_BYTES = 4096;

/**
 * True where a PDF can be unpacked within our memory. Its reader holds each part whole, and a part of a few
 * kilobytes can unpack to gigabytes; what is protected or packed unusually can't be judged and isn't read.
 */
export function isSafePdf(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes("/Encrypt")) return false;
  let all = 0;
  let parts = 0;
  for (let at = file.indexOf("stream"); at !== -1; at = file.indexOf("stream", at + 6)) {
    if (file.toString("latin1", at - 3, at) === "end") continue;
    const start = dataStart(file, at + 6);
    if (start === null) continue;
    if (++parts > MOST_PARTS) return false;
    const before = file.toString("latin1", Math.max(0, at - DESCRIPTION_BYTES), at);
    const about = before.slice(before.lastIndexOf(" obj") + 1);
    // How it is packed must stand there itself, in plain letters and not as #xx.
    if (UNUSUAL.test(about) || /\/F(?:ilter)?\s*\d/.test(about) || /\/\w*#[\da-f]{2}/i.test(about))
      return false;
    const packings = about.match(/\/(?:FlateDecode|Fl)\b/g)?.length ?? 0;
    if (packings > 1) return false;
    if (packings === 0) continue;
    const end = file.indexOf("endstream", start);
    const most = mostOf(about);
    const size = unpackedSize(file.subarray(start, end === -1 ? undefined : end), most);
    if (size > most) return false;
    all += size;
    if (all > MOST_IN_ALL) return false;
  }
  return true;
}

function mostOf(about: string): number {
  if (/\/Subtype\s*\/Image\b/.test(about)) return MOST_OF_PICTURE;
  return /\/Length1\b|\/Subtype\s*\/(?:Type1C|CIDFontType0C|OpenType)\b/.test(about)
    ? MOST_OF_FONT
    : MOST_OF_PART;
}

/** Where the data begins: after the line that `stream` ends. */
function dataStart(file: Buffer, at: number): number | null {
  if (file[at] === 0x0a) return at + 1;
  if (file[at] === 0x0d) return file[at + 1] === 0x0a ? at + 2 : at + 1;
  return null;
}

/** Unpacks without keeping anything, and stops soon after `most`. Broken data ends where it breaks. */
function unpackedSize(data: Uint8Array, most: number): number {
  let size = 0;
  const inflate = new Inflate((chunk) => {
    size += chunk.byteLength;
  });
  // After the two bytes of zlib's head.
  const step = 16 * 1024;
  try {
    for (let at = 2; at < data.byteLength && size <= most; at += step) {
      inflate.push(data.subarray(at, at + step), at + step >= data.byteLength);
    }
  } catch {
    return size;
  }
  return size;
}
