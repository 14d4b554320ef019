import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { z } from "zod";
import { page, readCursor } from "../../db/cursor";
import type { RowOf } from "../../db/database";
import type { Ctx } from "../../events/context";
import { iso, isoOrNull } from "../../lib/clock";
import { DomainError, notFound } from "../../lib/errors";
import { log, reasonOf } from "../../lib/log";
import { jobs } from "../jobs/table";
import { users } from "../users/table";
import { presentFile } from "./drafts";
import type { HeldInput } from "./hold";
import type { HeldApplication, HeldDetail, HeldPage, HeldQuery } from "./schema";
import { heldApplications, type KeptFile } from "./table";

const HELD = {
  id: heldApplications.id,
  jobId: heldApplications.jobId,
  jobTitle: jobs.title,
  status: heldApplications.status,
  name: heldApplications.name,
  email: heldApplications.email,
  input: heldApplications.input,
  files: heldApplications.files,
  reasons: heldApplications.reasons,
  applicationId: heldApplications.applicationId,
  decidedBy: heldApplications.decidedBy,
  decidedByName: sql<string | null>`trim(${users.firstName} || ' ' || ${users.lastName})`,
  decidedAt: heldApplications.decidedAt,
  createdAt: heldApplications.createdAt,
};

/** Held applications with their job and whoever decided. */
export function selectHeld(ctx: Ctx, where: ReturnType<typeof and>, limit: number) {
  return ctx.db.select(HELD, heldApplications, {
    where,
    orderBy: desc(heldApplications.id),
    limit,
    join: [
      { table: jobs, on: eq(jobs.id, heldApplications.jobId), left: true },
      { table: users, on: eq(users.id, heldApplications.decidedBy), left: true },
    ],
  });
}
export type HeldRow = RowOf<typeof selectHeld>;

export const inputOf = (row: Pick<HeldRow, "input">) => row.input as unknown as HeldInput;

/** A held application as the team sees it. */
export function presentHeld(row: HeldRow): HeldApplication {
  return {
    id: row.id,
    jobId: row.jobId,
    jobTitle: row.jobTitle ?? "",
    status: row.status,
    name: row.name,
    email: row.email,
    reasons: row.reasons,
    source: inputOf(row).source,
    files: row.files.map(presentFile),
    applicationId: row.applicationId,
    decidedBy: row.decidedBy,
    decidedByName: row.decidedByName,
    decidedAt: isoOrNull(row.decidedAt),
    createdAt: iso(row.createdAt),
  };
}

/** Where counting stops: more than anybody looks through at once. */
const MOST_COUNTED = 100;

/** Held applications, the newest first. */
export async function listHeld(ctx: Ctx, query: z.infer<typeof HeldQuery>): Promise<HeldPage> {
  const { limit, cursor, ...filters } = query;
  const scope = { list: "held", orgId: ctx.orgId, filters };
  const after = await readCursor(ctx.env, scope, cursor);
  const where = and(
    eq(heldApplications.status, filters.status),
    filters.jobId ? eq(heldApplications.jobId, filters.jobId) : undefined,
    after ? lt(heldApplications.id, after[0] as string) : undefined,
  );
  const [rows, waiting] = await ctx.db.read(
    selectHeld(ctx, where, limit + 1),
    ctx.db.sql<{ count: number }>(sql`select count(*) as count from (select 1 from ${heldApplications}
      where org_id = ${ctx.orgId} and status = 'waiting' limit ${MOST_COUNTED})`),
  );
  const shown = await page(ctx.env, scope, rows, limit, (row) => [row.id], presentHeld);
  return { ...shown, waiting: waiting[0]?.count ?? 0 };
}

/** @throws DomainError `not-found` */
export async function loadHeld(ctx: Ctx, id: string): Promise<HeldRow> {
  const [rows] = await ctx.db.read(selectHeld(ctx, eq(heldApplications.id, id), 1));
  if (!rows[0]) throw notFound("held application");
  return rows[0];
}

/** A held application with all that was sent. */
export function presentHeldDetail(row: HeldRow): HeldDetail {
  const { candidateData, formVersion, formAnswers } = inputOf(row);
  return { ...presentHeld(row), candidateData, formVersion, formAnswers };
}

/** The file that a held application has for a field. @throws DomainError `not-found`, `unavailable` */
export async function heldFile(
  ctx: Ctx,
  id: string,
  field: string,
): Promise<{ file: KeptFile; object: R2ObjectBody }> {
  const file = (await loadHeld(ctx, id)).files.find((one) => one.field === field);
  if (!file) throw notFound("file");
  const object = await ctx.env.FILES.get(file.r2Key).catch((error: unknown) => {
    log("error", "r2.failed", { reason: reasonOf(error) });
    throw new DomainError("unavailable", "The file store can't be reached. Try again in a moment.", {
      retryAfterSeconds: 5,
    });
  });
  if (!object) throw notFound("file");
  return { file, object };
}
