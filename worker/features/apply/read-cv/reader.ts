/** The readers of CV files: a module of its own, as .tools/readers.mjs builds it, loaded when first needed. */
export { readDocx } from "./docx";
export { readPdf } from "./pdf";
