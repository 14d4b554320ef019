/** Columns of an import that map themselves, by the header's letters and digits in small. */
export const IMPORT_FIELDS = [
  "firstName",
  "lastName",
  "name",
  "email",
  "phone",
  "currentRole",
  "currentCompany",
  "city",
  "country",
  "linkedinUrl",
  "portfolioUrl",
  "summary",
  "skills",
  "tags",
  "languages",
  "experienceYears",
  "source",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Rows that an import handles while one waits; more are done in the background. */
export const IMPORT_AT_ONCE = 1000;
export const IMPORT_MOST = 50_000;

export const IMPORT_STATUSES = ["running", "done", "failed"] as const;

/** How the text of a file was read; the last one is a guess where it is no Unicode. */
export const IMPORT_ENCODINGS = ["utf-8", "utf-16", "windows-1252"] as const;
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number];
