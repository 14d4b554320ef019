import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { newId } from "../../lib/ids";
import { notify } from "../notifications/notify";
import { notifications } from "../notifications/table";
import { users } from "../users/table";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Characters of an id up to the end of its time. */
const ID_TIME = 14;
const TYPE = "applications_held";

/** Tells the team that applications wait to be looked at: each of them once a day at most. */
export const heldNotices: Subscriber = {
  name: "held-notices",
  types: ["application.held"],
  handle: tellTeam,
};

async function tellTeam(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  if ((event.data as { status?: string }).status !== "waiting") return null;
  // Ids begin with their time, so that each reader's own index gives the last day.
  const since = newId("ntf", event.at - DAY_MS).slice(0, ID_TIME);
  const told = sql`(select 1 from ${notifications} n where n.org_id = ${ctx.orgId} and n.user_id = ${users.id}
    and n.id > ${since} and n.type = ${TYPE})`;
  const [staff] = await ctx.db.read(
    ctx.db.select({ id: users.id }, users, {
      where: and(
        inArray(users.role, ["admin", "recruiter"]),
        isNull(users.disabledAt),
        sql`not exists ${told}`,
      ),
    }),
  );
  const noticed = notify(
    ctx,
    staff.map(({ id }) => ({
      userId: id,
      type: TYPE,
      title: "Applications wait for a look",
      message: "They may not be from people. Take them in, or put them aside.",
      entityType: "held_application",
      entityId: event.entityId,
      eventSeq: event.seq,
    })),
  );
  return { writes: noticed.writes, events: noticed.events };
}
