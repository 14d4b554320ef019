import { sniff } from "./sniff";

/** Pictures with more pixels than this are made to exhaust whoever unpacks them. */
const MAX_PIXELS = 40_000_000;

const BROKEN_OFF = "is broken off: its end is missing";
const DAMAGED = "is damaged";
const TOO_MANY_PIXELS = "has more than 40 megapixels";

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Phones put videos, depth maps and notes behind the end of a picture, and that is fine; an archive, a program or a
 * web page there means that the file is to be taken for two things.
 */
function behind(bytes: Uint8Array, end: number): string | null {
  const { kind } = sniff(bytes.subarray(end));
  const alien =
    kind === "pdf" || kind === "zip" || kind === "packed" || kind === "program" || kind === "markup";
  return alien ? "has another file hidden behind its end" : null;
}

const IHDR = 0x49484452;
const IDAT = 0x49444154;
const IEND = 0x49454e44;

/** The bit depths of each PNG colour type. */
const DEPTHS: Record<number, number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function headerProblem(header: DataView): string | null {
  const width = header.getUint32(0);
  const height = header.getUint32(4);
  const [depth, colour, compression, filter, interlace] = [8, 9, 10, 11, 12].map((at) => header.getUint8(at));
  const sane =
    width > 0 &&
    height > 0 &&
    DEPTHS[colour ?? -1]?.includes(depth ?? 0) === true &&
    compression === 0 &&
    filter === 0 &&
    (interlace === 0 || interlace === 1);
  if (!sane) return DAMAGED;
  return width * height > MAX_PIXELS ? TOO_MANY_PIXELS : null;
}

/** What is wrong with the bytes of a PNG image (its signature is known to be right), or null. */
export function pngProblem(bytes: Uint8Array): string | null {
  const view = viewOf(bytes);
  let hasData = false;
  for (let at = 8; ; ) {
    // A chunk is its length, its type, its data and a checksum.
    if (at + 12 > bytes.byteLength) return BROKEN_OFF;
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const next = at + 12 + length;
    if ((at === 8) !== (type === IHDR) || (type === IHDR && length !== 13)) return DAMAGED;
    if (next > bytes.byteLength) return BROKEN_OFF;
    if (type === IHDR) {
      const problem = headerProblem(new DataView(view.buffer, view.byteOffset + at + 8, length));
      if (problem !== null) return problem;
    }
    if (type === IDAT) hasData = true;
    if (type === IEND) return hasData && length === 0 ? behind(bytes, next) : DAMAGED;
    at = next;
  }
}

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;

/** The markers that begin a frame and so hold its size: C0 to CF, but for the tables among them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Where the compressed data of a scan ends: at the first marker that isn't part of it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return bytes.byteLength;
}

/** What is wrong with the bytes of a JPEG image (its first marker is known to be right), or null. */
export function jpegProblem(bytes: Uint8Array): string | null {
  const view = viewOf(bytes);
  let sized = false;
  let scanned = false;
  // Segment by segment, because the small preview inside has an end of its own.
  for (let at = 2; ; ) {
    // Like the usual decoders, pass over stray bytes in front of a marker.
    at = bytes.indexOf(0xff, at);
    if (at < 0) return BROKEN_OFF;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined) return BROKEN_OFF;
    if (marker === END_OF_IMAGE) return sized && scanned ? behind(bytes, at) : DAMAGED;
    if (marker === START_OF_IMAGE) return DAMAGED;
    if (marker === 0 || marker === 1 || isRestart(marker)) continue;
    if (at + 2 > bytes.byteLength) return BROKEN_OFF;
    const length = view.getUint16(at);
    if (length < 2) return DAMAGED;
    if (at + length > bytes.byteLength) return BROKEN_OFF;
    if (isFrame(marker)) {
      if (length < 8) return DAMAGED;
      const pixels = view.getUint16(at + 3) * view.getUint16(at + 5);
      if (pixels === 0) return DAMAGED;
      if (pixels > MAX_PIXELS) return TOO_MANY_PIXELS;
      sized = true;
    }
    at += length;
    if (marker === START_OF_SCAN) {
      if (!sized) return DAMAGED;
      scanned = true;
      at = endOfScan(bytes, at);
    }
  }
}
