import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanFileName, contentDisposition, extensionOf } from "./file-name";

describe("cleanFileName", () => {
  it.each([
    ["cv.pdf", "cv.pdf"],
    ["CV of Ada.PDF", "CV of Ada.PDF"],
    ["Re\u0301sume\u0301.pdf", "R\u00e9sum\u00e9.pdf"],
    ["履歴書.pdf", "履歴書.pdf"],
    ["C:\\fakepath\\cv.pdf", "cv.pdf"],
    ["/etc/../cv.pdf", "cv.pdf"],
    ["..\\..\\cv.pdf", "cv.pdf"],
    ["../../etc/passwd", "passwd"],
    ["folder/", "file"],
    ["  cv.pdf  ", "cv.pdf"],
    ["cv .pdf", "cv.pdf"],
    ["cv.pdf. . ", "cv.pdf"],
    ["cv\r\nSet-Cookie: a=b.pdf", "cvSet-Cookie: a=b.pdf"],
    ["cv\0.pdf", "cv.pdf"],
    ["cv\u202efdp.exe", "cvfdp.exe"],
    ["cv\u2066\u200b\u200f.pdf", "cv.pdf"],
    ["cv\u2028.pdf", "cv.pdf"],
    [".pdf", "file.pdf"],
    [" .pdf", "file.pdf"],
    ["", "file"],
    ["..", "file"],
    ["\u202e", "file"],
    ["cv\ud800.pdf", "cv\ufffd.pdf"],
    [`${"x".repeat(300)}.docx`, `${"x".repeat(195)}.docx`],
    [`${"😀".repeat(300)}.pdf`, `${"😀".repeat(196)}.pdf`],
    [`x.${"y".repeat(300)}`, `x.${"y".repeat(99)}`],
  ])("%j becomes %j", (fileName, clean) => {
    expect(cleanFileName(fileName)).toBe(clean);
  });

  it("is never empty, never long, on one line, without folders, and stays as it is when cleaned again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (fileName) => {
        const clean = cleanFileName(fileName);
        expect(clean).toMatch(/^[^/\\\p{Cc}\u2028\u2029]+$/u);
        expect([...clean].length).toBeLessThanOrEqual(200);
        expect(cleanFileName(clean)).toBe(clean);
      }),
    );
  });
});

it.each([
  ["cv.PDF", "pdf"],
  ["cv.tar.gz", "gz"],
  ["cv", ""],
  ["cv.", ""],
])("the extension of %j is %j", (fileName, extension) => {
  expect(extensionOf(fileName)).toBe(extension);
});

describe("contentDisposition", () => {
  it.each([
    ["cv.pdf", "attachment; filename=\"cv.pdf\"; filename*=UTF-8''cv.pdf"],
    ["my cv.pdf", "attachment; filename=\"my cv.pdf\"; filename*=UTF-8''my%20cv.pdf"],
    ["Résumé.pdf", "attachment; filename=\"Resume.pdf\"; filename*=UTF-8''R%C3%A9sum%C3%A9.pdf"],
    ["履歴書.pdf", "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E5%B1%A5%E6%AD%B4%E6%9B%B8.pdf"],
    ['a"b.pdf', "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf"],
    ["100%41.pdf", "attachment; filename=\"100_41.pdf\"; filename*=UTF-8''100%2541.pdf"],
    ["it's (1)*.pdf", "attachment; filename=\"it's (1)*.pdf\"; filename*=UTF-8''it%27s%20%281%29%2A.pdf"],
    [
      "..\uff0fa\uff02b.pdf",
      "attachment; filename=\".._a_b.pdf\"; filename*=UTF-8''..%EF%BC%8Fa%EF%BC%82b.pdf",
    ],
    ["a;b=c.pdf", "attachment; filename=\"a;b=c.pdf\"; filename*=UTF-8''a%3Bb%3Dc.pdf"],
    ["x\r\nX-Evil: 1.pdf", "attachment; filename=\"xX-Evil: 1.pdf\"; filename*=UTF-8''xX-Evil%3A%201.pdf"],
  ])("%j", (fileName, header) => {
    expect(contentDisposition(fileName)).toBe(header);
  });

  it("is a header that any server can send, and carries the whole name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (fileName) => {
        const header = contentDisposition(fileName);
        expect(header).toMatch(
          /^attachment; filename="(?:(?!["%/\\])[\x20-\x7e])+"; filename\*=UTF-8''(?:%[\dA-F]{2}|[\w!#$&+.^`|~-])+$/,
        );
        expect(decodeURIComponent(header.split("''").at(-1) ?? "")).toBe(cleanFileName(fileName));
      }),
    );
  });
});
