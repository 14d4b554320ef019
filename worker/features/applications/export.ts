import { and, asc, eq, gt, sql } from "drizzle-orm";
import Papa from "papaparse";
import type { z } from "zod";
import { commit } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { iso } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { candidates } from "../candidates/table";
import { jobForms, jobs } from "../jobs/table";
import { applications } from "../pipelines/table";
import type { ApplicationExportQuery } from "./schema";

/** Rows of one round trip. */
const PAGE = 500;

const ROW = {
  id: applications.id,
  name: applications.name,
  email: candidates.email,
  phone: candidates.phone,
  stageKey: applications.stageKey,
  status: applications.status,
  enteredAt: applications.enteredAt,
  createdAt: applications.createdAt,
  reason: applications.reason,
  rating: applications.rating,
  tags: applications.tags,
  source: applications.source,
  flags: applications.flags,
  formAnswers: applications.formAnswers,
};

const cell = (value: unknown): string | number | boolean =>
  Array.isArray(value)
    ? value.join("; ")
    : value === null || value === undefined
      ? ""
      : (value as string | number);

/**
 * The applications of a job as CSV, a column for each question of its form, page by page.
 * @throws DomainError `not-found`
 */
export async function exportApplications(
  ctx: Ctx,
  query: z.infer<typeof ApplicationExportQuery>,
): Promise<{ fileName: string; stream: ReadableStream<Uint8Array> }> {
  const [found, forms] = await ctx.db.read(
    ctx.db.rows(jobs, { where: eq(jobs.id, query.jobId) }),
    ctx.db.rows(jobForms, { where: eq(jobForms.jobId, query.jobId), orderBy: asc(jobForms.number) }),
  );
  const job = found[0];
  if (!job) throw notFound("job");
  // Questions of every version, since answers count for the version that was seen.
  const questions = new Map(forms.flatMap(({ fields }) => fields.map(({ key, label }) => [key, label])));
  const stageName = (key: string) => job.stages.find((stage) => stage.key === key)?.name ?? key;
  const line = (cells: unknown[]) => `${Papa.unparse([cells.map(cell)], { escapeFormulae: true })}\r\n`;
  const head = [
    "Name",
    "E-mail",
    "Phone",
    "Stage",
    "Status",
    "In stage since",
    "Applied",
    "Reason",
    "Rating",
  ];
  let after = "";
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      // The mark by which spreadsheets know UTF-8.
      controller.enqueue(
        encoder.encode(`\ufeff${line([...head, "Tags", "Source", "Flags", ...questions.values()])}`),
      );
    },
    pull: async (controller) => {
      const [rows] = await ctx.db.read(
        ctx.db.select(ROW, applications, {
          where: and(
            eq(applications.jobId, job.id),
            query.archived === "yes"
              ? sql`${applications.jobId} is not null and ${applications.archived} = 1`
              : sql`${applications.jobId} is not null and ${applications.archived} = 0`,
            gt(applications.id, after),
          ),
          orderBy: asc(applications.id),
          limit: PAGE,
          join: [{ table: candidates, on: eq(candidates.id, applications.candidateId) }],
        }),
      );
      for (const row of rows) {
        const cells = [
          row.name,
          row.email,
          row.phone,
          stageName(row.stageKey),
          row.status,
          iso(row.enteredAt),
          iso(row.createdAt),
          row.reason,
          row.rating,
          row.tags,
          row.source,
          row.flags.map(({ label }) => label),
          ...[...questions.keys()].map((key) => row.formAnswers[key]),
        ];
        controller.enqueue(encoder.encode(line(cells)));
      }
      after = rows.at(-1)?.id ?? after;
      if (rows.length < PAGE) controller.close();
    },
  });
  await commit(ctx, {
    id: newId("chg", ctx.now()),
    writes: [],
    audit: [{ action: "CANDIDATE_EXPORT", entity: { type: "job", id: job.id } }],
    result: null,
  });
  return { fileName: `${job.slug}.csv`, stream };
}
