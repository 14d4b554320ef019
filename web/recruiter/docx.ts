import { parseAsync, renderDocument } from "docx-preview";

/** A Word document as a page shows it: its elements, and the styles that belong to them. */
export interface DrawnDocument {
  nodes: Node[];
  sheets: CSSStyleSheet[];
}

/** Where a link in a document may lead. */
const LINKS = /^(https?:|mailto:|tel:|#)/i;

/**
 * Draws a Word document. Nothing of it can run or reach out: the page's policy lets no script and no foreign
 * picture in, its styles are made sheets of the place it is shown in, and its links open elsewhere.
 */
export async function drawDocx(file: Blob): Promise<DrawnDocument> {
  const options = {
    className: "docx",
    ignoreFonts: true,
    renderAltChunks: false,
    renderComments: false,
    useBase64URL: true,
  };
  const drawn = await renderDocument(await parseAsync(file, options), options);
  const sheets = drawn.filter((node) => node instanceof HTMLStyleElement).map(sheetOf);
  const nodes = drawn.filter((node) => !(node instanceof HTMLStyleElement) && node instanceof HTMLElement);
  for (const node of nodes) settle(node as HTMLElement);
  return { nodes, sheets };
}

/** A sheet of its own passes the policy that refuses styles written into the page. */
function sheetOf(style: HTMLStyleElement): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style.textContent ?? "");
  return sheet;
}

function settle(root: HTMLElement): void {
  for (const link of root.querySelectorAll("a")) {
    if (!LINKS.test(link.getAttribute("href") ?? "")) link.removeAttribute("href");
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  for (const image of root.querySelectorAll("img")) {
    if (!/^(data:|blob:)/.test(image.getAttribute("src") ?? "")) image.removeAttribute("src");
    if (!image.alt) image.alt = "";
  }
  for (const foreign of root.querySelectorAll("iframe, object, embed, script, style, link")) foreign.remove();
}
