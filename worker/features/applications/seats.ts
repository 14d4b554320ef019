import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { campaigns } from "../campaigns/table";
import { stages } from "../pipelines/table";
import type { Stage, Standing } from "./standing";

/** The stage of a campaign's pipeline in which somebody takes a seat. */
export const SEATED = "assigned";

/** The words for a campaign in which nobody else can be assigned. */
export const fullWords = (name: string, seats: number): string =>
  `${name} is full: ${seats === 1 ? "its one seat is" : `all of its ${seats} seats are`} taken. Free a seat, or put them on the waiting list.`;

/** By how many a move changes the seats that are taken. Archived people are counted nowhere. */
function taken({ row, held, campaign }: Standing, target: Stage): number {
  if (!campaign || row.archived) return 0;
  return Number(target.key === SEATED) - Number(held.key === SEATED);
}

/** Counts the seats of campaigns while moves are planned, so that a plan never asks for one too many. */
export class Seats {
  private readonly planned = new Map<string, number>();

  /** Plans a move. Answers why it can't be, or null where there is a seat or none is needed. */
  take(now: Standing, target: Stage): string | null {
    const { campaign, stages: order } = now;
    const by = taken(now, target);
    if (!campaign || by === 0) return null;
    const before = this.planned.get(campaign.id) ?? 0;
    const count = order.find(({ key }) => key === SEATED)?.count ?? 0;
    if (by > 0 && count + before + by > campaign.seats) return fullWords(campaign.name, campaign.seats);
    this.planned.set(campaign.id, before + by);
    return null;
  }
}

/** True in SQL while that many seats of the campaign of a pipeline are free. */
export function seatsFree(ctx: Pick<Ctx, "orgId">, pipelineId: string, wanted: number): SQL {
  return sql`(select count from ${stages}
      where org_id = ${ctx.orgId} and pipeline_id = ${pipelineId} and key = ${SEATED}) + ${wanted}
    <= (select seats from ${campaigns} where +org_id = ${ctx.orgId} and pipeline_id = ${pipelineId})`;
}

/** The guard of moves: none of the campaigns that they lead into gets more people than seats. */
export function seatsSuffice(ctx: Pick<Ctx, "orgId">, moves: { now: Standing; target: Stage }[]): SQL {
  const wanted = new Map<string, number>();
  for (const { now, target } of moves) {
    const { pipelineId } = now.row;
    wanted.set(pipelineId, (wanted.get(pipelineId) ?? 0) + taken(now, target));
  }
  const guards = [...wanted].filter(([, by]) => by > 0).map(([id, by]) => seatsFree(ctx, id, by));
  return guards.length === 0 ? sql`1` : sql.join(guards, sql` and `);
}
