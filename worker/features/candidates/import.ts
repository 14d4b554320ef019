import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Env } from "../../env";
import { commit, LostRace } from "../../events/commit";
import { type Ctx, systemCtx, userOf } from "../../events/context";
import { clock } from "../../lib/clock";
import { DomainError, notFound } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { log, reasonOf } from "../../lib/log";
import { fileIntents } from "../documents/table";
import { actorOf } from "../sessions/sessions";
import { users } from "../users/table";
import type { CandidateRow } from "./candidates";
import { IMPORT_LEASE_MS, type ImportRow, importChunk, knownBy } from "./import-chunk";
import { type ImportTable, readTable } from "./import-file";
import { addressesOf, type Outcome, planRows, readRows } from "./import-plan";
import { type Mapping, mapColumns } from "./import-rows";
import type { ImportReport } from "./schema";
import { importErrors, imports } from "./table";
import { IMPORT_AT_ONCE } from "./words";

export interface ImportUpload {
  bytes: Uint8Array;
  fileName: string;
  /** Columns with the field that each goes to; null leaves a column out. */
  mapping: Record<string, string | null> | undefined;
  dryRun: boolean;
}
/** A report where one could wait for it, else the import that goes on. */
export type Started = { report: ImportReport } | { importId: string };

/** Rows that a report lists. */
const MOST_LISTED = 1000;

function reportOf(
  row: Pick<ImportRow, "status" | "total" | "created" | "updated" | "failed" | "encoding" | "mapping">,
  importId: string | null,
  outcomes: Outcome[],
): ImportReport {
  const { status, total, created, updated, failed, encoding, mapping } = row;
  const listed = total > IMPORT_AT_ONCE ? outcomes.filter((one) => !one.ok) : outcomes;
  return {
    importId,
    status,
    dryRun: importId === null,
    total,
    created,
    updated,
    failed,
    encoding,
    mapping,
    rows: listed.slice(0, MOST_LISTED),
  };
}

/**
 * Takes in a file of people. Up to a thousand rows are done when it answers; more go on in the background.
 * @throws DomainError `invalid` for a file or a mapping that can't be used; nothing is written then
 */
export async function startImport(ctx: Ctx, upload: ImportUpload): Promise<Started> {
  const table = readTable(upload.bytes, upload.fileName);
  const mapping = mapColumns(table.columns, upload.mapping);
  if (upload.dryRun) return { report: await rehearse(ctx, table, mapping) };
  const at = ctx.now();
  const id = newId("imp", at);
  const atOnce = table.rows.length <= IMPORT_AT_ONCE;
  const row: ImportRow = {
    id,
    orgId: ctx.orgId,
    status: "running",
    fileName: upload.fileName.slice(0, 200),
    r2Key: `${ctx.orgId}/imports/${id}`,
    encoding: table.encoding,
    mapping,
    total: table.rows.length,
    nextRow: 0,
    created: 0,
    updated: 0,
    failed: 0,
    createdBy: userOf(ctx).id,
    leaseUntil: atOnce ? at + IMPORT_LEASE_MS : 0,
    changeId: null,
    createdAt: at,
    finishedAt: null,
  };
  await ctx.db.write([ctx.db.insert(fileIntents, { r2Key: row.r2Key, createdAt: at })]);
  await store(ctx, row.r2Key, table);
  await commit(atOnce ? { ...ctx, answer: undefined } : ctx, {
    id: newId("chg", at),
    writes: [ctx.db.insert(imports, row), ctx.db.delete(fileIntents, eq(fileIntents.r2Key, row.r2Key))],
    audit: [{ action: "CANDIDATE_IMPORT", entity: { type: "import", id }, metadata: { total: row.total } }],
    result: { importId: id } satisfies Started,
  });
  if (!atOnce) {
    ctx.after(wake(ctx, id));
    return { importId: id };
  }
  try {
    return await finish(ctx, row, table);
  } catch (error) {
    // The sweep has taken it over: it will be done, and the report says how far it is.
    if (!(error instanceof LostRace)) throw error;
    return { report: await getImport(ctx, id) };
  }
}

async function store(ctx: Ctx, r2Key: string, table: ImportTable): Promise<void> {
  try {
    await ctx.env.FILES.put(r2Key, JSON.stringify(table));
  } catch (error) {
    log("error", "r2.failed", { reason: reasonOf(error) });
    throw new DomainError("unavailable", "The file could not be stored. Try again in a moment.", {
      retryAfterSeconds: 5,
    });
  }
}

/** All rows while the caller waits. */
async function finish(ctx: Ctx, start: ImportRow, table: ImportTable): Promise<Started> {
  const all: Outcome[] = [];
  for (let row = start; ; ) {
    const { next, outcomes, result } = await importChunk(ctx, row, table, (then, some) => ({
      report: reportOf(then, then.id, [...all, ...some]),
    }));
    all.push(...outcomes);
    row = next;
    if (row.status === "done") {
      ctx.after(dropFile(ctx, row.r2Key));
      return result;
    }
  }
}

/** Rows that a dry run looks up at once. */
const LOOK_UP = 2000;

/** What an import would do, without doing it. */
async function rehearse(ctx: Ctx, table: ImportTable, mapping: Mapping): Promise<ImportReport> {
  const outcomes: Outcome[] = [];
  const sum = { created: 0, updated: 0, failed: 0 };
  const met = new Map<string, CandidateRow>();
  for (let before = 0; before < table.rows.length; before += LOOK_UP) {
    const rows = readRows(table, mapping, before, LOOK_UP);
    const { known } = await knownBy(ctx, addressesOf(rows));
    // People that rows before these would have made are known by then.
    for (const [email, row] of met) known.set(email, row);
    const plan = planRows(ctx, rows, known);
    for (const { row } of plan.people) met.set(row.email, row);
    sum.created += plan.created;
    sum.updated += plan.updated;
    sum.failed += plan.failures.length;
    // Nobody was made, so there is no id to show yet.
    outcomes.push(...plan.outcomes.map(({ id: _, ...rest }) => rest));
  }
  const { encoding } = table;
  return reportOf({ status: "done", total: table.rows.length, ...sum, encoding, mapping }, null, outcomes);
}

/** How far an import is, with the rows that could not be taken. @throws DomainError `not-found` */
export async function getImport(ctx: Ctx, id: string): Promise<ImportReport> {
  const [rows, failures] = await ctx.db.read(
    ctx.db.rows(imports, { where: eq(imports.id, id) }),
    selectFailures(ctx, id, 0, MOST_LISTED),
  );
  if (!rows[0]) throw notFound("import");
  return reportOf(
    rows[0],
    id,
    failures.map(({ row, errors }) => ({ row, ok: false, errors })),
  );
}

/** Rows of an import that could not be taken, in the order of the file. */
export function selectFailures(ctx: Ctx, importId: string, after: number, limit: number) {
  return ctx.db.rows(importErrors, {
    where: and(eq(importErrors.importId, importId), gt(importErrors.row, after)),
    orderBy: asc(importErrors.row),
    limit,
  });
}

/** Milliseconds that one wake-up works before it hands on, so that it holds up nothing else for long. */
const STINT_MS = 5000;
/** After this an import that can't be finished is given up. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000;

/**
 * Goes on with an import if nobody else is at it: claiming is one guarded update. What this stint leaves is
 * woken again.
 */
export async function runImport(base: Ctx, importId: string): Promise<void> {
  const now = base.now();
  const [claimed] = (await base.db.write([
    base.db
      .update(
        imports,
        { leaseUntil: now + IMPORT_LEASE_MS },
        and(eq(imports.id, importId), eq(imports.status, "running"), lte(imports.leaseUntil, now)),
      )
      .returning(),
  ])) as [ImportRow[]];
  let row = claimed[0];
  if (!row) return;
  const [table, people] = await Promise.all([
    readStored(base, row),
    base.db.read(base.db.rows(users, { where: eq(users.id, row.createdBy) })),
  ]);
  if (table === null || now > row.createdAt + GIVE_UP_MS) {
    log("error", "import.given_up", { id: importId });
    const end = { status: "failed" as const, finishedAt: now, leaseUntil: 0 };
    await base.db.write([base.db.update(imports, end, eq(imports.id, importId))]);
    return;
  }
  // Whoever sent the file did all this.
  const [creator] = people[0];
  const ctx: Ctx = creator ? { ...base, actor: actorOf(creator) } : base;
  const until = Date.now() + STINT_MS;
  try {
    while (row.status === "running" && Date.now() < until) {
      row = (await importChunk(ctx, row, table, () => null)).next;
    }
  } catch (error) {
    if (error instanceof LostRace) return;
    throw error;
  }
  if (row.status === "done") {
    await dropFile(ctx, row.r2Key);
    return;
  }
  const free = and(eq(imports.id, importId), eq(imports.nextRow, row.nextRow));
  await ctx.db.write([ctx.db.update(imports, { leaseUntil: 0 }, free)]);
  await wake(ctx, importId);
}

async function readStored(ctx: Ctx, row: ImportRow): Promise<ImportTable | null> {
  const object = await ctx.env.FILES.get(row.r2Key);
  return object === null ? null : await object.json<ImportTable>();
}

/** Wakes the work; a lost nudge is found by the sweep. */
async function wake(ctx: Ctx, importId: string): Promise<void> {
  try {
    await ctx.env.EVENTS_QUEUE.send({ orgId: ctx.orgId, importId });
  } catch (error) {
    log("warn", "nudge.queue_refused", { reason: reasonOf(error) });
  }
}

/** The file goes when its people are in; if this fails the janitor has its intent. */
async function dropFile(ctx: Ctx, r2Key: string): Promise<void> {
  try {
    await ctx.env.FILES.delete(r2Key);
    await ctx.db.write([ctx.db.delete(fileIntents, eq(fileIntents.r2Key, r2Key))]);
  } catch (error) {
    log("warn", "r2.failed", { reason: reasonOf(error) });
  }
}

/** Imports of a sweep. */
const SWEPT = 10;

/** Goes on with every import that nobody is at. @returns how many there were */
export async function sweepImports(env: Env, after: (work: Promise<unknown>) => void): Promise<number> {
  const index = directory(env);
  const [rows] = await index.read(
    index.orm
      .select({ id: imports.id, orgId: imports.orgId })
      .from(imports)
      .where(and(sql`status = 'running'`, lte(imports.leaseUntil, clock.now())))
      .limit(SWEPT),
  );
  for (const row of rows) await runImport(systemCtx(env, row.orgId, after), row.id);
  return rows.length;
}
