import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DOCX_PARTS,
  joined,
  latin1,
  sampleDocx,
  sampleZip,
  utf8,
  type ZipEnd,
  type ZipPart,
} from "../../../test/fixtures/files";
import { zipNames } from "./zip";

const problemOf = (bytes: Uint8Array) => {
  const result = zipNames(bytes);
  return "problem" in result ? result.problem : null;
};

describe("zipNames", () => {
  it("gives the names of an archive that is as it should be", () => {
    expect(zipNames(sampleDocx())).toEqual({ names: DOCX_PARTS.map(({ name }) => name) });
    expect(zipNames(sampleDocx([], { comment: latin1("made by hand") }))).toEqual(zipNames(sampleDocx()));
  });

  it.each<[string, ZipPart]>([
    ["a folder", { name: "word/", mode: 0o40755 }],
    ["a part without a mode", { name: "a.xml", data: utf8("a"), mode: 0 }],
    ["a part packed 100 times smaller", { name: "a.xml", data: latin1("x"), method: 8, unpacked: 100 }],
    ["sizes behind the data", { name: "a.xml", data: utf8("a"), flags: 8, local: { unpacked: 0 } }],
    ["dots in a name", { name: "word/a..b.xml", data: utf8("a") }],
    ["an embedded picture", { name: "word/media/image1.png", data: utf8("a") }],
    ["a harmless extra field", { name: "a.xml", data: utf8("a"), extra: Uint8Array.of(0x55, 0x54, 1, 0, 9) }],
  ])("takes %s", (_, part) => {
    expect(problemOf(sampleDocx([part]))).toBeNull();
  });

  it.each<[string, ZipPart, string]>([
    ["a bomb by ratio", { name: "a.xml", data: latin1("x"), method: 8, unpacked: 101 }, "100 times its size"],
    ["data from nothing", { name: "a.xml", method: 8, unpacked: 1 }, "100 times its size"],
    ["a stored part with two sizes", { name: "a.xml", data: latin1("xx"), unpacked: 3 }, "damaged"],
    [
      "a packed size beyond the file",
      { name: "a.xml", data: latin1("x"), packed: 9999, unpacked: 9999 },
      "damaged",
    ],
    [
      "sizes saved for the format for huge files",
      { name: "a.xml", packed: 0xffffffff, unpacked: 5 },
      "damaged",
    ],
    ["a size told twice", { name: "a.xml", extra: Uint8Array.of(1, 0, 0, 0) }, "one of its parts twice"],
    [
      "a name told twice",
      { name: "a.xml", extra: Uint8Array.of(0x75, 0x70, 0, 0) },
      "one of its parts twice",
    ],
    ["an extra field without end", { name: "a.xml", extra: Uint8Array.of(9, 9, 9, 9) }, "damaged"],
    ["a symbolic link", { name: "a.xml", data: utf8("/etc/passwd"), mode: 0o120777 }, "a link in it"],
    ["a device", { name: "a.xml", mode: 0o20666 }, "a link in it"],
    ["encryption", { name: "a.xml", data: utf8("a"), flags: 1 }, "password"],
    ["strong encryption", { name: "a.xml", data: utf8("a"), flags: 0x41 }, "password"],
    ["a hidden directory", { name: "a.xml", data: utf8("a"), flags: 0x2000 }, "password"],
    ["encryption in the local header only", { name: "a.xml", local: { flags: 1 } }, "one of its parts twice"],
    ["AES", { name: "a.xml", data: utf8("a"), method: 99 }, "unusual way"],
    ["LZMA", { name: "a.xml", data: utf8("a"), method: 14 }, "unusual way"],
    ["a way up", { name: "../evil.xml" }, "outside"],
    ["a way up in the middle", { name: "word/../../evil.xml" }, "outside"],
    ["a way up with backslashes", { name: "word\\..\\..\\evil.xml" }, "outside"],
    ["an absolute name", { name: "/etc/passwd" }, "outside"],
    ["an absolute name of Windows", { name: "C:\\evil.exe" }, "outside"],
    ["a network name", { name: "\\\\host\\share" }, "outside"],
    ["an empty name", { name: "" }, "damaged"],
    ["a name with a NUL", { name: "a.xml\0.png" }, "damaged"],
    ["a name there already", { name: "word/document.xml" }, "one of its parts twice"],
    ["a name there already in capitals", { name: "WORD/Document.XML" }, "one of its parts twice"],
    [
      "another name in the local header",
      { name: "a.xml", local: { name: "b.xml" } },
      "one of its parts twice",
    ],
    ["another size in the local header", { name: "a.xml", local: { unpacked: 7 } }, "one of its parts twice"],
    ["another method in the local header", { name: "a.xml", local: { method: 8 } }, "one of its parts twice"],
    ["no local header", { name: "a.xml", local: { signature: 1 } }, "damaged"],
    ["a local header beyond the parts", { name: "a.xml", at: 0xfffffff0 }, "damaged"],
    ["a part over the first one", { name: "a.xml", at: 0 }, "over each other"],
    ["an archive by name", { name: "word/embeddings/a.zip" }, "(a.zip)"],
    ["a workbook by name", { name: "word/embeddings/Sheet1.xlsx" }, "(Sheet1.xlsx)"],
    ["an archive by content", { name: "a.bin", data: latin1("PK\x03\x04rest") }, "(a.bin)"],
    ["a gzip archive by content", { name: "a.bin", data: latin1("\x1f\x8b\x08rest") }, "(a.bin)"],
  ])("refuses %s", (_, part, problem) => {
    expect(problemOf(sampleDocx([part]))).toContain(problem);
  });

  it.each<[string, ZipEnd, string]>([
    ["fewer parts than there are", { count: 2 }, "damaged"],
    ["more parts than there are", { count: 4 }, "damaged"],
    ["two counts", { countHere: 2 }, "damaged"],
    ["no parts", { count: 0 }, "damaged"],
    ["65,535 parts", { count: 0xffff }, "1000 parts"],
    ["a directory elsewhere", { start: 0 }, "damaged"],
    ["a directory in the format for huge files", { start: 0xffffffff }, "damaged"],
    ["a directory of another size", { size: 7 }, "damaged"],
    ["another disk", { disk: 1 }, "damaged"],
    ["something between directory and end", { before: latin1("x") }, "damaged"],
    ["a pointer to a second end", { before: latin1(`PK\x06\x07${"\0".repeat(16)}`) }, "huge files"],
    ["an end record in its comment", { comment: latin1(`PK\x05\x06${"x".repeat(30)}`) }, "damaged"],
  ])("refuses an end that tells %s", (_, end, problem) => {
    expect(problemOf(sampleDocx([], end))).toContain(problem);
  });

  it("refuses more than 1,000 parts and more than 100 MB in all", () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({ name: `${index}.xml` }));
    expect(problemOf(sampleZip(many))).toContain("1000 parts");
    expect(problemOf(sampleZip(many.slice(1)))).toBeNull();
    const data = new Uint8Array(400_000);
    const part = (index: number) => ({ name: `${index}.xml`, data, method: 8, unpacked: 40_000_000 });
    expect(problemOf(sampleZip([part(1), part(2)]))).toBeNull();
    expect(problemOf(sampleZip([part(1), part(2), part(3)]))).toContain("100 MB");
  });

  it("refuses a file that is broken off anywhere, or has something before or behind it", () => {
    const whole = sampleDocx();
    for (let end = 0; end < whole.byteLength; end++) expect(problemOf(whole.subarray(0, end))).not.toBeNull();
    expect(problemOf(joined(latin1("x"), whole))).not.toBeNull();
    expect(problemOf(joined(whole, latin1("x")))).not.toBeNull();
    const second = sampleZip([{ name: "hidden.xml", data: utf8("hidden") }]);
    expect(problemOf(joined(second, whole))).not.toBeNull();
    expect(problemOf(joined(whole, second))).not.toBeNull();
  });

  it("never throws on a damaged archive", () => {
    const whole = sampleDocx();
    const change = fc.tuple(fc.nat(whole.byteLength - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        zipNames(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
