import { type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import type { Ctx, Rider } from "../../events/context";
import { countHour } from "./hours";
import type { ReadEvent } from "./read-event";
import { externalIds, type InboxRow, inboxEffects, inboxEvents, inboxMarks, type SourceRow } from "./table";

/** A value that is known now, or that a query finds in the batch. */
type Value = string | SQL;

/**
 * One go at an event's effect. What marks it as done rides in the commit of the verb that does it, so that both
 * hold or neither; a second commit of the same run, or one of something older than what was taken in, breaks.
 */
export class Ride implements Rider {
  written = false;
  readonly hops: number;
  /** For verbs: the source acts, and this rides along. */
  readonly ctx: Ctx;
  /** Ids of what it changes, for the screen. */
  result: Record<string, Value> = {};
  /**
   * What it is about: nothing older about the same comes in after it, and it doesn't come in after something
   * newer.
   */
  subjects: Value[] = [];
  /** What is said of it though it worked. */
  note: string | null = null;
  private readonly links: { kind: string; externalId: string; localId: Value }[] = [];
  private readonly extras: ((guard: SQL) => Statement[])[] = [];

  constructor(
    ctx: Ctx,
    readonly source: SourceRow,
    readonly row: InboxRow,
    readonly event: ReadEvent,
    /** Counts how often somebody had it run again. */
    readonly run: number,
  ) {
    this.hops = row.hops;
    this.ctx = { ...ctx, actor: { kind: "integration", id: source.id }, rider: this };
  }

  /** When it happened, which can't be after it came. */
  get occurredAt(): number {
    return Math.min(this.event.occurredAt ?? this.row.receivedAt, this.row.receivedAt);
  }

  /** Remembers which of our records they call by that id. */
  link(kind: "candidate" | "job" | "interview", externalId: string | undefined, localId: Value): void {
    if (externalId !== undefined) this.links.push({ kind, externalId, localId });
  }

  /** Statements of the same batch. */
  with(make: (guard: SQL) => Statement[]): void {
    this.extras.push(make);
  }

  /** Whether something newer of these subjects is there already, as of now. */
  async overtaken(subjects: Value[] = this.subjects): Promise<boolean> {
    const [rows] = await this.ctx.db.read(this.ctx.db.sql(sql`select 1 where ${this.newer(subjects)}`));
    return rows.length > 0;
  }

  private newer(subjects: Value[]): SQL {
    const { ctx, source } = this;
    const list = subjects.length > 0 ? subjects.map((one) => sql`${one}`) : [sql`null`];
    return sql`exists (select 1 from ${inboxMarks} where org_id = ${ctx.orgId} and integration_id = ${source.id}
      and subject in (${sql.join(list, sql`, `)}) and occurred_at > ${this.occurredAt})`;
  }

  writes(guard: SQL): Statement[] {
    const { ctx, row, source, run } = this;
    const at = ctx.now();
    return [
      // Empty where something newer is there already, which the table forbids: so the whole batch breaks.
      ctx.db.sql(sql`insert into ${inboxEffects} (inbox_id, run, org_id, at)
        select ${row.id}, ${run}, ${ctx.orgId}, case when ${this.newer(this.subjects)} then null else ${at} end where ${guard}`),
      ...this.subjects.map((value) =>
        ctx.db.sql(sql`insert into ${inboxMarks} (integration_id, subject, org_id, occurred_at)
          select ${source.id}, ${value}, ${ctx.orgId}, ${this.occurredAt} where ${guard}
          on conflict (integration_id, subject) do update set occurred_at = max(occurred_at, excluded.occurred_at)`),
      ),
      ...this.links.map(({ kind, externalId, localId }) =>
        ctx.db.sql(sql`insert into ${externalIds} (integration_id, kind, external_id, org_id, local_id, created_at)
          select ${source.id}, ${kind}, ${externalId}, ${ctx.orgId}, ${localId}, ${at} where ${guard}
          on conflict (integration_id, kind, external_id) do update set local_id = excluded.local_id`),
      ),
      ctx.db.sql(sql`update ${inboxEvents} set status = 'processed', reason = ${this.note}, processed_at = ${at},
          next_at = null, result = ${this.resultJson()}
        where org_id = ${ctx.orgId} and id = ${row.id} and ${guard}`),
      countHour(ctx, source.id, "processed", guard),
      ...this.extras.flatMap((make) => make(guard)),
    ];
  }

  private resultJson(): SQL {
    const pairs = Object.entries(this.result).map(([name, value]) => sql`${name}, ${value}`);
    return pairs.length > 0 ? sql`json_object(${sql.join(pairs, sql`, `)})` : sql`null`;
  }
}
