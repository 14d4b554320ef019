/** The longest file name that is kept, in characters. */
const MAX_LENGTH = 200;

/** Control characters, line separators, and marks that make a name read otherwise than it is. */
const INVISIBLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** The part behind the last dot, in small letters; "" where there is none. */
export function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf(".");
  return dot < 0 ? "" : fileName.slice(dot + 1).toLowerCase();
}

/**
 * A file name as it is stored and shown: the name alone without its folders, on one line, in NFC, 200 characters at
 * most with its extension kept, and never empty.
 */
export function cleanFileName(fileName: string): string {
  const name = fileName
    .toWellFormed()
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(/^.*[/\\]/, "")
    // Windows drops dots and spaces at the end, and with them "cv.exe. " would become a program.
    .replace(/[.\s]+$/, "")
    .trimStart();
  const dot = name.lastIndexOf(".");
  const extension = dot < 0 ? [] : [...name.slice(dot)].slice(0, MAX_LENGTH / 2);
  const base = [...(dot < 0 ? name : name.slice(0, dot))].slice(0, MAX_LENGTH - extension.length).join("");
  return (base.trim() || "file") + extension.join("");
}

/** `encodeURIComponent` leaves these, RFC 8187 does not. */
const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * The Content-Disposition of a download: always an attachment, with the name in plain ASCII for old clients and
 * whole in UTF-8 for the others (RFC 6266, RFC 8187).
 */
export function contentDisposition(fileName: string): string {
  const name = cleanFileName(fileName);
  // A quote or a backslash would end or bend the quoted string, some clients decode "%41" in it, and a few
  // characters fall apart into a slash.
  const ascii = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]|["\\%/]/gu, "_");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`;
}
