/** A part of something: so many bytes from `offset`. */
export interface Part {
  offset: number;
  length: number;
}

/**
 * The part that a Range header asks for (RFC 9110, 14.2). Null means the whole: no header, one that can't
 * be read, or one that asks for several parts. "beyond" means that nothing of the part exists.
 */
export function partOf(header: string | undefined, size: number): Part | "beyond" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "beyond" : { offset: size - length, length };
  }
  const offset = Number(first);
  if (last !== "" && Number(last) < offset) return null;
  if (offset >= size) return "beyond";
  return { offset, length: (last === "" ? size : Math.min(Number(last) + 1, size)) - offset };
}
