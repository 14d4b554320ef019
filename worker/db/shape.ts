import { Column, is, type SQL, sql } from "drizzle-orm";
import { type SelectedFields, SQLiteAsyncDialect, type SQLiteColumn } from "drizzle-orm/sqlite-core";

const dialect = new SQLiteAsyncDialect();

type Row = Record<string, unknown>;

/** What a select asks for, and how D1's row becomes ours. */
export interface Shape {
  /** Each field under its own name: D1 answers objects, in which two columns of one name would be one. */
  columns: SQL;
  /** Decodes what is stored as something else than it is, in place. */
  read(row: Row): Row;
}

/** The sets of fields are mostly constants, so each is worked out once. */
const known = new WeakMap<object, Shape>();

/**
 * The shape of a set of fields. Drizzle's own mapper asks of each cell of each row what it is, which took
 * most of the time of a board.
 */
export function shapeOf(fields: SelectedFields): Shape {
  const found = known.get(fields);
  if (found) return found;
  const entries = Object.entries(fields as Record<string, SQLiteColumn | SQL>);
  const list = sql.join(
    entries.map(([key, field]) => sql`${field} as ${sql.identifier(key)}`),
    sql`, `,
  );
  const { sql: text, params } = dialect.sqlToQuery(list);
  const decoded = entries.flatMap(([key, field]) =>
    is(field, Column) && field.mapFromDriverValue !== Column.prototype.mapFromDriverValue
      ? [{ key, field }]
      : [],
  );
  const shape: Shape = {
    columns: params.length === 0 ? sql.raw(text) : list,
    read: (row) => {
      for (const { key, field } of decoded)
        if (row[key] !== null) row[key] = field.mapFromDriverValue(row[key]);
      return row;
    },
  };
  known.set(fields, shape);
  return shape;
}
