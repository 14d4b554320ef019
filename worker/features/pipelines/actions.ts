import { and, eq, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { campaignAccess, campaigns } from "../campaigns/table";
import { queueEmail } from "../email/email";
import { withdrawNotices } from "../notifications/notifications";
import { type Notice, notify } from "../notifications/notify";
import { newStatusLinks, ownPageWithLogin } from "../status/links";
import { assignedNotice, insertTasks, taskEvent } from "../tasks/new-tasks";
import { tasks } from "../tasks/table";
import { actsOf, leadingMails, stillMoved } from "./acts";
import type { MoveDetail } from "./move-detail";
import { readScene, type Scene } from "./scene";

/** Runs the actions of the stage that somebody entered, and tells the team where it should hear of it. */
export const stageActionRunner: Subscriber = {
  name: "stage-actions",
  types: [
    "agent.created",
    "agent.status_changed",
    "application.received",
    "application.status_changed",
    "campaign.applied",
  ],
  handle: runStageActions,
};

async function runStageActions(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const { undoOf } = event.detail as unknown as MoveDetail;
  if (undoOf) return await takeBack(ctx, event, undoOf);
  const scene = await readScene(ctx, event);
  if (!scene) return null;
  const own = await ownPage(ctx, scene);
  const acts = actsOf(ctx, scene, own.url);
  const notices = [...acts.notices, ...teamNotices(scene, acts.notices)];
  if (!scene.crowd) {
    notices.push(...acts.tasks.flatMap((row) => assignedNotice(row, event.actorId, event.seq)));
  }
  const queued = acts.mails.map((mail) => queueEmail(ctx, mail));
  const noticed = notify(ctx, notices);
  const unlocking = unlocks(ctx, scene, acts.unlocks);
  return {
    writes: [
      ...own.writes,
      ...queued.map((mail) => mail.write),
      ...noticed.writes,
      ...unlocking.writes,
      ...(acts.tasks.length > 0 ? [insertTasks(ctx, acts.tasks, stillMoved(ctx, scene))] : []),
    ],
    events: [
      ...noticed.events,
      ...acts.tasks.map((row) => taskEvent(row, "created", scene.pipelineId)),
      ...unlocking.events,
    ],
    after: () => Promise.all(queued.map((mail) => mail.wake())),
  };
}

/** Unlocks campaigns for an agent, unless the move was taken back. */
function unlocks(
  ctx: Ctx,
  scene: Scene,
  campaignIds: string[],
): Pick<Effect, "writes"> & { events: NewEvent[] } {
  const ids = [...new Set(campaignIds)];
  const agentId = scene.person.id;
  return {
    writes:
      ids.length === 0
        ? []
        : [
            ctx.db.sql(sql`insert or ignore into ${campaignAccess} (org_id, campaign_id, agent_id, at, batch_id)
              select org_id, id, ${agentId}, ${ctx.now()}, ${scene.batchId} from ${campaigns}
              where org_id = ${ctx.orgId}
                and id in (select value from json_each(${JSON.stringify(ids)})) and ${stillMoved(ctx, scene)}`),
          ],
    events: ids.map((id) => accessEvent(id, agentId, scene.person.userId, true)),
  };
}

function accessEvent(campaignId: string, agentId: string, userId: string | null, unlocked: boolean) {
  return event({
    type: "campaign.unlocked",
    entity: { type: "campaign", id: campaignId },
    userId,
    data: { agentId, campaignId, unlocked },
  });
}

/** The page that the person's mails lead to: their portal's, or a personal link where they have no login. */
async function ownPage(ctx: Ctx, scene: Scene): Promise<{ url: string; writes: Statement[] }> {
  const { person, kind, applicationId, event } = scene;
  const nowhere = { url: "", writes: [] };
  if (person.userId) return { url: ownPageWithLogin(ctx.env, kind, applicationId), writes: [] };
  const delays = kind === "candidate" ? leadingMails(scene) : [];
  if (delays.length === 0) return nowhere;
  const links = await newStatusLinks(ctx, [applicationId], event.at + Math.max(...delays) * 60_000);
  return { url: links.urls.get(applicationId) ?? "", writes: links.writes };
}

/** Document 002's notification of a candidate's new status, for those whom no action has told of it. */
function teamNotices(scene: Scene, told: Notice[]): Notice[] {
  const { event, person, stage, team, values } = scene;
  if (event.type !== "application.status_changed" || scene.crowd) return [];
  return team
    .filter(({ id }) => id !== event.actorId && !told.some(({ userId }) => userId === id))
    .map(({ id }) => ({
      userId: id,
      type: "candidate_status_change",
      title: `${person.name} is in ${stage.name} now`,
      message: [values.job, values.reason].filter(Boolean).join(": "),
      entityType: scene.entity.type,
      entityId: scene.entity.id,
      eventSeq: event.seq,
    }));
}

/** Takes back what a move did that nobody has seen or done yet; its mails are cancelled by their sender. */
async function takeBack(ctx: Ctx, event: StoredEvent, undoOf: string): Promise<Effect> {
  const { applicationId } = event.detail as unknown as MoveDetail;
  const { agentId = "" } = event.data as { agentId?: string };
  const open = and(
    // In the words of the partial index, so that SQLite uses it; the plus keeps it off that of the move,
    // which in a bulk action is everybody's.
    sql`${tasks.applicationId} is not null`,
    eq(tasks.applicationId, applicationId),
    sql`+${tasks.batchId} = ${undoOf}`,
    eq(tasks.status, "open"),
  );
  const unlocked = and(eq(campaignAccess.agentId, agentId), eq(campaignAccess.batchId, undoOf));
  const [made, access] = await ctx.db.read(
    ctx.db.rows(tasks, { where: open }),
    ctx.db.rows(campaignAccess, { where: unlocked }),
  );
  const withdrawn = await withdrawNotices(ctx, undoOf, event.entityId);
  return {
    writes: [
      ...(made.length > 0 ? [ctx.db.delete(tasks, open)] : []),
      ...(access.length > 0 ? [ctx.db.delete(campaignAccess, unlocked)] : []),
      ...(withdrawn?.writes ?? []),
    ],
    events: [
      ...made.map((row) => taskEvent(row, "removed", event.pipelineId)),
      ...access.map(({ campaignId }) => accessEvent(campaignId, agentId, event.userId, false)),
      ...(withdrawn?.events ?? []),
    ],
  };
}
