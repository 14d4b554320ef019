/** The rows of a file of people, as far as the browser shows them. */
export interface FileTable {
  columns: string[];
  /** Every row as text, in the order of the columns. */
  rows: string[][];
}

const DELIMITERS = [",", ";", "\t"];

/**
 * Reads a file to show its rows beside what the server says of them. Null where it can't be read: the server
 * then says why.
 */
export async function readFileTable(file: File): Promise<FileTable | null> {
  const text = decode(new Uint8Array(await file.arrayBuffer()));
  try {
    return /\.json$/i.test(file.name) || /^\s*\[/.test(text) ? fromJson(text) : await fromCsv(text);
  } catch {
    return null;
  }
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function fromCsv(text: string): Promise<FileTable> {
  const { default: Papa } = await import("papaparse");
  const said = /^sep=(.)\r?\n/i.exec(text);
  const body = said ? text.slice(said[0].length) : text;
  const width = (delimiter: string) =>
    (Papa.parse<string[]>(body, { delimiter, preview: 1, skipEmptyLines: "greedy" }).data[0] ?? []).length;
  const delimiter =
    said?.[1] ?? DELIMITERS.reduce((best, one) => (width(one) > width(best) ? one : best), ",");
  const [header = [], ...rows] = Papa.parse<string[]>(body, { delimiter, skipEmptyLines: "greedy" }).data;
  return { columns: namesOf(header), rows };
}

/** A name for each column, though some have none or the same: as the server calls them. */
export function namesOf(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, at) => {
    const name = cell.replaceAll(/\s+/g, " ").trim() || `Column ${at + 1}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

function fromJson(text: string): FileTable {
  const people = JSON.parse(text) as Record<string, unknown>[];
  const columns = [...new Set(people.flatMap((person) => Object.keys(person)))];
  const word = (value: unknown): string => {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.map(word).join(", ");
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return { columns, rows: people.map((person) => columns.map((column) => word(person[column]))) };
}

/** The next mapping once a column goes to a field: a field is filled by one column only. */
export function mapped(
  mapping: Record<string, string | null>,
  column: string,
  field: string | null,
): Record<string, string | null> {
  const others = Object.entries(mapping).map(([name, to]) => [name, to === field ? null : to] as const);
  return { ...Object.fromEntries(others), [column]: field };
}

/** Rows to look at before an import: the first ones, and the first of those with errors. */
export function rowsToShow(
  total: number,
  failed: readonly number[],
  first = 5,
  most = 25,
): { row: number; gap: boolean }[] {
  const chosen = new Set<number>();
  for (let row = 1; row <= Math.min(first, total); row++) chosen.add(row);
  for (const row of failed) if (chosen.size < most) chosen.add(row);
  const sorted = [...chosen].sort((a, b) => a - b);
  return sorted.map((row, at) => ({ row, gap: at > 0 && row - (sorted[at - 1] ?? row) > 1 }));
}
