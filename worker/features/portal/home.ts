import { desc, eq } from "drizzle-orm";
import { type Ctx, userOf } from "../../events/context";
import { events } from "../../events/table";
import { DomainError } from "../../lib/errors";
import { selectOpenRequests, selectOwnDocuments } from "../documents/own";
import { documentTypes } from "../documents/table";
import { presentForCandidate, selectForCandidate } from "../interviews/for-candidate";
import { users } from "../users/table";
import { nextStep } from "./next-step";
import { ownProfileId, presentOwn, selectOwn } from "./own-applications";
import type { CandidateHome } from "./schema";

/** Everything that a candidate's first screen shows, in one round trip. */
export async function getCandidateHome(ctx: Ctx): Promise<CandidateHome> {
  const { id } = userOf(ctx);
  const whose = ownProfileId(ctx);
  const [rows, order, steps, orgs, rounds, people, busy, docs, requests, types, logins, newest] =
    await ctx.db.read(
      ...selectOwn(ctx),
      ...selectForCandidate(ctx, whose, "candidate_id"),
      selectOwnDocuments(ctx, whose),
      selectOpenRequests(ctx, whose),
      ctx.db.rows(documentTypes),
      ctx.db.select({ email: users.email, candidateId: users.candidateId }, users, {
        where: eq(users.id, id),
      }),
      // Where the person's own channel stands, which is what the screen goes on from.
      ctx.db.select({ seq: events.seq }, events, {
        where: eq(events.userId, id),
        orderBy: desc(events.seq),
        limit: 1,
      }),
    );
  const login = logins[0];
  if (!login) throw new DomainError("unauthenticated", "Your account is gone. Log in again.");
  const applications = rows.map((row) => {
    const { history: _, ...shown } = presentOwn(ctx, row, order, steps, orgs[0]?.slug ?? "");
    return shown;
  });
  const interviews = presentForCandidate(ctx, rounds, people, busy).flatMap((round, i) => {
    const applicationId = rounds[i]?.applicationId ?? "";
    const of = applications.find((one) => one.id === applicationId);
    const comes = round.state === "choose" || round.state === "booked";
    return of && comes ? [{ ...round, applicationId, jobTitle: of.job.title }] : [];
  });
  const confirmed = login.candidateId !== null;
  const organization = orgs[0]?.name ?? "";
  return {
    confirmed,
    seq: newest[0]?.seq ?? 0,
    applications,
    interviews,
    ...nextStep({
      confirmed,
      email: login.email,
      organization,
      applications,
      interviews,
      docs,
      types,
      requests,
    }),
  };
}
