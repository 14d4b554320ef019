import { gt, isNull, sql } from "drizzle-orm";
import type { OrgDatabase } from "../db/database";
import { sessions } from "../features/sessions/table";
import { statusLinks } from "../features/status/table";
import { users } from "../features/users/table";
import { clock } from "../lib/clock";

/** Which sessions are still good, and which personal links with the browser that keeps each. */
export function selectGood(db: OrgDatabase, ids: string[]) {
  return db.sql<{ id: string; browser: string | null }>(sql`
    select ${sessions.id} as id, null as browser from ${sessions} join ${users} on ${users.id} = ${sessions.userId}
      where +${sessions.orgId} = ${db.orgId} and ${sessions.id} in (select value from json_each(${JSON.stringify(ids)}))
        and ${isNull(sessions.revokedAt)} and ${gt(sessions.expiresAt, clock.now())} and ${isNull(users.disabledAt)}
    union all select ${statusLinks.hash}, ${statusLinks.browserHash} from ${statusLinks}
      where +${statusLinks.orgId} = ${db.orgId} and ${statusLinks.hash} in (select value from json_each(${JSON.stringify(ids)}))
        and ${gt(statusLinks.expiresAt, clock.now())}`);
}
