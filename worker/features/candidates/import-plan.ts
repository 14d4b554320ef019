import type { Ctx } from "../../events/context";
import type { FieldError } from "../../lib/errors";
import { splitName } from "../../lib/names";
import type { CandidateRow } from "./candidates";
import { newCandidateRow } from "./create";
import type { Cell, ImportTable } from "./import-file";
import { asText, type Mapping, missingName, type ReadRow, type RowValues, readRow } from "./import-rows";

/** What became of a row of a file; rows count from 1. */
export interface Outcome {
  row: number;
  ok: boolean;
  id?: string;
  errors?: FieldError[];
}

/** Somebody of whom rows speak: new, or known with what changes. */
export interface Person {
  row: CandidateRow;
  isNew: boolean;
  changed: Set<keyof CandidateRow>;
}

export interface Plan {
  people: Person[];
  outcomes: Outcome[];
  failures: { row: number; errors: FieldError[]; values: Record<string, string> }[];
  created: number;
  updated: number;
}

export interface Rows {
  table: Pick<ImportTable, "columns">;
  mapping: Mapping;
  cells: Cell[][];
  read: ReadRow[];
  /** How many rows of the file come before these. */
  before: number;
}

/** Reads some rows of a file. */
export function readRows(table: ImportTable, mapping: Mapping, before: number, count: number): Rows {
  const cells = table.rows.slice(before, before + count);
  return { table, mapping, cells, read: cells.map((row) => readRow(table, mapping, row)), before };
}

/** The addresses that rows speak of, each once. */
export function addressesOf(rows: Pick<Rows, "read">): string[] {
  return [...new Set(rows.read.flatMap((row) => (row.ok ? [row.values.email] : [])))];
}

/** The columns that a row sets; a name in one word leaves the last name as it is. */
function fieldsOf({ name, email: _, ...values }: RowValues): Partial<CandidateRow> {
  const split = name === undefined || values.firstName !== undefined ? {} : splitName(name);
  const fields = { ...split, ...values } as Partial<CandidateRow>;
  if (fields.lastName === "") delete fields.lastName;
  return fields;
}

/**
 * Decides what each row does: somebody new is created, somebody known is changed by the cells that hold
 * something. Of two rows with one address the later one changes what the earlier one made.
 *
 * @param known people by their address
 */
export function planRows(ctx: Ctx, rows: Rows, known: Map<string, CandidateRow>): Plan {
  const people = new Map<string, Person>();
  const plan: Plan = { people: [], outcomes: [], failures: [], created: 0, updated: 0 };
  for (const [i, read] of rows.read.entries()) {
    const row = rows.before + i + 1;
    const refuse = (errors: FieldError[]) => {
      plan.failures.push({ row, errors, values: asText(rows.table, rows.cells[i] ?? []) });
      plan.outcomes.push({ row, ok: false, errors });
    };
    if (!read.ok) {
      refuse(read.errors);
      continue;
    }
    const { email } = read.values;
    const fields = fieldsOf(read.values);
    const old = known.get(email);
    const person = people.get(email) ?? (old ? { row: old, isNew: false, changed: new Set<never>() } : null);
    if (person) {
      people.set(email, change(person, fields));
      plan.updated += 1;
      plan.outcomes.push({ row, ok: true, id: person.row.id });
    } else if (fields.firstName === undefined) {
      refuse([missingName(rows.mapping)]);
    } else {
      const { firstName, lastName = "", ...more } = fields;
      const made = newCandidateRow(ctx, { source: "import", ...more, email, firstName, lastName });
      people.set(email, { row: made, isNew: true, changed: new Set() });
      plan.created += 1;
      plan.outcomes.push({ row, ok: true, id: made.id });
    }
  }
  plan.people = [...people.values()];
  return plan;
}

function change(person: Person, fields: Partial<CandidateRow>): Person {
  const differing = (Object.keys(fields) as (keyof CandidateRow)[]).filter(
    (field) => JSON.stringify(fields[field]) !== JSON.stringify(person.row[field]),
  );
  return {
    row: { ...person.row, ...fields },
    isNew: person.isNew,
    changed: new Set([...person.changed, ...differing]),
  };
}
