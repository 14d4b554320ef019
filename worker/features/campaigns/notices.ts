import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { link } from "../../lib/links";
import { agents } from "../agents/table";
import { BULK_UNDO_SECONDS } from "../applications/words";
import { queueEmail } from "../email/email";
import type { TemplateName } from "../email/templates";
import { withdrawNoticesAbout } from "../notifications/notifications";
import { type Notice, notify } from "../notifications/notify";
import type { MoveDetail } from "../pipelines/move-detail";
import { selectStaff } from "../pipelines/scene";
import { UNDO_SECONDS } from "../pipelines/words";
import { type CampaignRow, selectCampaigns } from "./campaigns";
import { campaigns } from "./table";
import { CAMPAIGN_OPENED } from "./words";

/** Tells the team who applied and where a seat is free, and agents what became of them. */
export const campaignNotices: Subscriber = {
  name: "campaign-notices",
  types: ["campaign.applied", "application.status_changed", "campaign.unlocked"],
  handle: tell,
};

interface Data {
  agentId?: string;
  campaignId?: string;
  applicationId?: string;
  oldStatus?: string;
  newStatus?: string;
  reason?: string;
  unlocked?: boolean;
}
type Agent = Pick<typeof agents.$inferSelect, "id" | "userId" | "email" | "firstName" | "lastName">;

async function tell(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const data = event.data as Data;
  const { undoOf } = event.detail as unknown as MoveDetail;
  if (!data.campaignId || !data.agentId || undoOf) return null;
  const { id, userId, email, firstName, lastName } = agents;
  const [found, people, staff, orgs] = await ctx.db.read(
    selectCampaigns(ctx, eq(campaigns.id, data.campaignId), { byKey: true }),
    ctx.db.select({ id, userId, email, firstName, lastName }, agents, {
      where: sql`${agents.id} = ${data.agentId}`,
      byKey: true,
    }),
    selectStaff(ctx),
    ctx.db.organization(),
  );
  const [campaign, agent] = [found[0], people[0]];
  if (!campaign || !agent) return null;
  if (event.type === "campaign.unlocked" && !data.unlocked) {
    const notice = { userId: agent.userId ?? "", type: CAMPAIGN_OPENED, entityId: campaign.id };
    return await withdrawNoticesAbout(ctx, notice);
  }
  const team = staff.map((member) => member.id).filter((one) => one !== event.actorId);
  const words = personWords(event, data, campaign);
  const noticed = notify(ctx, [
    ...teamNotices(event, data, campaign, agent, team),
    ...(words && agent.userId
      ? [
          {
            ...about(event, campaign),
            userId: agent.userId,
            type: words.type,
            title: words.title,
            message: words.message,
          },
        ]
      : []),
  ]);
  const mail = words?.template
    ? mailOf(ctx, event, data, words.template, campaign, agent, orgs[0]?.name ?? "")
    : null;
  return {
    writes: [...noticed.writes, ...(mail ? [mail.write] : [])],
    events: noticed.events,
    ...(mail ? { after: mail.wake } : {}),
  };
}

const about = (event: StoredEvent, campaign: CampaignRow) => ({
  entityType: "campaign",
  entityId: campaign.id,
  eventSeq: event.seq,
});

function teamNotices(
  event: StoredEvent,
  { oldStatus, newStatus }: Data,
  campaign: CampaignRow,
  agent: Agent,
  team: string[],
): Notice[] {
  const name = `${agent.firstName} ${agent.lastName}`.trim();
  const each = (type: string, title: string, message: string) =>
    team.map((userId) => ({ ...about(event, campaign), userId, type, title, message }));
  if (event.type === "campaign.applied") {
    const full = campaign.filled >= campaign.seats;
    const words = full ? "It is full, so they are on the waiting list." : "They meet what it asks for.";
    return each("campaign_applied", `${name} applied to ${campaign.name}`, words);
  }
  if (oldStatus !== "assigned" || newStatus === "assigned" || campaign.waitlisted === 0) return [];
  const waiting = campaign.waitlisted === 1 ? "1 person waits" : `${campaign.waitlisted} people wait`;
  return each(
    "campaign_seat_free",
    `A seat of ${campaign.name} is free`,
    `${waiting} for one. Assign whom you choose.`,
  );
}

interface Words {
  type: string;
  title: string;
  message: string;
  template?: TemplateName;
}

/** What the agent hears: of what others did, nothing of what they did themselves. */
function personWords(event: StoredEvent, data: Data, { name, status }: CampaignRow): Words | null {
  const message = data.reason ?? "";
  if (event.type === "campaign.unlocked") {
    if (status !== "open") return null;
    return {
      type: CAMPAIGN_OPENED,
      title: `${name} is open to you now`,
      message: "You can look at it and apply.",
    };
  }
  if (event.type !== "application.status_changed") return null;
  const type = "campaign_status_change";
  switch (data.newStatus) {
    case "assigned":
      return { type, title: `You are assigned to ${name}`, message, template: "campaign_assigned" };
    case "waitlisted":
      return {
        type,
        title: `You are on the waiting list of ${name}`,
        message,
        template: "campaign_waitlisted",
      };
    case "rejected":
      return {
        type,
        title: `Your application to ${name} was turned down`,
        message,
        template: "campaign_rejected",
      };
    case "completed":
      return { type, title: `You completed ${name}`, message, template: "campaign_completed" };
    case "withdrawn":
      if (data.oldStatus !== "assigned") return null;
      return { type, title: `You no longer work for ${name}`, message, template: "campaign_unassigned" };
    default:
      return null;
  }
}

/** Waits as long as the move can be taken back, and goes with it. */
function mailOf(
  ctx: Ctx,
  event: StoredEvent,
  data: Data,
  template: TemplateName,
  campaign: CampaignRow,
  agent: Agent,
  organization: string,
) {
  const { bulk, applicationId } = event.detail as unknown as MoveDetail;
  return queueEmail(ctx, {
    to: agent.email,
    userId: agent.userId,
    template,
    values: {
      firstName: agent.firstName,
      campaign: campaign.name,
      organization,
      start: campaign.startDate,
      reason: data.reason ?? "",
      url: link(ctx.env, `/campaigns/${campaign.id}`),
    },
    dedupeKey: `${event.id}:campaign`,
    sendAt: event.at + (bulk ? BULK_UNDO_SECONDS : UNDO_SECONDS) * 1000,
    batchId: event.changeId,
    applicationId,
  });
}
