import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  joined,
  latin1,
  sampleDocx,
  sampleJpeg,
  samplePdf,
  samplePng,
  sampleZip,
  utf8,
  type ZipPart,
} from "../../../test/fixtures/files";
import { contentDisposition, inspectFile } from "./inspect";
import { MAX_FILE_BYTES } from "./words";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const inspect = (fileName: string, bytes: Uint8Array, declaredType: string | null = null) =>
  inspectFile({ bytes, fileName, declaredType });
const text = (content: string) => inspect("cv.txt", utf8(content));
const office = (...names: string[]) =>
  sampleZip(["[Content_Types].xml", ...names].map((name): ZipPart => ({ name, data: utf8("<x/>") })));

describe("a good file", () => {
  it.each<[string, Uint8Array, string]>([
    ["cv.pdf", samplePdf(), "application/pdf"],
    ["CV.PDF", samplePdf(), "application/pdf"],
    ["cv.docx", sampleDocx(), DOCX],
    ["photo.png", samplePng(), "image/png"],
    ["photo.jpg", sampleJpeg(), "image/jpeg"],
    ["photo.jpeg", sampleJpeg(), "image/jpeg"],
    ["cv.txt", utf8("Ada Lovelace\r\n\tanalyst\n"), "text/plain"],
  ])("is taken, with and without its declared type: %s", (fileName, bytes, contentType) => {
    const types = [contentType, contentType.toUpperCase(), `${contentType}; charset=utf-8`];
    for (const declaredType of [null, "", "application/octet-stream", ...types]) {
      expect(inspect(fileName, bytes, declaredType)).toEqual({ ok: true, contentType, fileName });
    }
  });

  it("may be declared by another common name of its type, and comes back with a clean name", () => {
    expect(inspect("photo.jpg", sampleJpeg(), "image/jpg").ok).toBe(true);
    expect(inspect("../a/b\u202e\r\n.pdf ", samplePdf())).toMatchObject({ ok: true, fileName: "b.pdf" });
  });

  it("may be as large as the limit, and no larger", () => {
    const pad = (size: number) => joined(utf8("x".repeat(size)));
    expect(inspect("cv.txt", pad(MAX_FILE_BYTES)).ok).toBe(true);
    expect(inspect("cv.txt", pad(MAX_FILE_BYTES + 1))).toEqual({
      ok: false,
      status: 413,
      reason: "This file is larger than 10 MB. Make it smaller and try again.",
    });
  });
});

describe("a file that isn't what it says", () => {
  it("is refused with the reason and what to do", () => {
    expect(inspect("cv.pdf", utf8("<!DOCTYPE html><p>hi"))).toEqual({
      ok: false,
      status: 415,
      reason: "This file is named .pdf, but its content is HTML. Export it as PDF and try again.",
    });
    expect(inspect("cv.pdf", samplePdf(), "image/png")).toEqual({
      ok: false,
      status: 415,
      reason: "This file is named .pdf, but it was sent as image/png. Export it as PDF and try again.",
    });
    expect(inspect("cv.exe", samplePdf())).toEqual({
      ok: false,
      status: 415,
      reason: "Files ending in .exe can't be uploaded. Use PDF, DOCX, PNG, JPG or TXT.",
    });
    expect(inspect("cv.pdf", new Uint8Array())).toEqual({
      ok: false,
      status: 422,
      reason: "This file is empty. Choose another one.",
    });
  });

  const samples: Record<string, Uint8Array> = {
    pdf: samplePdf(),
    docx: sampleDocx(),
    png: samplePng(),
    jpg: sampleJpeg(),
    txt: utf8("Ada Lovelace"),
  };
  const types: Record<string, string> = {
    pdf: "application/pdf",
    docx: DOCX,
    png: "image/png",
    jpg: "image/jpeg",
    txt: "text/plain",
  };
  const kinds = Object.keys(samples);

  it.each(
    kinds.flatMap((name) => kinds.flatMap((bytes) => kinds.map((type) => [name, bytes, type] as const))),
  )("is refused unless name (%s), content (%s) and declared type (%s) agree", (name, bytes, type) => {
    const answer = inspect(`cv.${name}`, samples[bytes] ?? new Uint8Array(), types[type] ?? null);
    if (name === bytes && bytes === type) expect(answer.ok).toBe(true);
    else expect(answer).toMatchObject({ ok: false, status: 415 });
  });

  it.each<[string, Uint8Array, string]>([
    ["cv.docx", samplePdf(), "a PDF"],
    ["cv.pdf", sampleDocx(), "a Word document"],
    ["cv.pdf", utf8("Ada"), "plain text"],
    ["cv.pdf", latin1("\xff\xfeA\0d\0a\0"), "text in UTF-16"],
    ["cv.pdf", latin1("\x01\x02\x03"), "something else"],
    ["cv.pdf", latin1(`<html>${" ".repeat(50)}%PDF-1.4 %%EOF`), "HTML"],
    ["cv.txt", latin1("MZ\x90\0\x03\0"), "a Windows program"],
    ["cv.txt", latin1("\x7fELF\x02\x01"), "a Linux program"],
    ["cv.docx", latin1("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old or password-protected Office file"],
    ["cv.docx", latin1("{\\rtf1 hello}"), "an RTF document"],
    ["cv.docx", office("xl/workbook.xml"), "an Excel workbook"],
    ["cv.docx", office("ppt/presentation.xml"), "a PowerPoint presentation"],
    ["cv.docx", sampleZip([{ name: "mimetype" }, { name: "content.xml" }]), "an OpenDocument file"],
    ["cv.docx", sampleZip([{ name: "word/document.xml" }]), "a ZIP archive"],
    ["cv.docx", office("word/document2.xml"), "a ZIP archive"],
    ["photo.jpg", latin1("\0\0\0\x18ftypheic\0\0\0\0"), "a HEIC image"],
    ["photo.jpg", latin1("RIFF\x10\0\0\0WEBPVP8 "), "a WebP image"],
    ["photo.png", latin1("GIF89a\x01\0\x01\0"), "a GIF image"],
    ["photo.png", utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'), "SVG"],
  ])("is named for what it is: %s, %#", (fileName, bytes, what) => {
    expect(inspect(fileName, bytes)).toMatchObject({
      status: 415,
      reason: expect.stringContaining(`but its content is ${what}.`) as string,
    });
  });

  it.each([
    "cv",
    "cv.",
    "cv.html",
    "cv.svg",
    "cv.doc",
    "cv.docm",
    "cv.pdf.exe",
    "cv.exe. . ",
    "cv.fdp\u202e.exe",
    "cv.pdf\0.exe",
    "cv.\u0440df",
    "cv.pdf:x.exe",
    "",
  ])("is refused by its name: %j", (fileName) => {
    expect(inspect(fileName, samplePdf(), "application/pdf")).toMatchObject({ ok: false, status: 415 });
  });

  it.each([
    "text/html",
    "image/svg+xml",
    "application/zip",
    "nonsense",
    "a/b\r\nX: y",
    "__proto__",
    "constructor",
  ])("is refused by its declared type: %j", (type) => {
    const answer = inspect("cv.pdf", samplePdf(), type);
    expect(answer).toMatchObject({ ok: false, status: 415 });
    expect(JSON.stringify(answer)).not.toContain("\\r");
  });
});

describe("a text", () => {
  it.each([
    "a",
    "\ufeffwith a byte order mark",
    "漢字 😀 \u202e",
    "MZ Consulting, 2019 to 2024",
    "#!/bin/sh is how scripts begin",
    "<ada@acme.test> wrote:",
    "5 < 6 and <b",
    "I know <html> and <script>",
    " <- an arrow",
  ])("is taken: %j", (content) => {
    expect(text(content)).toMatchObject({ ok: true, contentType: "text/plain" });
  });

  it.each([
    "<!DOCTYPE html>",
    "<!doctype svg>",
    "<html>",
    "<HTML lang=en>",
    "<svg/onload=alert(1)>",
    "<svg",
    "<?xml version='1.0'?>",
    "<script>alert(1)</script>",
    "<SCRIPT\nsrc=x>",
    "<body onload=x>",
    "<iframe src=x>",
    " \r\n\t<html>",
    "\ufeff<html>",
    "\ufeff \n<script>",
    `${" ".repeat(3000)}<html>`,
    "<!-- a comment --><html>",
    "<!-- a --> <!-- b -->\n<svg>",
    "<!-- without end",
  ])("is refused because browsers could take it for a page: %.40j", (content) => {
    expect(text(content)).toMatchObject({ ok: false, status: 415 });
  });

  it.each<[string, Uint8Array]>([
    ["a NUL", latin1("a\0b")],
    ["an escape", latin1("a\x1b[2Jb")],
    ["a backspace", latin1("a\x08b")],
    ["a form feed", latin1("a\x0cb")],
    ["a delete", latin1("a\x7fb")],
    ["a C1 control", utf8("a\u0090b")],
    ["Latin-1", latin1("Andr\xe9")],
    ["a broken character at its end", utf8("é").slice(0, 1)],
    ["an overlong character", latin1("\xc0\xaf")],
    ["a surrogate", latin1("\xed\xa0\x80")],
    ["UTF-16", latin1("\xfe\xff\0A")],
  ])("is refused with %s in it", (_, bytes) => {
    expect(inspect("cv.txt", bytes)).toMatchObject({ ok: false, status: 415 });
  });
});

describe("a PDF", () => {
  it("may have some bytes before its header and behind its end", () => {
    expect(inspect("cv.pdf", joined(latin1("\n".repeat(1019)), samplePdf())).ok).toBe(true);
    expect(inspect("cv.pdf", joined(samplePdf(), latin1("\0".repeat(1000)))).ok).toBe(true);
  });

  it("is refused where its header is too far in", () => {
    expect(inspect("cv.pdf", joined(latin1("\n".repeat(1020)), samplePdf()))).toMatchObject({ status: 415 });
  });

  it("is refused when it is broken off, and says so", () => {
    const whole = samplePdf();
    for (let end = 5; end < whole.byteLength - 1; end++) {
      expect(inspect("cv.pdf", whole.subarray(0, end))).toEqual({
        ok: false,
        status: 422,
        reason: "This PDF is broken off: its end is missing. Export it as PDF and try again.",
      });
    }
    expect(inspect("cv.pdf", joined(whole, latin1("x".repeat(2000)))).ok).toBe(false);
  });
});

describe("a Word document", () => {
  it.each<[string, ZipPart]>([
    ["macros", { name: "word/vbaProject.bin", data: utf8("x") }],
    ["macros in capitals", { name: "WORD/VBAPROJECT.BIN", data: utf8("x") }],
    ["macros elsewhere", { name: "vbaProject.bin", data: utf8("x") }],
    ["data of macros", { name: "word/vbaData.xml", data: utf8("x") }],
  ])("is refused with %s", (_, part) => {
    expect(inspect("cv.docx", sampleDocx([part]))).toEqual({
      ok: false,
      status: 422,
      reason:
        "This Word document has macros in it, which are small programs. " +
        "Save it as a Word document (.docx) and try again.",
    });
  });

  it("is refused with what is wrong with its archive", () => {
    const bomb = sampleDocx([{ name: "word/a.xml", data: latin1("x"), method: 8, unpacked: 99_999 }]);
    expect(inspect("cv.docx", bomb)).toMatchObject({
      status: 422,
      reason: expect.stringMatching(/100 times/) as string,
    });
    expect(inspect("cv.docx", sampleDocx().slice(0, -30))).toMatchObject({
      status: 422,
      reason:
        "This Word document is broken off: its end is missing. Save it as a Word document (.docx) and try again.",
    });
  });
});

describe("an image", () => {
  it("is refused with what is wrong with it", () => {
    expect(inspect("photo.png", samplePng(9000, 9000))).toEqual({
      ok: false,
      status: 422,
      reason: "This PNG image has more than 40 megapixels. Save it as a PNG image and try again.",
    });
    expect(inspect("photo.jpg", sampleJpeg().slice(0, -2))).toMatchObject({ status: 422 });
  });
});

describe("any file at all", () => {
  const wholes = [samplePdf(), sampleDocx(), samplePng(), sampleJpeg(), utf8("Ada Lovelace")];
  const damaged = fc
    .tuple(fc.constantFrom(...wholes), fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }))
    .map(([whole, end, changes]) => {
      const bytes = whole.slice(0, end % 3 === 0 ? end % (whole.byteLength + 1) : undefined);
      for (const [at, value] of changes) bytes[at % Math.max(1, bytes.byteLength)] = value;
      return bytes;
    });
  const names = fc.oneof(
    fc.constantFrom("a.pdf", "a.docx", "a.png", "a.jpg", "a.jpeg", "a.txt"),
    fc.string({ unit: "binary" }),
  );

  it("is answered, with a type that its name allows or with a reason in whole sentences", () => {
    fc.assert(
      fc.property(
        fc.oneof(damaged, fc.uint8Array({ maxLength: 2000 })),
        names,
        fc.option(fc.string()),
        (bytes, fileName, declaredType) => {
          const answer = inspectFile({ bytes, fileName, declaredType });
          if (answer.ok) expect(contentDisposition(answer.fileName)).toContain("attachment");
          else expect(answer.reason).toMatch(/^[A-Z].+\.$/s);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("is looked at within its own part of a larger buffer", () => {
    const larger = joined(latin1("%PDF-"), samplePng(), latin1("%%EOF"));
    const inner = larger.subarray(5, 5 + samplePng().byteLength);
    expect(inspect("photo.png", inner)).toMatchObject({ ok: true });
  });
});
