/** The tags by which browsers take a file for a web page (WHATWG MIME Sniffing), and those that can hold script. */
const TAG =
  /^<(?:!doctype|html|head|body|script|iframe|svg|math|style|title|table|div|font|h1|a|b|br|p|xml|object|embed|img)(?:[\s/>]|$)/i;

/** How far in to look for the first tag, in characters. */
const LOOK = 8192;

/** "HTML", "SVG" or "XML" when a text begins like one, behind a byte order mark, white space and comments. */
export function markupOf(text: string): "HTML" | "SVG" | "XML" | null {
  let start = text.slice(0, LOOK);
  for (;;) {
    start = start.replace(/^[\s\ufeff\0]+/, "");
    if (!start.startsWith("<!--")) break;
    const end = start.indexOf("-->");
    // A comment without an end can hide anything, and browsers take it for HTML.
    if (end < 0) return "HTML";
    start = start.slice(end + 3);
  }
  if (/^<\?xml/i.test(start))
    return /<svg[\s>]/i.test(start) ? "SVG" : /<html[\s>]/i.test(start) ? "HTML" : "XML";
  if (!TAG.test(start)) return null;
  return /^<svg/i.test(start) || /^<!doctype\s+svg/i.test(start) ? "SVG" : "HTML";
}
