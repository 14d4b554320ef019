import { cleanFileName, extensionOf } from "./file-name";
import { jpegProblem, pngProblem } from "./images";
import { type Content, sniff } from "./sniff";
import { FILE_TYPES, type FileType, MAX_FILE_BYTES } from "./words";
import { zipNames } from "./zip";

export { contentDisposition } from "./file-name";

export type Inspection =
  | { ok: true; contentType: FileType; fileName: string }
  | { ok: false; status: 413 | 415 | 422; reason: string };

const WORD = "a Word document";
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

interface Format {
  kind: Content["kind"];
  /** What the file is called in a sentence. */
  noun: string;
  advice: string;
}

const FORMATS: Record<FileType, Format> = {
  "application/pdf": { kind: "pdf", noun: "PDF", advice: "Export it as PDF and try again." },
  [DOCX]: { kind: "zip", noun: "Word document", advice: "Save it as a Word document (.docx) and try again." },
  "image/png": { kind: "png", noun: "PNG image", advice: "Save it as a PNG image and try again." },
  "image/jpeg": { kind: "jpeg", noun: "JPEG image", advice: "Save it as a JPEG image and try again." },
  "text/plain": { kind: "text", noun: "text file", advice: "Save it as plain text in UTF-8 and try again." },
};

/** Other names that browsers and phones give these types. */
const ALIASES: Record<string, string> = {
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "image/x-png": "image/png",
  "application/x-pdf": "application/pdf",
};

const refusal = (status: 413 | 415 | 422, reason: string): Inspection => ({ ok: false, status, reason });

function typeOfExtension(extension: string): FileType | null {
  for (const type of Object.keys(FILE_TYPES) as FileType[]) {
    if ((FILE_TYPES[type] as readonly string[]).includes(extension)) return type;
  }
  return null;
}

/** The declared type in its usual spelling, or null where nothing was said. */
function declared(type: string | null): string | null {
  const name = type?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (name === "" || name === "application/octet-stream") return null;
  return Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name;
}

/** Acrobat looks for the end mark in the last 1024 bytes. */
const PDF_END_WITHIN = 1024;

function pdfProblem(bytes: Uint8Array): string | null {
  const end = Buffer.from(bytes.subarray(-PDF_END_WITHIN)).toString("latin1");
  return end.includes("%%EOF") ? null : "is broken off: its end is missing";
}

/** What the names in an archive say about it. */
function packedContent(names: Set<string>): string {
  if (names.has("[Content_Types].xml") && names.has("word/document.xml")) return WORD;
  if (names.has("xl/workbook.xml") || names.has("xl/workbook.bin")) return "an Excel workbook";
  if (names.has("ppt/presentation.xml")) return "a PowerPoint presentation";
  if (names.has("content.xml") && names.has("mimetype")) return "an OpenDocument file";
  return "a ZIP archive";
}

const isMacro = (name: string) => /(?:^|[/\\])vba(?:project(?:signature)?\.bin|data\.xml)$/i.test(name);

function mismatch(extension: string, what: string, advice: string): Inspection {
  return refusal(415, `This file is named .${extension}, but its content is ${what}. ${advice}`);
}

/**
 * Decides about an uploaded file by its bytes, its name and its declared type, which have to agree. Nothing is
 * unpacked or decoded, so that no file can cost more than its own length.
 *
 * @param file.declaredType the Content-Type that came with it; "application/octet-stream" says nothing
 * @returns the type and the name to store, or a reason in words for the person
 */
export function inspectFile(file: {
  bytes: Uint8Array;
  fileName: string;
  declaredType: string | null;
}): Inspection {
  const { bytes } = file;
  if (bytes.byteLength === 0) return refusal(422, "This file is empty. Choose another one.");
  if (bytes.byteLength > MAX_FILE_BYTES) {
    return refusal(
      413,
      `This file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB. Make it smaller and try again.`,
    );
  }
  const fileName = cleanFileName(file.fileName);
  const extension = extensionOf(fileName);
  const type = typeOfExtension(extension);
  if (type === null) {
    const which = extension === "" ? "without an ending like .pdf" : `ending in .${extension.slice(0, 20)}`;
    return refusal(415, `Files ${which} can't be uploaded. Use PDF, DOCX, PNG, JPG or TXT.`);
  }
  const { kind, noun, advice } = FORMATS[type];
  const content = sniff(bytes);
  const zip = content.kind === "zip" ? zipNames(bytes) : null;
  const names = zip !== null && "names" in zip ? zip.names : null;
  const what = names === null ? content.what : packedContent(new Set(names));
  if (content.kind !== kind || (names !== null && what !== WORD)) return mismatch(extension, what, advice);
  const said = declared(file.declaredType);
  if (said !== null && said !== type) {
    const as = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(said) ? said : "something else";
    return refusal(415, `This file is named .${extension}, but it was sent as ${as}. ${advice}`);
  }

  let problem: string | null = null;
  if (type === "application/pdf") problem = pdfProblem(bytes);
  if (type === "image/png") problem = pngProblem(bytes);
  if (type === "image/jpeg") problem = jpegProblem(bytes);
  if (zip !== null && "problem" in zip) problem = zip.problem;
  if (names?.some(isMacro)) problem = "has macros in it, which are small programs";
  if (problem !== null) return refusal(422, `This ${noun} ${problem}. ${advice}`);
  return { ok: true, contentType: type, fileName };
}
