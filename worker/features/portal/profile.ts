import { sql } from "drizzle-orm";
import { type Ctx, userOf } from "../../events/context";
import { DomainError } from "../../lib/errors";
import { presentCandidate } from "../candidates/candidates";
import type { Candidate } from "../candidates/schema";
import { candidates } from "../candidates/table";
import { updateCandidate } from "../candidates/update";
import { ownProfileId } from "./own-applications";
import type { OwnProfile, OwnProfileChange } from "./schema";

/** What a candidate sees of their own profile. */
function presentProfile(row: Candidate): OwnProfile {
  const { id, name, firstName, lastName, email, phone, address, city, country } = row;
  const { linkedinUrl, portfolioUrl, links, currentRole, currentCompany, summary } = row;
  const { skills, languages, certifications, experienceYears, experience, education } = row;
  const { version, createdAt, updatedAt } = row;
  return {
    ...{ id, name, firstName, lastName, email, phone, address, city, country },
    ...{ linkedinUrl, portfolioUrl, links, currentRole, currentCompany, summary },
    ...{ skills, languages, certifications, experienceYears, experience, education },
    ...{ version, createdAt, updatedAt },
  };
}

const unproved = () =>
  new DomainError(
    "not-found",
    "Confirm your e-mail address first: the link is in the mail that we sent you. Your profile is shown then.",
  );

/** The caller's own profile. @throws DomainError `not-found` before the address is proved */
export async function getOwnProfile(ctx: Ctx): Promise<OwnProfile> {
  const [rows] = await ctx.db.read(
    ctx.db.rows(candidates, { where: sql`${candidates.id} = ${ownProfileId(ctx)}` }),
  );
  if (!rows[0]) throw unproved();
  return presentProfile(presentCandidate(rows[0]));
}

/**
 * Changes the caller's own profile.
 * @throws DomainError `not-found` before the address is proved; `outdated`, `conflict` with the profile as it
 * stands, without what the team keeps of it
 */
export async function updateOwnProfile(
  ctx: Ctx,
  change: OwnProfileChange,
  ifVersion?: number,
): Promise<OwnProfile> {
  const { candidateId } = userOf(ctx);
  if (candidateId === null) throw unproved();
  try {
    return presentProfile(await updateCandidate(ctx, candidateId, change, ifVersion));
  } catch (error) {
    if (!(error instanceof DomainError) || error.extra.current === undefined) throw error;
    const current = presentProfile(error.extra.current as Candidate);
    throw new DomainError(error.code, error.message, { ...error.extra, current });
  }
}
