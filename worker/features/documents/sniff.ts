import { markupOf } from "./markup";

export type Kind =
  | "pdf"
  | "png"
  | "jpeg"
  | "zip"
  | "text"
  | "markup"
  | "picture"
  | "packed"
  | "program"
  | "unknown";

export interface Content {
  kind: Kind;
  /** In words for the person: "a PNG image". */
  what: string;
}

/** First bytes as hexadecimal digits, "." for any digit. Formats that people often send by mistake have names too. */
const SIGNATURES: [start: RegExp, Kind, what: string][] = [
  [/^89504e470d0a1a0a/, "png", "a PNG image"],
  [/^ffd8ff/, "jpeg", "a JPEG image"],
  [/^504b0304/, "zip", "a ZIP archive"],
  [/^504b050600/, "packed", "an empty ZIP archive"],
  [/^474946383[79]61/, "picture", "a GIF image"],
  [/^52494646.{8}57454250/, "picture", "a WebP image"],
  [/^49492a00|^4d4d002a/, "picture", "a TIFF image"],
  [/^.{8}66747970(?:686569|686576|6d696631|6d736631)/, "picture", "a HEIC image"],
  [/^.{8}6674797061766966/, "picture", "an AVIF image"],
  [/^.{8}66747970/, "picture", "a video"],
  [/^d0cf11e0a1b11ae1/, "packed", "an old or password-protected Office file"],
  [/^7b5c727466/, "packed", "an RTF document"],
  [/^526172211a07/, "packed", "a RAR archive"],
  [/^377abcaf271c/, "packed", "a 7z archive"],
  [/^1f8b08/, "packed", "a gzip archive"],
  [/^425a68[0-9a-f]{2}314159265359/, "packed", "a bzip2 archive"],
  [/^fd377a585a00/, "packed", "an xz archive"],
  [/^28b52ffd/, "packed", "a Zstandard archive"],
  [/^4d534346000000/, "packed", "a cabinet archive"],
  [/^(?:..){257}7573746172/, "packed", "a tar archive"],
  // Not a text that happens to begin with these letters.
  [/^4d5a(?:..)*?00/, "program", "a Windows program"],
  [/^7f454c46/, "program", "a Linux program"],
  [/^(?:feedface|feedfacf|cefaedfe|cffaedfe|cafebabe)/, "program", "a program"],
  [/^(?:fffe|feff)/, "unknown", "text in UTF-16"],
];
const HEAD_BYTES = 264;

/** PDF readers take a header that is not quite at the start. */
const PDF_HEADER_WITHIN = 1024;

/** The text of bytes in UTF-8, or null where they are something else or hold control characters. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /(?![\t\n\r])\p{Cc}/u.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** What bytes are by their beginning, or for text by the whole of them. */
export function sniff(bytes: Uint8Array): Content {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString("hex");
  for (const [start, kind, what] of SIGNATURES) if (start.test(head)) return { kind, what };
  const beginning = Buffer.from(bytes.subarray(0, 8192)).toString("latin1");
  // Markup in front of a PDF header would be a web page to a browser that guesses.
  const markup = markupOf(beginning.replace(/^\u00ef\u00bb\u00bf/, ""));
  if (markup !== null) return { kind: "markup", what: markup };
  if (beginning.slice(0, PDF_HEADER_WITHIN).includes("%PDF-")) return { kind: "pdf", what: "a PDF" };
  if (textOf(bytes) !== null) return { kind: "text", what: "plain text" };
  return { kind: "unknown", what: "something else" };
}
