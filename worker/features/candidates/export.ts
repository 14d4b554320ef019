import { eq } from "drizzle-orm";
import Papa from "papaparse";
import type { z } from "zod";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import {
  type CandidateFilter,
  type CandidateRow,
  positionOf,
  presentCandidate,
  selectCandidates,
} from "./candidates";
import { selectFailures } from "./import";
import type { ExportQuery } from "./schema";
import { imports } from "./table";

/** A file that is made while it is sent, a page at a time. */
export interface Download {
  fileName: string;
  contentType: string;
  body: ReadableStream<Uint8Array>;
}

/** Rows of one page. */
const PAGE = 500;
/** Excel takes a file for UTF-8 by this mark alone. */
const BYTE_ORDER_MARK = "\ufeff";

const CSV = "text/csv; charset=utf-8";
const COLUMNS = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "currentRole",
  "currentCompany",
  "address",
  "city",
  "country",
  "linkedinUrl",
  "portfolioUrl",
  "summary",
  "skills",
  "tags",
  "languages",
  "certifications",
  "experienceYears",
  "source",
  "status",
  "id",
  "createdAt",
  "updatedAt",
] as const;

/** Lines of CSV; a cell that a spreadsheet would run as a formula gets a mark that keeps it text. */
function lines(rows: (string | number | null)[][]): string {
  return `${Papa.unparse(rows, { escapeFormulae: true, newline: "\r\n" })}\r\n`;
}

function lineOf(row: CandidateRow): (string | number | null)[] {
  const shown = presentCandidate(row);
  return COLUMNS.map((column) => {
    const value = shown[column];
    return Array.isArray(value) ? value.join(", ") : value;
  });
}

/** A stream of texts, each made when the one before it is on its way. */
function streamed(next: () => Promise<string | null>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const text = await next();
      if (text === null) controller.close();
      else controller.enqueue(encoder.encode(text));
    },
  });
}

/** The candidates that the filters leave, the newest first, as a file. Who took it stands in the audit. */
export async function exportCandidates(ctx: Ctx, query: z.infer<typeof ExportQuery>): Promise<Download> {
  const { format, ...filter } = query;
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [],
    audit: [
      {
        action: "CANDIDATE_EXPORT",
        entity: { type: "organization", id: ctx.orgId },
        // Which filters, not what they look for: that may be somebody's name.
        metadata: { format, filters: Object.keys(filter) },
      },
    ],
    result: null,
  });
  const name = `candidates-${iso(ctx.now()).slice(0, 10)}.${format}`;
  const pages = pagesOf(ctx, filter);
  if (format === "json") {
    let begun = false;
    const body = streamed(async () => {
      const rows = await pages();
      if (rows === null) return null;
      const text = rows.map((row) => JSON.stringify(presentCandidate(row))).join(",\n");
      const before = begun ? (text === "" ? "" : ",\n") : "[";
      begun = true;
      return `${before}${text}${rows.length < PAGE ? "]\n" : ""}`;
    });
    return { fileName: name, contentType: "application/json", body };
  }
  let begun = false;
  const body = streamed(async () => {
    const rows = await pages();
    if (rows === null) return null;
    const header = begun ? "" : BYTE_ORDER_MARK + lines([[...COLUMNS]]);
    begun = true;
    return header + (rows.length === 0 ? "" : lines(rows.map(lineOf)));
  });
  return { fileName: name, contentType: CSV, body };
}

/** The pages of an export one by one; a page that isn't full is the last one. */
function pagesOf(ctx: Ctx, filter: CandidateFilter): () => Promise<CandidateRow[] | null> {
  const position = positionOf(filter);
  let after: (string | number | null)[] | null = null;
  let done = false;
  return async () => {
    if (done) return null;
    const [rows]: [CandidateRow[]] = await ctx.db.read(
      selectCandidates(ctx, filter, "-createdAt", after, PAGE),
    );
    const last = rows.at(-1);
    done = rows.length < PAGE || last === undefined;
    if (last) after = position(last);
    return rows;
  };
}

/**
 * The rows of an import that could not be taken, with their own columns and what is wrong: mended, the same
 * file can be sent again.
 * @throws DomainError `not-found`
 */
export async function exportFailures(ctx: Ctx, importId: string): Promise<Download> {
  const [found] = await ctx.db.read(ctx.db.rows(imports, { where: eq(imports.id, importId) }));
  const row = found[0];
  if (!row) throw notFound("import");
  // A file that was sent back with its errors brings their column along.
  const columns = Object.keys(row.mapping).filter((column) => column !== "error");
  let after = 0;
  let begun = false;
  let done = false;
  const body = streamed(async () => {
    if (done) return null;
    const [failures] = await ctx.db.read(selectFailures(ctx, importId, after, PAGE));
    done = failures.length < PAGE;
    after = failures.at(-1)?.row ?? after;
    const header = begun ? "" : BYTE_ORDER_MARK + lines([[...columns, "error"]]);
    begun = true;
    const shown = failures.map(({ values, errors }) => [
      ...columns.map((column) => values[column] ?? ""),
      errors.map(({ path, message }) => `${path}: ${message}`).join(" "),
    ]);
    return header + (shown.length === 0 ? "" : lines(shown));
  });
  return { fileName: `import-errors-${iso(row.createdAt).slice(0, 10)}.csv`, contentType: CSV, body };
}
