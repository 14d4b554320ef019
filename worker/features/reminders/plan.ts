import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { type ReminderRow, reminders } from "./table";

export type NewReminder = Pick<ReminderRow, "kind" | "subjectId" | "part" | "dueAt"> &
  Partial<Pick<ReminderRow, "agentId" | "candidateId" | "detail">>;

/**
 * The statement that plans reminders; one of the same kind, subject and part that is there already is left as it is.
 * @param won the guard of the commit that causes them, where there is one
 */
export function planReminders(ctx: Ctx, rows: NewReminder[], won: SQL = sql`1`): Statement {
  const at = ctx.now();
  const values = rows.map((row) => [
    newId("rem", at),
    row.kind,
    row.subjectId,
    row.agentId ?? null,
    row.candidateId ?? null,
    row.part,
    JSON.stringify(row.detail ?? {}),
    row.dueAt,
  ]);
  const field = (i: number) => sql.raw(`json_extract(r.value, '$[${i}]')`);
  return ctx.db.sql(sql`insert or ignore into ${reminders}
      (id, org_id, kind, subject_id, agent_id, candidate_id, part, detail, due_at, created_at)
    select ${field(0)}, ${ctx.orgId}, ${field(1)}, ${field(2)}, ${field(3)}, ${field(4)}, ${field(5)}, ${field(6)},
      ${field(7)}, ${at}
    from json_each(${JSON.stringify(values)}) r where ${won} order by r.key`);
}
