import { z } from "zod";
import { Email } from "../../http/shapes";
import { DomainError, type FieldError } from "../../lib/errors";
import type { Cell, ImportTable } from "./import-file";
import { candidateFields } from "./schema";
import { IMPORT_FIELDS, type ImportField } from "./words";

/** Headers by their letters and digits alone, and the field that each means. */
const HEADERS: Record<ImportField, string> = {
  firstName: "firstname forename givenname first fname vorname prenom nombre",
  lastName: "lastname surname familyname last lname nachname apellido apellidos nomdefamille",
  name: "name fullname candidate candidatename applicant applicantname",
  email: "email emailaddress mail emailid primaryemail personalemail correo",
  phone:
    "phone phonenumber mobile mobilephone mobilenumber cell cellphone tel telephone telephonenumber contactnumber primaryphone telefon telefono",
  currentRole:
    "currentrole currenttitle title jobtitle currentjobtitle position currentposition role headline designation",
  currentCompany: "currentcompany company employer currentemployer companyname organization organisation",
  city: "city town location currentlocation ort ciudad ville",
  country: "country land pais pays",
  linkedinUrl: "linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinlink",
  portfolioUrl: "portfolio portfoliourl portfoliolink website websiteurl homepage personalwebsite",
  summary: "summary bio about aboutme profile profilesummary professionalsummary",
  skills: "skills skill keyskills skillset technologies expertise",
  tags: "tags tag labels label keywords",
  languages: "languages language spokenlanguages",
  experienceYears:
    "experienceyears yearsofexperience experience years totalexperience yearsexperience experienceinyears yoe",
  source: "source leadsource candidatesource origin channel",
};
const MEANING = new Map(
  IMPORT_FIELDS.flatMap((field) => HEADERS[field].split(" ").map((word) => [word, field] as const)),
);

export type Mapping = Record<string, ImportField | null>;

/** The field that a header means by itself, or null. */
export function meaningOf(header: string): ImportField | null {
  const letters = header
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  return MEANING.get(letters) ?? null;
}

const isField = (word: string): word is ImportField => (IMPORT_FIELDS as readonly string[]).includes(word);

/**
 * Which column goes to which field: as asked, the others by their headers. A field is filled by one column.
 * @param asked columns with the field that each goes to; null leaves a column out
 * @throws DomainError `invalid` for columns or fields that don't exist, or where none holds addresses
 */
export function mapColumns(columns: string[], asked: Record<string, string | null> = {}): Mapping {
  const errors: FieldError[] = [];
  const taken = new Set<ImportField>();
  const mapping: Mapping = {};
  for (const [column, field] of Object.entries(asked)) {
    const path = `mapping.${column}`;
    if (!columns.includes(column)) errors.push({ path, message: "The file has no such column." });
    else if (field === null || field === "") mapping[column] = null;
    else if (!isField(field))
      errors.push({ path, message: `Use one of ${IMPORT_FIELDS.join(", ")}, or null.` });
    else if (taken.has(field)) errors.push({ path, message: `Two columns go to ${field}. Choose one.` });
    else {
      mapping[column] = field;
      taken.add(field);
    }
  }
  for (const column of columns) {
    if (Object.hasOwn(mapping, column)) continue;
    const field = meaningOf(column);
    mapping[column] = field !== null && !taken.has(field) ? field : null;
    if (mapping[column]) taken.add(mapping[column]);
  }
  if (errors.length === 0 && !taken.has("email")) {
    const message = "No column holds e-mail addresses. Say which one does, with `mapping`.";
    errors.push({ path: "mapping", message });
  }
  const [first] = errors;
  if (first) throw new DomainError("invalid", `${first.path}: ${first.message}`, { errors });
  // In the order of the file.
  return Object.fromEntries(columns.map((column) => [column, mapping[column] ?? null]));
}

const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;

/** A cell without what programs leave in it: odd spaces, and the mark that keeps a formula from running. */
function cleaned(cell: string, lines = false): string {
  const text = cell
    .replace(INVISIBLE, "")
    .replace(/\u00a0/g, " ")
    .replace(/^\s*'(?=[=+\-@\t\r])/, "");
  return (lines ? text.replace(/\r\n?/g, "\n") : text.replace(/\s+/g, " ")).trim();
}

const LISTS = new Set<ImportField>(["skills", "tags", "languages"]);

function listOf(cell: Cell): string[] {
  const parts = (typeof cell === "string" ? cell.split(/[,;|\n]/) : cell).map((part) => cleaned(part));
  const seen = new Map<string, string>();
  for (const part of parts) {
    const key = part.toLowerCase();
    if (part !== "" && !seen.has(key)) seen.set(key, part);
  }
  return [...seen.values()];
}

/** `5`, `5.5`, `5,5`, `5+` and `5 years` are numbers of years; anything else is for the schema to refuse. */
function yearsOf(text: string): unknown {
  const found = /^(\d+(?:[.,]\d+)?)\s*\+?\s*(?:years?|yrs?|y)?\.?$/i.exec(text)?.[1];
  return found === undefined ? text : Number(found.replace(",", "."));
}

function cellValue(field: ImportField, cell: Cell): unknown {
  if (LISTS.has(field)) {
    const list = listOf(cell);
    return list.length === 0 ? undefined : list;
  }
  const text = cleaned(typeof cell === "string" ? cell : cell.join(", "), field === "summary");
  if (text === "") return undefined;
  if (field === "experienceYears") return yearsOf(text);
  if (field === "email") return text.replace(/^mailto:/i, "").replace(/^.*<([^<>]+)>$/, "$1");
  return text;
}

const Row = z.strictObject({ email: Email, ...candidateFields });
/** What a row says of somebody: only what its cells hold. */
export type RowValues = z.infer<typeof Row>;
export type ReadRow = { ok: true; values: RowValues } | { ok: false; errors: FieldError[] };

/** The words of a refusal, for people who never heard of schemas. */
function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_big") {
    const what = { string: " characters", array: " entries" }[issue.origin as string] ?? "";
    return `At most ${issue.maximum}${what}.`;
  }
  if (issue.path[0] === "experienceYears") return "Write a number of years, like 4 or 2.5.";
  return issue.message;
}

/** Characters of a row that are taken: whatever is longer is no table of people. */
const MOST_OF_A_ROW = 100_000;
export const sizeOf = (row: Cell[]): number =>
  row.reduce((sum, cell) => sum + (typeof cell === "string" ? cell : cell.join("")).length, 0);

/** What a row of the file says, or what is wrong with it, by column. */
export function readRow(table: Pick<ImportTable, "columns">, mapping: Mapping, row: Cell[]): ReadRow {
  if (row.length > table.columns.length) {
    const message = `This row has ${row.length} cells and the header ${table.columns.length}. Put cells with a delimiter in quotes.`;
    return { ok: false, errors: [{ path: "row", message }] };
  }
  if (sizeOf(row) > MOST_OF_A_ROW) {
    const message = `This row has more than ${MOST_OF_A_ROW} characters. Is a quotation mark missing?`;
    return { ok: false, errors: [{ path: "row", message }] };
  }
  const input: Record<string, unknown> = {};
  const columnOf: Record<string, string> = {};
  for (const [i, column] of table.columns.entries()) {
    const field = mapping[column];
    if (!field) continue;
    columnOf[field] = column;
    const value = cellValue(field, row[i] ?? "");
    if (value !== undefined) input[field] = value;
  }
  if (input.email === undefined) {
    return { ok: false, errors: [{ path: columnOf.email ?? "email", message: "Write an e-mail address." }] };
  }
  const read = Row.safeParse(input);
  if (read.success) return { ok: true, values: read.data };
  const errors = read.error.issues.map((issue) => {
    const field = String(issue.path[0] ?? "");
    return { path: columnOf[field] ?? field, message: wordsOf(issue) };
  });
  return { ok: false, errors };
}

/** What a new person lacks, for a row whose address nobody has yet. */
export function missingName(mapping: Mapping): FieldError {
  const column = (field: ImportField) => Object.entries(mapping).find(([, to]) => to === field)?.[0];
  const path = column("firstName") ?? column("name") ?? "name";
  return { path, message: "Write a name: nobody has this e-mail address yet." };
}

/** The cells of a row as text, by column, for the list of what to mend. */
export function asText(table: Pick<ImportTable, "columns">, row: Cell[]): Record<string, string> {
  const text = (cell: Cell | undefined) => (typeof cell === "object" ? cell.join(" | ") : (cell ?? ""));
  const own = table.columns.map((column, i) => [column, text(row[i])]);
  // Whatever stands beyond the last column goes along in it.
  const beyond = row.slice(table.columns.length).map(text);
  const last = own.at(-1);
  if (last && beyond.length > 0) last[1] = [last[1], ...beyond].join(", ");
  let room = MOST_OF_A_ROW;
  return Object.fromEntries(
    own.map(([column = "", value = ""]) => {
      const kept = value.slice(0, room);
      room -= kept.length;
      return [column, kept];
    }),
  );
}
