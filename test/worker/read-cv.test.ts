import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import { readCv as readWith } from "../../worker/features/apply/read-cv";
import { joined, latin1, sampleDocx, samplePng, sampleZip, utf8, type ZipPart } from "../fixtures/files";
import { worker } from "./org";

const readCv = (bytes: Uint8Array, type: string) => readWith(worker, bytes, type);
const PDF = "application/pdf";
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** A PDF whose objects are given, with its table of contents. */
function pdf(objects: (string | Uint8Array)[], trailer = ""): Uint8Array {
  let file = latin1("%PDF-1.5\n");
  const offsets = objects.map((object, i) => {
    const at = file.byteLength;
    const body = typeof object === "string" ? latin1(object) : object;
    file = joined(file, latin1(`${i + 1} 0 obj\n`), body, latin1("\nendobj\n"));
    return at;
  });
  const start = file.byteLength;
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${
    objects.length + 1
  } /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return joined(file, latin1(end));
}

const stream = (data: Uint8Array, about = "") =>
  joined(latin1(`<< /Length ${data.byteLength} ${about} >>\nstream\n`), data, latin1("\nendstream"));
const CATALOG = "<< /Type /Catalog /Pages 2 0 R >>";
const HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

/** One page with this content, and more objects from number 6 on. */
const onePage = (content: Uint8Array, resources = "", more: (string | Uint8Array)[] = []) =>
  pdf([
    CATALOG,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
      /Resources << /Font << /F1 5 0 R >> ${resources} >> >>`,
    content,
    HELVETICA,
    ...more,
  ]);

const words = (text: string) => latin1(`BT /F1 20 Tf 56 760 Td (${text}) Tj ET`);

describe("PDF", () => {
  test("its text is read, and whose it is", async () => {
    const file = demoPdf("Mara Lindqvist", [
      "mara@example.com",
      "Phone: +46 70 123 45 67",
      "2015 - 2019 Studio",
    ]);
    expect(await readCv(file, PDF)).toEqual({
      text: "Mara Lindqvist\nmara@example.com\nPhone: +46 70 123 45 67\n2015 - 2019 Studio",
      name: "Mara Lindqvist",
      email: "mara@example.com",
      phone: "+46 70 123 45 67",
      links: [],
    });
  });

  test("packed parts and addresses behind words are read", async () => {
    const link =
      "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.linkedin.com/in/mara) >> >>";
    const file = pdf([
      CATALOG,
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R]
        /Resources << /Font << /F1 5 0 R >> >> >>`,
      stream(deflateSync(words("Mara Lindqvist")), "/Filter /FlateDecode"),
      HELVETICA,
      link,
    ]);
    expect(await readCv(file, PDF)).toMatchObject({
      name: "Mara Lindqvist",
      links: ["https://www.linkedin.com/in/mara"],
    });
  });

  test("ten pages are read, however many there are", async () => {
    const count = 40;
    const kids = Array.from({ length: count }, (_, i) => `${4 + 2 * i} 0 R`).join(" ");
    const pages = Array.from({ length: count }, (_, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R
        /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(words(`page ${i + 1}`)),
    ]).flat();
    const file = pdf([CATALOG, `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`, HELVETICA, ...pages]);
    expect((await readCv(file, PDF))?.text.split("\n").at(-1)).toBe("page 10");
  });

  test("of a page with endless words the beginning is read", async () => {
    const many = latin1(`BT /F1 9 Tf ${"(word ) Tj ".repeat(150_000)} ET`);
    const read = await readCv(onePage(stream(deflateSync(many), "/Filter /FlateDecode")), PDF);
    expect(read?.text.length ?? 0).toBeLessThanOrEqual(200_000);
  });

  test.each([
    ["a file broken off", () => demoPdf("Mara", ["x"]).slice(0, 300)],
    ["a page without words", () => onePage(stream(latin1("0 0 10 10 re f")))],
    ["no PDF at all", () => samplePng()],
    ["one under a password", () => pdf([CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"], "/Encrypt 9 0 R")],
    [
      "a part that unpacks to a thousand times its size",
      () => onePage(stream(deflateSync(Buffer.alloc(64 * 1024 * 1024)), "/Filter /FlateDecode")),
    ],
    [
      "a part that is packed twice",
      () => onePage(stream(deflateSync(deflateSync(words("x"))), "/Filter [/FlateDecode /FlateDecode]")),
    ],
    [
      "a packing that hides its name",
      () => onePage(stream(deflateSync(words("x")), "/Filter /Flate#44ecode")),
    ],
    [
      "parts that draw each other ten times, ten deep",
      () => {
        const depth = 10;
        const forms = Array.from({ length: depth }, (_, i) => {
          const inner = i + 1 < depth ? "/X Do ".repeat(10) : "BT (x) Tj ET";
          const next = i + 1 < depth ? `/XObject << /X ${7 + i} 0 R >>` : "/Font << /F1 5 0 R >>";
          return stream(
            latin1(inner),
            `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << ${next} >>`,
          );
        });
        return onePage(stream(latin1("/X Do ".repeat(10))), "/XObject << /X 6 0 R >>", forms);
      },
    ],
    [
      "one text as long as a book",
      () => onePage(stream(deflateSync(words("a".repeat(8_000_000))), "/Filter /FlateDecode")),
    ],
    ["a page that draws itself", () => onePage(stream(latin1("/X Do")), "/XObject << /X 4 0 R >>")],
  ])("is not read, and harms nobody: %s", async (_, file) => {
    expect(await readCv(file(), PDF)).toBeNull();
    expect(await readCv(demoPdf("Mara Lindqvist", []), PDF)).not.toBeNull();
  });
});

describe("Word", () => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const docx = (body: string, more: ZipPart[] = []) =>
    sampleZip([
      { name: "word/document.xml", data: utf8(`<w:document ${W}><w:body>${body}</w:body></w:document>`) },
      ...more,
    ]);
  const p = (text: string, size = 22) =>
    `<w:p><w:r><w:rPr><w:sz w:val="${size}"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

  test("its paragraphs, its head and its links are read", async () => {
    const file = docx(
      p("Éloïse Dubois", 48) +
        p("Designer &amp; author &#8211; Paris") +
        p("a").replace("<w:t", "<w:tab/><w:t"),
      [
        {
          name: "word/header1.xml",
          data: utf8(`<w:hdr ${W}><w:p><w:r><w:t>eloise@example.fr</w:t></w:r></w:p></w:hdr>`),
        },
        {
          name: "word/_rels/document.xml.rels",
          data: utf8(
            '<Relationships><Relationship Id="r1" Target="https://github.com/eloise" TargetMode="External"/></Relationships>',
          ),
        },
      ],
    );
    expect(await readCv(file, DOCX)).toEqual({
      text: "eloise@example.fr\nÉloïse Dubois\nDesigner & author – Paris\n\ta",
      name: "Éloïse Dubois",
      email: "eloise@example.fr",
      phone: null,
      links: ["https://github.com/eloise"],
    });
  });

  test("what stands in a text box comes once, what was struck out not at all", async () => {
    const box = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const file = docx(
      `<w:p><w:r><mc:AlternateContent><mc:Choice>${box("Ada Okafor")}</mc:Choice><mc:Fallback>${box(
        "Ada Okafor",
      )}</mc:Fallback></mc:AlternateContent></w:r></w:p><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>`,
    );
    expect((await readCv(file, DOCX))?.text).toBe("Ada Okafor");
  });

  test.each([
    ["another archive", () => sampleZip([{ name: "a.txt", data: utf8("x") }])],
    ["a file broken off", () => sampleDocx().slice(0, 200)],
    [
      "a part that says it unpacks to a gigabyte",
      () => sampleZip([{ name: "word/document.xml", method: 8, unpacked: 2 ** 30 }]),
    ],
    ["an empty one", () => docx("<w:p/>")],
  ])("is not read, and harms nobody: %s", async (_, file) => {
    expect(await readCv(file(), DOCX)).toBeNull();
  });
});

test("plain text is read, other kinds are not", async () => {
  expect(await readCv(utf8("Name: Ana Ruiz\r\nana@example.com"), "text/plain")).toMatchObject({
    name: "Ana Ruiz",
    email: "ana@example.com",
  });
  expect(await readCv(samplePng(), "image/png")).toBeNull();
  expect(await readCv(utf8("  \n "), "text/plain")).toBeNull();
});

test("no bytes make it throw", async () => {
  const start = demoPdf("Mara Lindqvist", ["mara@example.com"]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(start.byteLength - 1), fc.nat(255)), { maxLength: 40 }),
      async (changes) => {
        const bytes = start.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        await readCv(bytes, PDF);
        await readCv(bytes, DOCX);
      },
    ),
    { numRuns: 60 },
  );
});

test("an object that is out of reach costs a CV its reading and nothing else", async () => {
  const CV_READER = {
    getByName: () => ({ read: () => Promise.reject(new Error("Worker exceeded memory limit.")) }),
  } as unknown as typeof worker.CV_READER;
  expect(await readWith({ CV_READER }, demoPdf("Mara Lindqvist", []), PDF)).toBeNull();
});
