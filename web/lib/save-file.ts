import { getBlob } from "./client";

/** Saves bytes on the reader's disk under a name. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the bytes after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Fetches a file, with the session renewed where it ran out, and saves it under a name. */
export async function saveFrom(path: string, name: string): Promise<void> {
  saveFile(name, await getBlob(path));
}
