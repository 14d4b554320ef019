import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx } from "../../events/context";
import { interviewBookings, interviews } from "./table";
import { MAX_MINUTES } from "./words";

/** Bookings begin at most so long before they end, so that a look for an overlap reads few of them. */
const LONGEST_MS = MAX_MINUTES * 60_000;

interface Time {
  start: number;
  end: number;
}

/** Whom an interview keeps busy. */
export const peopleOf = (row: { candidateId: string; interviewerIds: string[] }): string[] => [
  row.candidateId,
  ...row.interviewerIds,
];

/** Bookings of the people of `people`, a query with one column `person`, that overlap a time. */
const overlapping = (ctx: Ctx, people: SQL, start: SQL, end: SQL, exceptId: string) =>
  sql`from (${people}) p join ${interviewBookings} b on b.org_id = ${ctx.orgId} and b.person_id = p.person
    and b.starts_at > ${start} - ${LONGEST_MS} and b.starts_at < ${end} and b.ends_at > ${start}
    and b.interview_id <> ${exceptId}`;

/**
 * Holds where none of the people has another booked interview at that time. Standing in the guarded update
 * that books, it lets one of any number of racers win.
 */
export function isFree(ctx: Ctx, people: string[], { start, end }: Time, exceptId: string): SQL {
  const list = sql`select value as person from json_each(${JSON.stringify(people)})`;
  return sql`not exists (select 1 ${overlapping(ctx, list, sql`${start}`, sql`${end}`, exceptId)})`;
}

/** Who of the interview's people is busy at one of its slots: the first found. */
export function selectBusy(ctx: Ctx, interviewId: string, slotId: string) {
  const its = (select: SQL) =>
    sql`(select ${select} from ${interviews} i, json_each(i.slots) s where i.org_id = ${ctx.orgId}
      and i.id = ${interviewId} and s.value ->> 'id' = ${slotId})`;
  const people = sql`select candidate_id as person from ${interviews} where org_id = ${ctx.orgId} and id = ${interviewId}
    union all select j.value from ${interviews} i, json_each(i.interviewer_ids) j
      where i.org_id = ${ctx.orgId} and i.id = ${interviewId}`;
  const [start, end] = [its(sql`s.value ->> 'start'`), its(sql`s.value ->> 'end'`)];
  return ctx.db.sql<{ personId: string }>(
    sql`select p.person as personId ${overlapping(ctx, people, start, end, interviewId)} limit 1`,
  );
}

/** Gives the interview's time back to its people. */
export function freeTime(ctx: Ctx, interviewId: string, won: SQL): Statement {
  return ctx.db.delete(interviewBookings, and(eq(interviewBookings.interviewId, interviewId), won));
}

/** Keeps a time for the people of an interview, instead of one that it had. */
export function keepTime(
  ctx: Ctx,
  interviewId: string,
  people: string[],
  { start, end }: Time,
  won: SQL,
): Statement[] {
  return [
    freeTime(ctx, interviewId, won),
    ctx.db.sql(sql`insert into ${interviewBookings} (org_id, interview_id, person_id, starts_at, ends_at)
      select ${ctx.orgId}, ${interviewId}, value, ${start}, ${end}
      from json_each(${JSON.stringify(people)}) where ${won}`),
  ];
}
