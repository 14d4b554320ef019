import { and, eq, getTableColumns, is, SQL, sql } from "drizzle-orm";
import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { SelectResultFields } from "drizzle-orm/query-builders/select.types";
import {
  type SelectedFields,
  SQLiteAsyncDialect,
  type SQLiteColumn,
  type SQLiteTable,
} from "drizzle-orm/sqlite-core";
import { organizations } from "../features/organizations/table";
import { DomainError, unavailable } from "../lib/errors";
import { log, reasonOf } from "../lib/log";
import { type Meter, metered, newMeter } from "./meter";
import { type Shape, shapeOf } from "./shape";

declare const ROWS: unique symbol;
export type Statement = BatchItem<"sqlite">;
/** A statement that is not yet run, and the type of the rows it will give. */
export type Query<Rows> = Statement & { readonly [ROWS]?: Rows };
/** One row of a query, or of the function that makes it. */
export type RowOf<Q> = Q extends (...args: never[]) => infer R
  ? RowOf<R>
  : Q extends { readonly [ROWS]?: (infer Row)[] }
    ? Row
    : never;
type Results<T extends readonly Statement[]> = {
  -readonly [K in keyof T]: T[K] extends { readonly [ROWS]?: infer Rows }
    ? Exclude<Rows, undefined>
    : unknown;
};
const dialect = new SQLiteAsyncDialect();
/** A table that belongs to organizations: all but a few. */
export type OrgTable = SQLiteTable & { orgId: SQLiteColumn; $inferInsert: { orgId: string } };
type Values<T extends OrgTable> = Omit<T["$inferInsert"], "orgId">;

interface Find {
  where?: SQL | undefined;
  orderBy?: SQL | SQLiteColumn | (SQL | SQLiteColumn)[];
  limit?: number;
  /** Keeps SQLite on an index of the keys that `where` names, off one that only begins with the organization. */
  byKey?: boolean;
  /** Tables joined to the first; every row of theirs belongs to the same organization. */
  join?: { table: OrgTable; on: SQL; left?: boolean }[];
}

/** A name that two rows of a unique index would share, as SQLite reports it: `users.org_id, users.email`. */
export function uniqueViolation(error: unknown): string | null {
  return brokenRule(error, "UNIQUE");
}

/** A column that a statement would leave empty, as SQLite reports it: `jobs.client_id`. */
export function emptyViolation(error: unknown): string | null {
  return brokenRule(error, "NOT NULL");
}

function brokenRule(error: unknown, rule: "UNIQUE" | "NOT NULL"): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const match = /(UNIQUE|NOT NULL) constraint failed: ([^:]+)/.exec(cause.message);
    if (match?.[1] === rule) return match[2]?.trim() ?? "";
  }
  return null;
}

/**
 * The same fields, each under its own name in the result. A batch answers rows as objects, in which two
 * joined columns of one name would be one.
 */
export function named<F extends SelectedFields>(fields: F): F {
  const pairs = Object.entries(fields as Record<string, SQLiteColumn | SQL>).map(([key, field]) => [
    key,
    is(field, SQL) ? field.as(key) : sql`${field}`.mapWith(field).as(key),
  ]);
  return Object.fromEntries(pairs) as F;
}

/**
 * One organization's view of the database. Every statement made here carries the organization in its
 * WHERE or its values, so a query without it can't be written by accident; nothing runs before `read`
 * or `write` takes it, each in one round trip and one transaction.
 */
export class OrgDatabase {
  private readonly orm: DrizzleD1Database;

  constructor(
    readonly orgId: string,
    private readonly d1: D1Database,
    readonly meter: Meter = newMeter(),
  ) {
    this.orm = drizzle(metered(d1, meter));
  }

  /** Rows of `table` with the given columns. */
  select<F extends SelectedFields>(fields: F, table: OrgTable, find: Find = {}) {
    const shape = shapeOf(fields);
    const parts: SQL[] = [sql`select ${shape.columns} from ${table}`];
    for (const { table: other, on, left } of find.join ?? []) {
      // The unary plus keeps SQLite on the index of what is joined by, off one that only begins with the organization.
      const own = sql`+${other.orgId} = ${this.orgId}`;
      parts.push(sql`${sql.raw(left ? "left join" : "join")} ${other} on ${and(on, own)}`);
    }
    const own = find.byKey ? sql`+${table.orgId} = ${this.orgId}` : eq(table.orgId, this.orgId);
    parts.push(sql`where ${and(own, find.where)}`);
    if (find.orderBy) {
      parts.push(
        sql`order by ${sql.join(Array.isArray(find.orderBy) ? find.orderBy : [find.orderBy], sql`, `)}`,
      );
    }
    if (find.limit !== undefined) parts.push(sql`limit ${find.limit}`);
    return prepared<SelectResultFields<F>>(this.d1, sql.join(parts, sql` `), shape);
  }

  /** Whole rows of `table`. */
  rows<T extends OrgTable>(table: T, find: Omit<Find, "join"> = {}) {
    return this.select(getTableColumns(table), table, find) as unknown as Query<T["$inferSelect"][]>;
  }

  /** The organization itself. */
  organization() {
    // By its primary key: there is no index on this table's `org_id`, which is the same.
    return this.rows(organizations, { where: eq(organizations.id, this.orgId), limit: 1 });
  }

  insert<T extends OrgTable>(table: T, values: Values<T> | Values<T>[]) {
    const rows = (Array.isArray(values) ? values : [values]).map((row) => ({ ...row, orgId: this.orgId }));
    return this.orm.insert(table as SQLiteTable).values(rows);
  }

  update<T extends OrgTable>(
    table: T,
    set: { [K in keyof Values<T>]?: Values<T>[K] | SQL },
    where: SQL | undefined,
  ) {
    return this.orm
      .update(table as SQLiteTable)
      .set(set as Record<string, unknown>)
      .where(and(eq(table.orgId, this.orgId), where));
  }

  delete<T extends OrgTable>(table: T, where: SQL | undefined) {
    return this.orm.delete(table as SQLiteTable).where(and(eq(table.orgId, this.orgId), where));
  }

  /**
   * A statement in SQL, for what the builders can't say (a row selected from a won row, the text
   * index). The template must name the organization through `db.orgId`.
   */
  sql<T = unknown>(statement: SQL): Query<T[]> {
    return prepared<T>(this.d1, statement);
  }

  /**
   * The same query for each of some values. Its text is worked out once, which takes as long as to run it:
   * a board asks the same of each of its stages.
   * @param build makes the query with a stand-in where the value goes, as a bound value of its own
   */
  each<Rows, V extends string | number>(values: V[], build: (value: SQL) => Query<Rows>): Query<Rows>[] {
    const first = build(sql`${STAND_IN}`) as unknown as Prepared;
    const { text, params, shape } = first[PARTS];
    return values.map((value) =>
      fromParts<Rows>(this.d1, {
        text,
        params: params.map((param) => (param === STAND_IN ? value : param)),
        shape,
      }),
    );
  }

  /** Runs the queries in one round trip and answers their rows in order. */
  async read<T extends readonly Statement[]>(...queries: T): Promise<Results<T>> {
    return (await this.write([...queries])) as Results<T>;
  }

  /** Runs the statements in one transaction; all hold or none does. */
  async write(statements: Statement[]): Promise<unknown[]> {
    return await run(() => this.orm.batch(statements as [Statement, ...Statement[]]) as Promise<unknown[]>);
  }
}

/**
 * A statement for a batch, prepared by hand: there Drizzle's raw statements lose their values, and its
 * queries are slow to read.
 */
function prepared<T>(d1: D1Database, statement: SQL, shape?: Shape): Query<T[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return fromParts(d1, { text, params, shape });
}

/** What a statement is made of once it is worked out. */
interface Parts {
  text: string;
  params: unknown[];
  shape: Shape | undefined;
}
const PARTS = Symbol("parts");
interface Prepared {
  [PARTS]: Parts;
}
/** Stands in a query for a value that differs; no real value is the same. */
const STAND_IN = Symbol("stand-in");

function fromParts<Rows>(d1: D1Database, parts: Parts): Query<Rows> {
  const { text, params, shape } = parts;
  const query = {
    getQuery: () => ({ sql: text, params }),
    stmt: d1.prepare(text),
    mapResult: ({ results }: D1Result<Record<string, unknown>>) =>
      shape ? results.map(shape.read) : results,
  };
  return { [PARTS]: parts, _prepare: () => query } as unknown as Query<Rows>;
}

/** Broken rules of a table are for the verb to explain; whatever else D1 throws is an outage to the caller. */
async function run<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError || uniqueViolation(error) !== null || emptyViolation(error) !== null)
      throw error;
    log("error", "d1.failed", { reason: reasonOf(error) });
    throw unavailable();
  }
}

/**
 * The database of an organization. Today all live in one D1; this function alone would know of more.
 */
export function database(env: { DB: D1Database }, orgId: string, meter?: Meter): OrgDatabase {
  return new OrgDatabase(orgId, env.DB, meter);
}

/** The few questions that come before an organization is known: who logs in, whose link is this. */
export function directory(env: { DB: D1Database }, meter: Meter = newMeter()) {
  const orm = drizzle(metered(env.DB, meter));
  return {
    orm,
    read: async <U extends Statement, T extends Readonly<[U, ...U[]]>>(
      ...queries: T
    ): Promise<BatchResponse<T>> => run(() => orm.batch(queries)),
    write: async (statements: Statement[]): Promise<unknown[]> =>
      run(() => orm.batch(statements as [Statement, ...Statement[]]) as Promise<unknown[]>),
  };
}
