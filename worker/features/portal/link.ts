import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Statement } from "../../db/database";
import { event, type NewAudit, type NewEvent } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { insertCandidate } from "../candidates/create";
import { candidates } from "../candidates/table";
import { keepNewestCv } from "../documents/documents";
import { documentRequests, documents } from "../documents/table";
import { users } from "../users/table";

type UserRow = typeof users.$inferSelect;
type CandidateRow = typeof candidates.$inferSelect;

/** What joins a login to a profile, for the batch that proves the address. */
export interface Joining {
  /** Before the login's own row is written. */
  before: Statement[];
  /** Of the login's own row. */
  set: { [K in "candidateId" | "firstName" | "lastName" | "phone"]?: UserRow[K] | SQL };
  /** After it, where the commit has won it. */
  after: Statement[];
  events: NewEvent[];
  audit: NewAudit[];
}

const NOTHING: Joining = { before: [], set: {}, after: [], events: [], audit: [] };

/** The profile with the address of a login, which the login is not joined to before the address is proved. */
export function selectByLogin(ctx: Pick<Ctx, "db" | "orgId">, userId: string) {
  return ctx.db.rows(candidates, {
    where: sql`${candidates.email} = (select email from ${users} where org_id = ${ctx.orgId} and id = ${userId})`,
    limit: 1,
  });
}

/**
 * Joins the login of a candidate to the profile with its address: what they sent before they registered is
 * theirs from then on, and so is what they uploaded meanwhile. Where nobody knows the address yet, they become
 * known. Only for whoever has just proved that the address is theirs: anybody can register with any address.
 *
 * @param known the profile with that address, as it was read
 * @param won that this commit has the login's row
 */
export function joinProfile(ctx: Ctx, user: UserRow, known: CandidateRow | undefined, won: SQL): Joining {
  if (user.role !== "candidate" || user.candidateId !== null) return NOTHING;
  // A profile with another login is that one's: the addresses of both are the same, so this can't last.
  if (known && known.userId !== null && known.userId !== user.id) return NOTHING;
  const { email, firstName, lastName, phone } = user;
  const made = known
    ? null
    : insertCandidate(ctx, { email, firstName, lastName, phone, source: "registration", createdBy: user.id });
  const profile = known ?? made?.row;
  if (!profile) return NOTHING;
  const own = and(eq(candidates.id, profile.id), won);
  // Asked again in the batch: the profile may have been taken away or joined meanwhile.
  const still = sql<string | null>`(select id from ${candidates} where org_id = ${ctx.orgId}
    and id = ${profile.id} and user_id is null)`;
  return {
    before: made?.writes ?? [],
    set: {
      candidateId: still,
      firstName: profile.firstName,
      lastName: profile.lastName,
      phone: profile.phone ?? phone,
    },
    after: [
      ctx.db.update(
        candidates,
        {
          userId: user.id,
          ...(known ? { version: sql`${candidates.version} + 1`, updatedAt: ctx.now() } : {}),
        },
        and(own, isNull(candidates.userId)),
      ),
      ...handOver(ctx, user.id, profile.id, won),
    ],
    events: made
      ? made.events.map((one) => ({ ...one, userId: user.id }))
      : [
          event({
            type: "candidate.updated",
            entity: { type: "candidate", id: profile.id },
            userId: user.id,
            data: { candidateId: profile.id },
            detail: { fields: ["userId"] },
          }),
        ],
    audit: [
      {
        action: known ? "CANDIDATE_UPDATE" : "CANDIDATE_CREATE",
        entity: { type: "candidate", id: profile.id },
        metadata: { fields: ["userId"] },
      },
    ],
  };
}

/**
 * Gives the documents that a login kept before it was joined to a profile to that profile.
 * @param won the guard of the commit that joins them, which has written the profile's login before
 */
export function handOver(ctx: Ctx, userId: string, candidateId: string, won: SQL): Statement[] {
  const joined = sql`${won} and exists (select 1 from ${candidates} where org_id = ${ctx.orgId}
    and id = ${candidateId} and user_id = ${userId})`;
  const sent = sql`(select max(d.id) from ${documents} d where d.org_id = ${ctx.orgId}
    and d.owner_id = ${candidateId} and d.type = ${documentRequests.type} and d.uploaded_by = ${userId}
    and d.status <> 'rejected' and d.created_at >= ${documentRequests.createdAt})`;
  return [
    ctx.db.update(
      documents,
      { ownerId: candidateId, candidateId },
      and(eq(documents.ownerId, userId), joined),
    ),
    ctx.db.update(
      documentRequests,
      { status: "fulfilled", documentId: sent },
      and(
        eq(documentRequests.ownerId, candidateId),
        eq(documentRequests.status, "open"),
        sql`${sent} is not null`,
        joined,
      ),
    ),
    keepNewestCv(ctx, candidateId, joined),
  ];
}
