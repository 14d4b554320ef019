import { sql } from "drizzle-orm";
import { createApplication } from "../../applications/create";
import type { CandidateRow } from "../../candidates/candidates";
import { createCandidate } from "../../candidates/create";
import { candidates } from "../../candidates/table";
import { updateCandidate } from "../../candidates/update";
import { find, type Known } from "../find";
import { Overtaken, Unclear } from "../outcomes";
import type { ProfileData } from "../portal-data";
import type { Ride } from "../ride";
import { freeWaiting } from "../waiting";

/** The profile as our verbs take it: without their id, and of a name only what they sent. */
function fieldsOf({ externalId: _, email: __, ...fields }: ProfileData["candidate"]) {
  return fields;
}

/**
 * Takes over somebody's profile: whoever is known by the portal's id or else by their address is changed by what
 * was sent, anybody else is new. Where a job is named, they also stand in its pipeline afterwards.
 */
export async function takeProfile(ride: Ride, data: ProfileData): Promise<void> {
  const found = await find(ride, data);
  if (found.person) await changeKnown(ride, data, found, found.person);
  else await takeIn(ride, data, found);
}

async function takeIn(ride: Ride, data: ProfileData, { job }: Known): Promise<void> {
  const { ctx, source } = ride;
  const { email, externalId } = data.candidate;
  if (email === undefined) {
    throw new Unclear("Nobody here has this external id, and to take somebody in it needs candidate.email.");
  }
  const fields = fieldsOf(data.candidate);
  if (fields.firstName === undefined && fields.name === undefined) {
    throw new Unclear("This person is new here, and to take them in it needs a name: candidate.firstName.");
  }
  const theirId = sql`(select id from ${candidates} where org_id = ${ctx.orgId} and email = ${email})`;
  ride.result = { candidateId: theirId };
  ride.link("candidate", externalId, theirId);
  ride.subjects = [sql`'profile:' || ${theirId}`];
  ride.with((guard) => [freeWaiting(ctx, source.id, [email, externalId], guard)]);
  const person = { source: source.name, ...fields, email };
  if (!job) {
    await createCandidate(ctx, person);
    return;
  }
  ride.result.jobId = job.id;
  await createApplication(
    ctx,
    { job: job.id, candidateData: person, formAnswers: {}, source: source.name },
    () => null,
  );
}

async function changeKnown(ride: Ride, data: ProfileData, found: Known, person: CandidateRow): Promise<void> {
  const { ctx, source } = ride;
  const { email, externalId } = data.candidate;
  ride.result = { candidateId: person.id };
  ride.link("candidate", externalId, person.id);
  ride.subjects = [`profile:${person.id}`];
  ride.with((guard) => [freeWaiting(ctx, source.id, [email, externalId], guard)]);
  const change: Parameters<typeof updateCandidate>[2] = fieldsOf(data.candidate);
  if (email !== undefined && email !== person.email) {
    if (person.userId === null) change.email = email;
    // Else whoever reads the new mailbox could ask there for a new password.
    else ride.note = "The e-mail address was left as it is: it is how this person logs in.";
  }
  const applies = found.job && !found.standings.some(({ jobId }) => jobId === found.job?.id);
  if (!applies || !found.job) {
    await updateCandidate(ctx, person.id, change);
    return;
  }
  if (await ride.overtaken()) throw new Overtaken();
  // Two commits: the first does nothing when it is done again, the second carries the mark.
  await updateCandidate({ ...ctx, rider: undefined }, person.id, change);
  ride.result.jobId = found.job.id;
  await createApplication(
    ctx,
    { job: found.job.id, candidateId: person.id, formAnswers: {}, source: source.name },
    () => null,
  );
}
