import { and, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { type RowOf, type Statement, uniqueViolation } from "../../db/database";
import { indexFound, timedSearchKeys } from "../../db/search";
import { commit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { fileIntents } from "../documents/table";
import { applications } from "../pipelines/table";
import { users } from "../users/table";
import type { CandidateRow } from "./candidates";
import { createdEvent } from "./create";
import type { ImportTable } from "./import-file";
import {
  addressesOf,
  type Outcome,
  type Person,
  type Plan,
  planRows,
  type Rows,
  readRows,
} from "./import-plan";
import { type Mapping, sizeOf } from "./import-rows";
import { candidates, importErrors, imports } from "./table";
import { updatedEvents } from "./update";

export type ImportRow = typeof imports.$inferSelect;

/** Rows of one commit, and the characters of text that it may bind: D1 takes 2 MB a statement. */
const CHUNK_ROWS = 200;
const CHUNK_SIZE = 300_000;
/** Longer than a chunk takes: whoever died with one is followed by the sweep after this. */
export const IMPORT_LEASE_MS = 60_000;
/** Tries of a chunk of whose people somebody else makes some at the same moment. */
const TRIES = 3;

const listed = (values: string[]) => sql`(select value from json_each(${JSON.stringify(values)}))`;

/** How many rows from `before` on stand in the next commit. */
function countFrom(table: ImportTable, before: number): number {
  let size = 0;
  let count = 0;
  for (const row of table.rows.slice(before, before + CHUNK_ROWS)) {
    size += sizeOf(row);
    if (count > 0 && size > CHUNK_SIZE) break;
    count += 1;
  }
  return count;
}

/** Applications whose cards carry the names of people with these addresses. */
function selectCards(ctx: Ctx, addresses: string[]) {
  return ctx.db.select(
    {
      applicationId: applications.id,
      candidateId: applications.candidateId,
      jobId: applications.jobId,
      pipelineId: applications.pipelineId,
      archived: applications.archived,
      sharedWithClient: applications.sharedWithClient,
    },
    applications,
    {
      where: sql`${applications.candidateId} in (select id from ${candidates}
        where org_id = ${ctx.orgId} and email in ${listed(addresses)})`,
    },
  );
}
type Card = RowOf<typeof selectCards>;

/** People by their address, and their cards. */
export async function knownBy(ctx: Ctx, addresses: string[]) {
  const [rows, cards] = await ctx.db.read(
    ctx.db.rows(candidates, { where: sql`${candidates.email} in ${listed(addresses)}` }),
    selectCards(ctx, addresses),
  );
  return { known: new Map(rows.map((row) => [row.email, row])), cards };
}

/**
 * Takes in the next rows of an import: people, events, failures and how far it has come in one commit, so
 * that nothing is lost or done twice wherever it is interrupted.
 *
 * @param result makes the verb's result of what became of the rows; with the last ones a keyed answer is
 * written
 * @throws LostRace where somebody else has taken these rows
 */
export async function importChunk<R>(
  ctx: Ctx,
  old: ImportRow,
  table: ImportTable,
  result: (next: ImportRow, outcomes: Outcome[]) => R,
): Promise<{ next: ImportRow; outcomes: Outcome[]; result: R }> {
  const rows = readRows(table, old.mapping as Mapping, old.nextRow, countFrom(table, old.nextRow));
  for (let tries = 1; ; tries++) {
    const { known, cards } = await knownBy(ctx, addressesOf(rows));
    const plan = planRows(ctx, rows, known);
    const next = advanced(ctx, old, rows, plan);
    try {
      const done = await commit(next.status === "done" ? ctx : { ...ctx, answer: undefined }, {
        id: next.changeId ?? "",
        won: { table: imports, id: old.id },
        ...written(ctx, old, next, plan, cards),
        audit: [
          {
            action: "CANDIDATE_IMPORT",
            entity: { type: "import", id: old.id },
            metadata: {
              rows: [old.nextRow + 1, next.nextRow],
              created: plan.created,
              updated: plan.updated,
              failed: plan.failures.length,
            },
          },
        ],
        result: result(next, plan.outcomes),
      });
      return { next, outcomes: plan.outcomes, result: done };
    } catch (error) {
      if (tries === TRIES || uniqueViolation(error) === null) throw error;
    }
  }
}

/** The import after these rows. */
function advanced(ctx: Ctx, old: ImportRow, rows: Rows, plan: Plan): ImportRow {
  const at = ctx.now();
  const nextRow = old.nextRow + rows.read.length;
  const done = nextRow >= old.total;
  return {
    ...old,
    nextRow,
    created: old.created + plan.created,
    updated: old.updated + plan.updated,
    failed: old.failed + plan.failures.length,
    status: done ? "done" : "running",
    finishedAt: done ? at : null,
    leaseUntil: done ? 0 : at + IMPORT_LEASE_MS,
    changeId: newId("chg", at),
  };
}

function written(
  ctx: Ctx,
  old: ImportRow,
  next: ImportRow,
  plan: Plan,
  cards: Card[],
): { writes: Statement[]; events: NewEvent[] } {
  const at = ctx.now();
  const won = sql`exists (select 1 from ${imports}
    where org_id = ${ctx.orgId} and id = ${old.id} and change_id = ${next.changeId})`;
  const keys = timedSearchKeys(at, plan.created);
  const fresh = plan.people
    .filter((person) => person.isNew)
    .map(({ row }, i) => ({ ...row, searchKey: keys[i] ?? row.searchKey }));
  const changed = plan.people.filter((person) => !person.isNew && person.changed.size > 0);
  const { id: _id, orgId: _org, ...progress } = next;
  const renamed = changed.filter(({ changed: fields }) => fields.has("firstName") || fields.has("lastName"));
  const cardsOf = Map.groupBy(cards, (card) => card.candidateId ?? "");
  return {
    writes: [
      ctx.db.update(
        imports,
        progress,
        and(eq(imports.id, old.id), eq(imports.nextRow, old.nextRow), eq(imports.status, "running")),
      ),
      ...(fresh.length > 0 ? [insertAll(ctx, fresh, won)] : []),
      ...(changed.length > 0 ? [changeAll(ctx, changed, won)] : []),
      ...(fresh.length + changed.length > 0
        ? indexAll(ctx, [...fresh, ...changed.map(({ row }) => row)], won)
        : []),
      ...(renamed.length > 0 ? [nameCards(ctx, renamed, won)] : []),
      ...nameLogins(ctx, changed, won),
      ...(plan.failures.length > 0 ? [noteFailures(ctx, old.id, plan, won)] : []),
      // The intent outlives a failure of the deletion that follows the last rows.
      ...(next.status === "done"
        ? [
            ctx.db.sql(sql`insert into ${fileIntents} (r2_key, org_id, created_at)
              select ${old.r2Key}, ${ctx.orgId}, ${at} where ${won} on conflict do nothing`),
          ]
        : []),
    ],
    events: [
      ...fresh.map((row) => createdEvent(row, { importId: old.id })),
      ...changed.flatMap(({ row, changed: fields }) =>
        updatedEvents(
          row,
          [...fields],
          renamed.some((one) => one.row.id === row.id) ? (cardsOf.get(row.id) ?? []) : [],
        ),
      ),
    ],
  };
}

const COLUMNS = Object.entries(getTableColumns(candidates));
/** A value as its column stores it; an array inside JSON would come out as JSON again, quoted or not. */
const stored = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : (value ?? null));
const nth = (i: number) => sql.raw(`json_extract(item.value, '$[${i}]')`);

function insertAll(ctx: Ctx, rows: CandidateRow[], won: SQL): Statement {
  const values = rows.map((row) => COLUMNS.map(([key]) => stored(row[key as keyof CandidateRow])));
  const names = sql.raw(COLUMNS.map(([, column]) => column.name).join(", "));
  return ctx.db.sql(sql`insert into ${candidates} (${names})
    select ${sql.join(
      COLUMNS.map((_, i) => nth(i)),
      sql`, `,
    )} from json_each(${JSON.stringify(values)}) item where ${won}`);
}

/** Columns that a row of a file can set of somebody who is known. */
const SETTABLE = [
  "firstName",
  "lastName",
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

/** Sets what the file says and leaves the rest, which somebody may change at the same moment. */
function changeAll(ctx: Ctx, people: Person[], won: SQL): Statement {
  const values = people.map(({ row, changed }) => [
    row.id,
    ...SETTABLE.map((field) => (changed.has(field) ? stored(row[field]) : null)),
  ]);
  const sets = SETTABLE.map((field, i) => {
    const name = sql.raw(candidates[field].name);
    return sql`${name} = coalesce(${nth(i + 1)}, candidates.${name})`;
  });
  return ctx.db.sql(sql`update ${candidates} set ${sql.join(sets, sql`, `)},
      version = version + 1, updated_at = ${ctx.now()}
    from json_each(${JSON.stringify(values)}) item
    where candidates.org_id = ${ctx.orgId} and candidates.id = ${nth(0)} and ${won}`);
}

function indexAll(ctx: Ctx, rows: CandidateRow[], won: SQL): Statement[] {
  const words = (column: string) =>
    sql.raw(`coalesce((select group_concat(value, ' ') from json_each(${column})), '')`);
  const found = sql`select search_key as key, first_name || ' ' || last_name || ' ' || email || ' '
      || coalesce(phone, '') || ' ' || ${words("skills")} || ' ' || ${words("tags")} as text
    from ${candidates} where org_id = ${ctx.orgId} and id in ${listed(rows.map((row) => row.id))}`;
  return indexFound(ctx.orgId, found, "candidate", won).map((statement) => ctx.db.sql(statement));
}

const idsOf = (people: Person[]) => listed(people.map(({ row }) => row.id));

function nameCards(ctx: Ctx, people: Person[], won: SQL): Statement {
  return ctx.db.sql(sql`update ${applications} set name = (select trim(c.first_name || ' ' || c.last_name)
      from ${candidates} c where c.id = applications.candidate_id)
    where org_id = ${ctx.orgId} and candidate_id in ${idsOf(people)} and ${won}`);
}

/** The logins of people show the same name and number. */
function nameLogins(ctx: Ctx, people: Person[], won: SQL): Statement[] {
  const own = people.filter(({ row }) => row.userId !== null);
  if (own.length === 0) return [];
  return [
    ctx.db.sql(sql`update ${users} set first_name = c.first_name, last_name = c.last_name, phone = c.phone,
        updated_at = ${ctx.now()}
      from ${candidates} c
      where c.org_id = ${ctx.orgId} and c.id in ${idsOf(own)} and users.org_id = ${ctx.orgId}
        and users.id = c.user_id and ${won}`),
  ];
}

function noteFailures(ctx: Ctx, importId: string, plan: Plan, won: SQL): Statement {
  const rows = plan.failures.map(({ row, errors, values }) => [
    row,
    JSON.stringify(errors),
    JSON.stringify(values),
  ]);
  return ctx.db.sql(sql`insert into ${importErrors} (org_id, import_id, row_number, errors, raw_values)
    select ${ctx.orgId}, ${importId}, ${nth(0)}, ${nth(1)}, ${nth(2)}
    from json_each(${JSON.stringify(rows)}) item where ${won}`);
}
