export const DOCUMENT_STATUSES = ["pending", "approved", "rejected"] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** Days for which documents of a type can be good, at most: twenty years. */
export const MOST_VALID_DAYS = 7300;

/** The largest file taken, in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** What may be uploaded, as content type and file extensions. */
export const FILE_TYPES = {
  "application/pdf": ["pdf"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "image/png": ["png"],
  "image/jpeg": ["jpg", "jpeg"],
  "text/plain": ["txt"],
} as const;
export type FileType = keyof typeof FILE_TYPES;

/** The document types of every new organization; `required` ones are asked of every agent. */
export const FIRST_DOCUMENT_TYPES = [
  { key: "w9", name: "W-9", required: true },
  { key: "nda", name: "NDA", required: true },
  { key: "direct_deposit", name: "Direct deposit form", required: false },
  { key: "id", name: "Identity document", required: false },
  { key: "certificate", name: "Certificate", required: false },
  { key: "cv", name: "CV", required: false },
  { key: "other", name: "Other", required: false },
] as const;
