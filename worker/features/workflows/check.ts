import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { invalid } from "../../lib/errors";
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

/** Ids of the users that actions name, to be read and given to `checkActions`. */
export function selectAssignees(ctx: Ctx, stages: Assigned[]) {
  const ids = [...new Set(stages.flatMap(({ actions }) => actions.map(namedUser)))].filter(
    (id) => id !== null,
  );
  return ctx.db.select({ id: users.id }, users, {
    where: and(
      sql`${users.id} in (select value from json_each(${JSON.stringify(ids)}))`,
      inArray(users.role, ["admin", "recruiter"]),
      isNull(users.disabledAt),
    ),
  });
}

/**
 * Refuses an action that could do nothing: a mail that isn't there, a task for nobody of the team.
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
    const user = namedUser(action);
    if (user === null) return;
    if (assignees ? assignees.some(({ id }) => id === user) : user.startsWith("usr_")) return;
    throw invalid(
      `${path}.${i}.assignee`,
      `Write ${ASSIGNEES.join(", ")}, or the id of somebody in the team: "${user}" is none of them.`,
    );
  });
}
