import { FILE_TYPES, MAX_FILE_BYTES } from "../../worker/features/documents/words";

const EXTENSIONS: readonly string[] = Object.values(FILE_TYPES).flat();

/** What a file input may offer: content types and extensions, since devices know one or the other. */
export const ACCEPT = [...Object.keys(FILE_TYPES), ...EXTENSIONS.map((extension) => `.${extension}`)].join(
  ",",
);

/** What is taken, in words. */
export const TAKEN = `PDF, Word, PNG, JPEG or text, up to ${megabytes(MAX_FILE_BYTES)}.`;

/** A size in words. */
export function megabytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} kB`;
  const value = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(bytes / (1024 * 1024));
  return `${value} MB`;
}

/** Why a file can't be sent, before it is; the server looks at the content itself. */
export function fileTrouble(file: Pick<File, "name" | "size" | "type">): string | null {
  if (file.size === 0) return `${file.name} is empty. Choose the file again, or another one.`;
  if (file.size > MAX_FILE_BYTES) {
    return `${file.name} has ${megabytes(file.size)}; at most ${megabytes(MAX_FILE_BYTES)} can be taken. Save it smaller, or send a photo of it.`;
  }
  const extension = file.name.split(".").pop()?.toLowerCase() ?? "";
  if (!(file.type in FILE_TYPES) && !EXTENSIONS.includes(extension)) {
    return `${file.name} is of a kind that can’t be taken. Use ${TAKEN}`;
  }
  return null;
}
