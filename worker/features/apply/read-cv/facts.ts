import type { ReadCv } from "./index";
import type { ReadFile } from "./shape";
export function factsOf(file: ReadFile): Omit<ReadCv, "text"> {
  return { name: null, email: null, phone: null, links: file.links };
}
