import Papa from "papaparse";
import { invalid } from "../../lib/errors";
import { IMPORT_MOST, type ImportEncoding } from "./words";

/** A cell as it came: JSON may hold lists. */
export type Cell = string | string[];
/** A file of people as a table; every row has a cell for each column. */
export interface ImportTable {
  encoding: ImportEncoding;
  columns: string[];
  rows: Cell[][];
}

const MOST_COLUMNS = 200;
const refuse = (message: string) => invalid("file", message);

/**
 * Reads a CSV file or a JSON array of objects.
 * @throws DomainError `invalid` with what to do about it
 */
export function readTable(bytes: Uint8Array, fileName: string): ImportTable {
  const { text, encoding } = decode(bytes);
  if (text.trim() === "") throw refuse("This file is empty. Choose another one.");
  const json = /\.json$/i.test(fileName) || /^\s*\[/.test(text);
  const { columns, rows } = json ? fromJson(text) : fromCsv(text);
  if (rows.length === 0) throw refuse("This file has no rows below its header.");
  if (rows.length > IMPORT_MOST)
    throw refuse(`This file has ${rows.length} rows. Cut it into files of ${IMPORT_MOST} rows at most.`);
  if (columns.length > MOST_COLUMNS)
    throw refuse(`This file has ${columns.length} columns. At most ${MOST_COLUMNS} are taken.`);
  return { encoding, columns, rows };
}

/** Unicode by its mark or by being valid UTF-8; anything else is taken for what Excel writes in the west. */
function decode(bytes: Uint8Array): { text: string; encoding: ImportEncoding } {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b)
    throw refuse("This is a workbook or an archive. Save it as CSV and try again.");
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const name = first === 0xff ? "utf-16le" : "utf-16be";
    return { text: new TextDecoder(name).decode(bytes), encoding: "utf-16" };
  }
  if (bytes.includes(0)) throw refuse("This is no text. Save it as CSV in UTF-8 and try again.");
  try {
    return {
      text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes),
      encoding: "utf-8",
    };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}

const DELIMITERS = [",", ";", "\t"] as const;

/** The delimiter that cuts the first line into most cells. */
function delimiterOf(text: string): string {
  const cells = (delimiter: string) =>
    (Papa.parse<string[]>(text, { delimiter, preview: 1, skipEmptyLines: "greedy" }).data[0] ?? []).length;
  return DELIMITERS.reduce((best, one) => (cells(one) > cells(best) ? one : best), ",");
}

function fromCsv(text: string): Pick<ImportTable, "columns" | "rows"> {
  // Excel says its delimiter in a line of its own.
  const said = /^sep=(.)\r?\n/i.exec(text);
  const body = said ? text.slice(said[0].length) : text;
  const delimiter = said?.[1] ?? delimiterOf(body);
  const { data, errors } = Papa.parse<string[]>(body, { delimiter, skipEmptyLines: "greedy" });
  const broken = errors.find((error) => error.type === "Quotes");
  if (broken) {
    const where = broken.row === undefined ? "" : ` near row ${Math.max(1, broken.row)}`;
    throw refuse(`A quotation mark${where} doesn't end or stands inside a cell. Mend it and try again.`);
  }
  const [header = [], ...rows] = data;
  return { columns: distinct(header), rows: rows.map((row) => widened(row, header.length)) };
}

/** A name for each column, though some have none or the same. */
function distinct(header: string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, i) => {
    const name = cell.replaceAll(/\s+/g, " ").trim() || `Column ${i + 1}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

/** Short rows end in empty cells. What stands beyond the last column stays, for its row to be refused. */
function widened(row: string[], width: number): string[] {
  const more = row.slice(width).some((cell) => cell.trim() !== "");
  if (more) return row;
  return Array.from({ length: width }, (_, i) => row[i] ?? "");
}

function fromJson(text: string): Pick<ImportTable, "columns" | "rows"> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refuse("This is not valid JSON. Send an array of objects, or CSV.");
  }
  if (!Array.isArray(parsed)) throw refuse("Send a JSON array with one object for each person.");
  const objects = parsed.map((value, i) => {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw refuse(`Entry ${i + 1} is no object. Send one object for each person.`);
    return value as Record<string, unknown>;
  });
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return { columns, rows: objects.map((object) => columns.map((column) => cellOf(object[column]))) };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value))
    return value.map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
