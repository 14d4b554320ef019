import { and, eq, sql } from "drizzle-orm";
import { LostRace } from "../../events/commit";
import type { Ctx } from "../../events/context";
import type { StoredEvent, Subscriber } from "../../events/subscriber";
import { newId } from "../../lib/ids";
import type { ClosingChoice } from "../jobs/words";
import { applications, stages } from "../pipelines/table";
import { actorOf } from "../sessions/sessions";
import { users } from "../users/table";
import { enterStages } from "./enter";
import { standings } from "./standing";

/** Does with people under way what whoever closed their job chose for them. */
export const closingRunner: Subscriber = {
  name: "job-closing",
  // A job on hold that is closed leaves no open place, so it says `job.updated`.
  types: ["job.closed", "job.updated"],
  handle: closeApplications,
};

const STEP = 200;
const TRIES = 5;

async function closeApplications(ctx: Ctx, event: StoredEvent): Promise<null> {
  const detail = event.detail as { openApplications?: ClosingChoice; reason?: string; pipelineId?: string };
  const kind = { keep: null, reject: "rejected", withdraw: "withdrawn" }[detail.openApplications ?? "keep"] as
    | "rejected"
    | "withdrawn"
    | null;
  if (kind === null || event.pipelineId === null) return null;
  const pipelineId = event.pipelineId;
  // In the name of whoever decided it: no rule rejects anybody.
  const [people] = await ctx.db.read(ctx.db.rows(users, { where: eq(users.id, event.actorId ?? "") }));
  const own: Ctx = people[0] ? { ...ctx, actor: actorOf(people[0]) } : ctx;
  for (let lost = 0; ; ) {
    const [open] = await ctx.db.read(
      ctx.db.select({ id: applications.id }, applications, {
        where: and(
          eq(applications.pipelineId, pipelineId),
          sql`${applications.stageId} in (select id from ${stages} where org_id = ${ctx.orgId}
            and pipeline_id = ${pipelineId} and kind = 'open')`,
          sql`${applications.archived} = 0`,
        ),
        limit: STEP,
      }),
    );
    if (open.length === 0) return null;
    const found = await standings(
      ctx,
      open.map(({ id }) => id),
    );
    const list = [...found.values()].flatMap((now) => {
      const target = now.stages.find((stage) => stage.kind === kind);
      return now.held.kind === "open" && target ? [{ now, target, reason: detail.reason }] : [];
    });
    if (list.length === 0) return null;
    try {
      await enterStages(own, list, { batchId: newId("chg", ctx.now()), bulk: true, result: null });
    } catch (error) {
      // What is left is found again, now or by the next attempt of this event.
      lost += 1;
      if (!(error instanceof LostRace) || lost === TRIES) throw error;
    }
  }
}
