/** Characters that XML 1.0 (2.2) can't hold, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as it may stand in an XML document, in elements and in attributes. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, "")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");
}

/** An element with text; nothing where there is none. */
export function element(name: string, text: string | number | null): string {
  return text === null || text === "" ? "" : `<${name}>${xmlText(String(text))}</${name}>`;
}
