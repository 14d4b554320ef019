import { sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { newId } from "../../lib/ids";
import { log } from "../../lib/log";
import { BULK_UNDO_SECONDS } from "../applications/words";
import type { NewEmail } from "../email/email";
import { fill, isStageMail, leadsSomewhere } from "../email/templates";
import type { Notice } from "../notifications/notify";
import { BARE_TASK, type TaskRow } from "../tasks/new-tasks";
import { ActionConfig } from "../workflows/schema";
import type { ActionRecipient, MeetingMode } from "../workflows/words";
import type { Scene } from "./scene";
import type { stageActions } from "./table";
import { undoneMoves } from "./table";
import { UNDO_SECONDS } from "./words";

/** What the actions of a stage come to. */
export interface Acts {
  mails: NewEmail[];
  notices: Notice[];
  tasks: TaskRow[];
  /** Campaigns to unlock. */
  unlocks: string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days in which a meeting is to be arranged. */
const MEETING_DAYS = 2;
const MODE_WORDS: Record<MeetingMode, string> = { Video: "video", Phone: "phone", Onsite: "on-site" };

type Action = typeof stageActions.$inferSelect;
type Receiver = { userId: string | null; email: string; isPerson: boolean };

function receivers(scene: Scene, to: ActionRecipient): Receiver[] {
  const { person, team, hiringManager, recruiter, shared } = scene;
  if (to === "person") return [{ userId: person.userId, email: person.email, isPerson: true }];
  const seesIt = hiringManager && (hiringManager.userRole !== "client_user" || shared);
  const members =
    to === "team" ? team : [seesIt ? hiringManager : recruiter].filter((one) => one !== undefined);
  return members.map(({ id, email }) => ({ userId: id, email, isPerson: false }));
}

/** Whom a task goes to: always somebody of the team, who can see it. */
function assignee(scene: Scene, named: string | undefined): string | null {
  const { staff, hiringManager, recruiter, team, event } = scene;
  const ofStaff = (id: string | null | undefined) => staff.find((one) => one.id === id)?.id;
  const asked =
    named === "hiring_manager"
      ? ofStaff(hiringManager?.id)
      : named === "mover"
        ? ofStaff(event.actorId)
        : ofStaff(named);
  return asked ?? recruiter?.id ?? team[0]?.id ?? null;
}

/** What the variables of a text stand for, for whoever reads it. */
const valuesFor = (scene: Scene, isPerson: boolean, url: string) =>
  isPerson ? { ...scene.ownValues, url } : scene.values;

function mailsOf(scene: Scene, action: Action, url: string): NewEmail[] {
  const config = ActionConfig.email.parse(action.config);
  const { template } = config;
  if (!isStageMail(template)) return [];
  const { event, batchId, applicationId } = scene;
  // A move can be taken back, and its mail with it; an arrival can't.
  const seconds = batchId === null ? 0 : scene.detail.bulk ? BULK_UNDO_SECONDS : UNDO_SECONDS;
  return receivers(scene, config.to).map(({ userId, email, isPerson }) => ({
    to: email,
    userId,
    template,
    values: valuesFor(scene, isPerson, url),
    dedupeKey: isPerson ? `${event.id}:${action.id}` : `${event.id}:${action.id}:${userId}`,
    sendAt: event.at + seconds * 1000 + config.delayMinutes * 60_000,
    applicationId,
    ...(batchId === null ? {} : { batchId }),
  }));
}

function noticesOf(scene: Scene, action: Action): Notice[] {
  const config = ActionConfig.notification.parse(action.config);
  const { event, batchId, kind } = scene;
  return receivers(scene, config.to).flatMap(({ userId, isPerson }) => {
    // Whoever did it knows it.
    if (userId === null || (!isPerson && userId === event.actorId)) return [];
    return [
      {
        userId,
        type:
          kind === "agent" && !scene.campaign
            ? "agent_status_change"
            : batchId === null
              ? "application_received"
              : "candidate_status_change",
        title: fill(config.title, valuesFor(scene, isPerson, "")),
        message: fill(config.message ?? "", valuesFor(scene, isPerson, "")),
        entityType: scene.entity.type,
        entityId: scene.entity.id,
        eventSeq: event.seq,
      },
    ];
  });
}

/** The campaign that an action unlocks for an agent, where it isn't yet. */
function unlocksOf({ kind, unlocked }: Scene, action: Action): string[] {
  const { campaignId } = ActionConfig.campaign_access.parse(action.config);
  return kind === "agent" && !unlocked.includes(campaignId) ? [campaignId] : [];
}

function taskOf(ctx: Ctx, scene: Scene, action: Action): TaskRow {
  const now = ctx.now();
  const { event, job, person, kind } = scene;
  const common = {
    ...BARE_TASK,
    id: newId("task", now),
    orgId: ctx.orgId,
    status: "open" as const,
    applicationId: scene.applicationId,
    agentId: kind === "agent" ? person.id : null,
    candidateId: kind === "candidate" ? person.id : null,
    jobId: job?.id ?? null,
    actionId: action.id,
    batchId: scene.batchId,
    createdBy: null,
    createdAt: now,
    updatedAt: now,
  };
  if (action.type === "meeting") {
    const { durationMinutes, mode, title, assignee: named } = ActionConfig.meeting.parse(action.config);
    const words = title ?? `Arrange a ${durationMinutes}-minute ${MODE_WORDS[mode]} interview with {{name}}`;
    return {
      ...common,
      kind: "meeting",
      title: fill(words, scene.values),
      assigneeId: assignee(scene, named),
      dueAt: event.at + MEETING_DAYS * DAY_MS,
      durationMinutes,
      mode,
    };
  }
  const config = ActionConfig.task.parse(action.config);
  return {
    ...common,
    kind: "task",
    title: fill(config.title, scene.values),
    description: config.description === undefined ? null : fill(config.description, scene.values),
    assigneeId: assignee(scene, config.assignee),
    dueAt: config.dueInDays === undefined ? null : event.at + config.dueInDays * DAY_MS,
  };
}

/** The delay of the mails to the person that lead to a page of theirs, in minutes; none where none does. */
export function leadingMails({ actions }: Scene): number[] {
  return actions.flatMap((action) => {
    const config = action.type === "email" ? ActionConfig.email.safeParse(action.config).data : undefined;
    return config?.to === "person" && leadsSomewhere(config.template) ? [config.delayMinutes] : [];
  });
}

/**
 * What the actions of the entered stage come to. One that can't be understood is left out, so that it
 * doesn't hold up the others.
 * @param url the page where the person sees where they stand
 */
export function actsOf(ctx: Ctx, scene: Scene, url: string): Acts {
  const acts: Acts = { mails: [], notices: [], tasks: [], unlocks: [] };
  for (const action of scene.actions) {
    try {
      if (action.type === "email") acts.mails.push(...mailsOf(scene, action, url));
      if (action.type === "notification") acts.notices.push(...noticesOf(scene, action));
      if (action.type === "campaign_access") acts.unlocks.push(...unlocksOf(scene, action));
      if (action.type === "task" || action.type === "meeting") acts.tasks.push(taskOf(ctx, scene, action));
    } catch {
      log("error", "action.unreadable", { action: action.id, type: action.type });
    }
  }
  return acts;
}

/** True unless the move was taken back: what is written by it is guarded, since both may happen at once. */
export const stillMoved = (ctx: Ctx, { batchId, applicationId }: Scene) =>
  batchId === null
    ? sql`1`
    : sql`not exists (select 1 from ${undoneMoves} where org_id = ${ctx.orgId}
        and batch_id = ${batchId} and application_id = ${applicationId})`;
