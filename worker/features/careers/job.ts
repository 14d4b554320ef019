import { renderGone } from "#careers/gone";
import { renderJob } from "#careers/job";
import { database } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { DomainError } from "../../lib/errors";
import { SOME } from "./list";
import { presentOpen, presentPublic, selectNewest, selectPublic } from "./open-jobs";
import { postingOf } from "./posting";
import type { KnownSite } from "./site";
import { JOBS_STYLE } from "./style";

/** There is nothing to see at a job's address: it never was, is another organization's, or is still a draft. */
export const noSuchJob = () =>
  new DomainError(
    "not-found",
    "There is no such job here. It may have been taken down, or the link is cut short.",
  );

/**
 * The page of an open job, or what is said of one that no longer is, in one round trip.
 * @param key its slug or its id
 * @throws DomainError `not-found`
 */
export async function jobPage(
  env: Env,
  { organization, site }: KnownSite,
  key: string,
  source: string | null,
  meter?: Meter,
) {
  const db = database(env, organization.id, meter);
  const [rows, newest] = await db.read(selectPublic(db, key), selectNewest(db, SOME + 1));
  const row = rows[0];
  if (!row || row.status === "draft") throw noSuchJob();
  const others = newest
    .filter(({ id }) => id !== row.id)
    .slice(0, SOME)
    .map(presentOpen);
  if (row.status !== "open") {
    const gone = renderGone(
      { site, job: { title: row.title, status: row.status }, others, source },
      JOBS_STYLE,
    );
    return { status: 410, rendered: gone };
  }
  const job = presentPublic(row);
  const found = postingOf(organization, site, job);
  const posting = "posting" in found ? found.posting : null;
  return { status: 200, rendered: renderJob({ site, job, posting, others, source }, JOBS_STYLE) };
}
