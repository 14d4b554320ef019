import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { applications, stages } from "../pipelines/table";

// In these statements the unary plus keeps SQLite on the primary key, off an index that only begins with the
// organization.

/** The i-th value of a row of `json_each(...) m`. */
export const field = (i: number): SQL => sql.raw(`json_extract(m.value, '$[${i}]')`);

/** The guard of a commit that won the application with this id. */
export function wonBy(ctx: Pick<Ctx, "orgId">, id: string, changeId: string): SQL {
  return sql`exists (select 1 from ${applications}
    where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;
}

/**
 * Which rows of `applications` an update over a set changes: all of them or none. Counted before the first
 * row changes, so that one that somebody else changed stops all of them.
 * @param rows as JSON, with the id and the version that was read in front
 */
export function allUnchanged(ctx: Pick<Ctx, "orgId">, rows: string, count: number): SQL {
  return sql`+${applications.orgId} = ${ctx.orgId} and ${applications.id} = ${field(0)}
    and ${count} = (select count(*) from json_each(${rows}) j
      join ${applications} a on a.id = json_extract(j.value, '$[0]')
        and a.version = json_extract(j.value, '$[1]') and a.org_id = ${ctx.orgId})`;
}

/** By how much the kept counts of stages change. */
export class StageCounts {
  private readonly changes = new Map<string, [count: number, shared: number]>();

  /** @param shared of them, those whom the client sees */
  add(stageId: string, count: number, shared: number): void {
    const [had, hadShared] = this.changes.get(stageId) ?? [0, 0];
    this.changes.set(stageId, [had + count, hadShared + shared]);
  }

  get isEmpty(): boolean {
    return this.changes.size === 0;
  }

  /** The statement that writes them. */
  write(ctx: Pick<Ctx, "db" | "orgId">, won: SQL): Statement {
    const rows = [...this.changes].map(([id, [count, shared]]) => [id, count, shared]);
    return ctx.db.sql(sql`update ${stages} set count = count + ${field(1)}, shared_count = shared_count + ${field(2)}
      from json_each(${JSON.stringify(rows)}) m
      where +${stages.orgId} = ${ctx.orgId} and ${stages.id} = ${field(0)} and ${won}`);
  }
}
