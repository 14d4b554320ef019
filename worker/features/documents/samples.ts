import { crc32 } from "node:zlib";

/** Files for tests, as small as their formats allow; nothing else imports this. */

export const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
export const utf8 = (text: string) => new TextEncoder().encode(text);
export const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

export const samplePdf = () =>
  latin1(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" +
      "trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n",
  );

const big32 = (value: number) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

/** A PNG chunk with its checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined(latin1(type), data);
  return joined(big32(data.byteLength), body, big32(crc32(body)));
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** One black pixel, as zlib data. */
export const PNG_DATA = new Uint8Array(Buffer.from("789c6360000000020001", "hex"));

/** The header chunk's data; by default 8 bits of grey. */
export const pngHeader = (width: number, height: number, [depth, colour] = [8, 0]) =>
  joined(big32(width), big32(height), Uint8Array.of(depth ?? 8, colour ?? 0, 0, 0, 0));

export const samplePng = (width = 1, height = 1) =>
  joined(
    PNG_SIGNATURE,
    pngChunk("IHDR", pngHeader(width, height)),
    pngChunk("IDAT", PNG_DATA),
    pngChunk("IEND", new Uint8Array()),
  );

/** A JPEG segment: marker, length, data. */
export const jpegSegment = (marker: number, data: number[] | Uint8Array) =>
  joined(Uint8Array.of(0xff, marker, (data.length + 2) >> 8, data.length + 2), Uint8Array.from(data));

/** The data of a frame header with one component. */
export const jpegFrame = (width: number, height: number) => [
  8,
  height >> 8,
  height & 255,
  width >> 8,
  width & 255,
  1,
  1,
  0x11,
  0,
];

/** A JPEG as decoders read it, its preview inside included; the picture itself is noise. */
export function sampleJpeg(width = 8, height = 8): Uint8Array {
  const preview = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
  return joined(
    Uint8Array.of(0xff, 0xd8),
    jpegSegment(0xe0, joined(latin1("JFIF\0"), Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0))),
    jpegSegment(0xe1, joined(latin1("Exif\0\0"), preview)),
    jpegSegment(0xdb, [0, ...new Array<number>(64).fill(1)]),
    jpegSegment(0xc0, jpegFrame(width, height)),
    jpegSegment(0xda, [1, 1, 0, 0, 63, 0]),
    Uint8Array.of(0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9),
  );
}

/** An entry of a ZIP archive, stored as it is; every other field can be made to lie. */
export interface ZipPart {
  name: string;
  data?: Uint8Array;
  flags?: number;
  method?: number;
  packed?: number;
  unpacked?: number;
  /** As Unix writes it, file type included. */
  mode?: number;
  /** Extra fields of the directory's entry. */
  extra?: Uint8Array;
  /** What the local header says instead. */
  local?: { name?: string; unpacked?: number; flags?: number; method?: number; signature?: number };
  /** Where the directory says that the local header begins. */
  at?: number;
}

/** Fields of the end record that can be made to lie. */
export interface ZipEnd {
  count?: number;
  countHere?: number;
  size?: number;
  start?: number;
  disk?: number;
  comment?: Uint8Array;
  /** Put between the directory and the end record. */
  before?: Uint8Array;
}

function fields(...values: [bytes: 2 | 4, value: number][]): Uint8Array {
  return Uint8Array.from(
    values.flatMap(([bytes, value]) =>
      [0, 8, 16, 24].slice(0, bytes).map((shift) => (value >>> shift) & 255),
    ),
  );
}

/** A ZIP archive of stored entries. */
export function sampleZip(parts: ZipPart[], end: ZipEnd = {}): Uint8Array {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const part of parts) {
    const {
      data = new Uint8Array(),
      flags = 0,
      method = 0,
      extra = new Uint8Array(),
      local: lie = {},
    } = part;
    const { packed = data.byteLength, unpacked = data.byteLength } = part;
    const name = utf8(part.name);
    const localName = utf8(lie.name ?? part.name);
    const crc = crc32(data);
    const local = joined(
      fields(
        [4, lie.signature ?? 0x04034b50],
        [2, 20],
        [2, lie.flags ?? flags],
        [2, lie.method ?? method],
        [4, 0],
      ),
      fields([4, crc], [4, packed], [4, lie.unpacked ?? unpacked], [2, localName.byteLength], [2, 0]),
      localName,
      data,
    );
    directory.push(
      fields([4, 0x02014b50], [2, 0x0314], [2, 20], [2, flags], [2, method], [4, 0], [4, crc], [4, packed]),
      fields([4, unpacked], [2, name.byteLength], [2, extra.byteLength], [2, 0], [2, 0], [2, 0]),
      fields([4, ((part.mode ?? 0o100644) << 16) >>> 0], [4, part.at ?? offset]),
      name,
      extra,
    );
    locals.push(local);
    offset += local.byteLength;
  }
  const { comment = new Uint8Array(), before = new Uint8Array() } = end;
  const central = joined(...directory);
  const count = end.count ?? parts.length;
  return joined(
    ...locals,
    central,
    before,
    fields([4, 0x06054b50], [2, end.disk ?? 0], [2, 0], [2, end.countHere ?? count], [2, count]),
    fields([4, end.size ?? central.byteLength], [4, end.start ?? offset], [2, comment.byteLength]),
    comment,
  );
}

const CONTENT_TYPES =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Override PartName="/word/document.xml" ContentType=' +
  '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type=' +
  '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>' +
  "</Relationships>";
const DOCUMENT =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>' +
  "<w:t>Ada Lovelace, analyst</w:t></w:r></w:p></w:body></w:document>";

export const DOCX_PARTS: ZipPart[] = [
  { name: "[Content_Types].xml", data: utf8(CONTENT_TYPES) },
  { name: "_rels/.rels", data: utf8(RELATIONS) },
  { name: "word/document.xml", data: utf8(DOCUMENT) },
];

/** A Word document, with more parts if wished. */
export const sampleDocx = (more: ZipPart[] = [], end: ZipEnd = {}) =>
  sampleZip([...DOCX_PARTS, ...more], end);
