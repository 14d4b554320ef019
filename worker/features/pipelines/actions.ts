import { and, asc, eq, isNull, or } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { link } from "../../lib/links";
import { agents } from "../agents/table";
import { type NewEmail, queueEmail } from "../email/email";
import { isTemplate } from "../email/templates";
import { withdrawNotices } from "../notifications/notifications";
import { type Notice, notify } from "../notifications/notify";
import { users } from "../users/table";
import { stageActions, stages, undoneBatches } from "./table";
import { UNDO_SECONDS } from "./words";

const EmailConfig = z.object({
  template: z.string(),
  to: z.literal("person").default("person"),
  delayMinutes: z.number().min(0).default(0),
});
const NotificationConfig = z.object({
  to: z.enum(["person", "team"]).default("person"),
  title: z.string(),
  message: z.string().optional(),
});

/** What a move event keeps beside its data. */
export interface MoveDetail {
  stageId: string;
  reason?: string;
  /** When they had entered the stage that they left, in milliseconds: what an undo restores. */
  stoodSince?: number;
  /** The move that this one takes back: the stage does not act again, and unread notices of it go. */
  undoOf?: string;
}

/** Runs the actions of the stage that somebody entered. */
export const stageActionRunner: Subscriber = {
  name: "stage-actions",
  types: ["agent.created", "agent.status_changed"],
  handle: runStageActions,
};

async function runStageActions(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const detail = event.detail as unknown as MoveDetail;
  if (detail.undoOf) return await withdrawNotices(ctx, detail.undoOf, event.entityId);
  const { agentId } = event.data as { agentId: string };
  const batchId = event.type === "agent.status_changed" ? event.changeId : null;
  const [actions, people, stageRows, orgs, undone, team] = await ctx.db.read(
    ctx.db.rows(stageActions, {
      where: eq(stageActions.stageId, detail.stageId),
      orderBy: asc(stageActions.position),
    }),
    ctx.db.rows(agents, { where: eq(agents.id, agentId) }),
    ctx.db.rows(stages, { where: eq(stages.id, detail.stageId) }),
    ctx.db.organization(),
    ctx.db.rows(undoneBatches, { where: eq(undoneBatches.batchId, event.changeId) }),
    ctx.db.select({ id: users.id }, users, {
      where: and(or(eq(users.role, "admin"), eq(users.role, "recruiter")), isNull(users.disabledAt)),
    }),
  );
  const [agent, stage] = [people[0], stageRows[0]];
  if (!agent || !stage || undone.length > 0) return null;
  const values = {
    firstName: agent.firstName,
    name: `${agent.firstName} ${agent.lastName}`.trim(),
    stage: stage.name,
    organization: orgs[0]?.name ?? "",
    url: link(ctx.env, "/home"),
  };

  const mails: NewEmail[] = [];
  const notices: Notice[] = [];
  for (const action of actions) {
    if (action.type === "email") {
      const config = EmailConfig.parse(action.config);
      if (!isTemplate(config.template)) continue;
      // A move can be taken back, and its mail with it; a registration can't.
      const wait = batchId === null ? 0 : UNDO_SECONDS * 1000;
      mails.push({
        to: agent.email,
        userId: agent.userId,
        template: config.template,
        values,
        dedupeKey: `${event.id}:${action.id}`,
        sendAt: event.at + wait + config.delayMinutes * 60_000,
        ...(batchId === null ? {} : { batchId }),
      });
    }
    if (action.type === "notification") {
      const config = NotificationConfig.parse(action.config);
      const to = config.to === "team" ? team.map((user) => user.id) : agent.userId ? [agent.userId] : [];
      const words = (text: string) =>
        text.replace(/\{\{(\w+)\}\}/g, (_, key: keyof typeof values) => values[key] ?? "");
      for (const userId of to) {
        notices.push({
          userId,
          type: "agent_status_change",
          title: words(config.title),
          message: words(config.message ?? ""),
          entityType: "agent",
          entityId: agent.id,
          eventSeq: event.seq,
        });
      }
    }
  }
  const queued = mails.map((mail) => queueEmail(ctx, mail));
  const noticed = notify(ctx, notices);
  return {
    writes: [...queued.map((mail) => mail.write), ...noticed.writes],
    events: noticed.events,
    after: () => Promise.all(queued.map((mail) => mail.wake())),
  };
}
