import { sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { invalid } from "../../lib/errors";
import { campaigns } from "../campaigns/table";
import { isStageMail, STAGE_MAILS } from "../email/templates";
import { users } from "../users/table";
import type { NewAction, NewStage } from "./schema";
import { ASSIGNEES } from "./words";

type Assigned = Pick<NewStage, "actions">;

/** A user named by id, where an action goes to one. */
function namedUser(action: NewAction): string | null {
  if (action.type !== "task" && action.type !== "meeting") return null;
  const { assignee } = action;
  return assignee === undefined || (ASSIGNEES as readonly string[]).includes(assignee) ? null : assignee;
}

/** A campaign that an action unlocks. */
const namedCampaign = (action: NewAction): string | null =>
  action.type === "campaign_access" ? action.campaignId : null;

/** Ids of the users and campaigns that actions name, to be read and given to `checkActions`. */
export function selectAssignees(ctx: Ctx, stages: Assigned[]) {
  const all = stages.flatMap(({ actions }) => actions.flatMap((one) => [namedUser(one), namedCampaign(one)]));
  const ids = sql`(select value from json_each(${JSON.stringify([...new Set(all)].filter(Boolean))}))`;
  return ctx.db.sql<{ id: string }>(sql`select id from ${users}
      where +org_id = ${ctx.orgId} and id in ${ids} and role in ('admin', 'recruiter') and disabled_at is null
    union all select id from ${campaigns} where +org_id = ${ctx.orgId} and id in ${ids}`);
}

/**
 * Refuses an action that could do nothing: a mail or a campaign that isn't there, a task for nobody of the team.
 * @param assignees what `selectAssignees` found; without it ids are only looked at
 * @param path of the actions in what was sent
 * @throws DomainError `invalid`
 */
export function checkActions(actions: NewAction[], path: string, assignees?: { id: string }[]): void {
  actions.forEach((action, i) => {
    if (action.type === "email" && !isStageMail(action.template)) {
      const known = STAGE_MAILS.join(", ");
      throw invalid(`${path}.${i}.template`, `There is no mail "${action.template}". There are: ${known}.`);
    }
    const known = (id: string, prefix: string) =>
      assignees ? assignees.some((one) => one.id === id) : id.startsWith(prefix);
    const campaign = namedCampaign(action);
    if (campaign !== null && !known(campaign, "camp_")) {
      throw invalid(`${path}.${i}.campaignId`, "There is no campaign with this id. Choose another one.");
    }
    const user = namedUser(action);
    if (user === null || known(user, "usr_")) return;
    throw invalid(
      `${path}.${i}.assignee`,
      `Write ${ASSIGNEES.join(", ")}, or the id of somebody in the team: "${user}" is none of them.`,
    );
  });
}
