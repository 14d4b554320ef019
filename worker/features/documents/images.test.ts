import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  joined,
  jpegFrame,
  jpegSegment,
  latin1,
  PNG_DATA,
  PNG_SIGNATURE,
  pngChunk,
  pngHeader,
  sampleJpeg,
  samplePng,
  sampleZip,
} from "../../../test/fixtures/files";
import { jpegProblem, pngProblem } from "./images";

const nothing = new Uint8Array();
const png = (...chunks: Uint8Array[]) => joined(PNG_SIGNATURE, ...chunks);
const header = pngChunk("IHDR", pngHeader(1, 1));
const data = pngChunk("IDAT", PNG_DATA);
const end = pngChunk("IEND", nothing);

describe("pngProblem", () => {
  it.each<[string, Uint8Array]>([
    ["a small image", samplePng()],
    ["40 megapixels", samplePng(8000, 5000)],
    ["16 bits with transparency", png(pngChunk("IHDR", pngHeader(9, 9, [16, 6])), data, end)],
    ["other chunks", png(header, pngChunk("tEXt", latin1("a\0b")), data, data, end)],
    ["a line end behind it", joined(samplePng(), latin1("\n"))],
  ])("takes %s", (_, bytes) => {
    expect(pngProblem(bytes)).toBeNull();
  });

  it.each<[string, Uint8Array, string]>([
    ["more than 40 megapixels", samplePng(8000, 5001), "40 megapixels"],
    ["a bomb", samplePng(65_535, 65_535), "40 megapixels"],
    ["the largest size there is", samplePng(0xffffffff, 0xffffffff), "40 megapixels"],
    ["no width", samplePng(0, 1), "damaged"],
    ["no height", samplePng(1, 0), "damaged"],
    [
      "a depth that its colours can't have",
      png(pngChunk("IHDR", pngHeader(1, 1, [1, 6])), data, end),
      "damaged",
    ],
    ["colours that don't exist", png(pngChunk("IHDR", pngHeader(1, 1, [8, 5])), data, end), "damaged"],
    [
      "a long header",
      png(pngChunk("IHDR", joined(pngHeader(1, 1), nothing, latin1("x"))), data, end),
      "damaged",
    ],
    ["no header", png(data, end), "damaged"],
    ["two headers", png(header, header, data, end), "damaged"],
    ["no data", png(header, end), "damaged"],
    ["no end", png(header, data), "broken off"],
    ["nothing", png(), "broken off"],
    ["an archive behind it", joined(samplePng(), sampleZip([{ name: "a.js" }])), "hidden"],
    ["a web page behind it", joined(samplePng(), latin1("<script>alert(1)</script>")), "hidden"],
  ])("refuses %s", (_, bytes, problem) => {
    expect(pngProblem(bytes)).toContain(problem);
  });
});

describe("jpegProblem", () => {
  const start = Uint8Array.of(0xff, 0xd8);
  const frame = jpegSegment(0xc0, jpegFrame(8, 8));
  const scan = joined(jpegSegment(0xda, [1, 1, 0, 0, 63, 0]), Uint8Array.of(0x12, 0xff, 0x00, 0x34));
  const finish = Uint8Array.of(0xff, 0xd9);

  it.each<[string, Uint8Array]>([
    ["a small image", sampleJpeg()],
    ["40 megapixels", sampleJpeg(8000, 5000)],
    [
      "several scans",
      joined(start, jpegSegment(0xc2, jpegFrame(8, 8)), scan, jpegSegment(0xc4, [0]), scan, finish),
    ],
    ["filling bytes", joined(start, Uint8Array.of(0xff, 0xff), frame, scan, Uint8Array.of(0xff), finish)],
    ["a second image behind it", joined(sampleJpeg(), sampleJpeg())],
    ["a video behind it", joined(sampleJpeg(), latin1("\0\0\0\x18ftypmp42"), new Uint8Array(100_000))],
  ])("takes %s", (_, bytes) => {
    expect(jpegProblem(bytes)).toBeNull();
  });

  it.each<[string, Uint8Array, string]>([
    ["more than 40 megapixels", sampleJpeg(8000, 5001), "40 megapixels"],
    ["a bomb", sampleJpeg(65_535, 65_535), "40 megapixels"],
    [
      "a second frame that is a bomb",
      joined(start, frame, jpegSegment(0xc0, jpegFrame(9999, 9999)), finish),
      "40 mega",
    ],
    ["no size", joined(start, scan, finish), "damaged"],
    ["no width", sampleJpeg(0, 8), "damaged"],
    ["no height", sampleJpeg(8, 0), "damaged"],
    ["a short frame", joined(start, jpegSegment(0xc0, [8, 0, 1]), scan, finish), "damaged"],
    ["no picture", joined(start, frame, finish), "damaged"],
    ["a start in a start", joined(start, start, frame, scan, finish), "damaged"],
    [
      "a segment of no length",
      joined(start, Uint8Array.of(0xff, 0xe0, 0, 1), frame, scan, finish),
      "damaged",
    ],
    ["a segment longer than the file", joined(start, Uint8Array.of(0xff, 0xe0, 0xff, 0xff)), "broken off"],
    ["an end in the preview only", sampleJpeg().slice(0, -2), "broken off"],
    ["an archive behind it", joined(sampleJpeg(), sampleZip([{ name: "a.js" }])), "hidden"],
  ])("refuses %s", (_, bytes, problem) => {
    expect(jpegProblem(bytes)).toContain(problem);
  });
});

it.each<[string, Uint8Array, (bytes: Uint8Array) => string | null]>([
  ["PNG", samplePng(), pngProblem],
  ["JPEG", sampleJpeg(), jpegProblem],
])("a %s is refused when broken off anywhere, and damage never throws", (_, whole, problemOf) => {
  for (let at = 2; at < whole.byteLength; at++) expect(problemOf(whole.subarray(0, at))).not.toBeNull();
  const change = fc.tuple(fc.nat(whole.byteLength - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = whole.slice();
      for (const [at, value] of changes) bytes[at] = value;
      problemOf(bytes);
    }),
    { numRuns: 1000 },
  );
});
