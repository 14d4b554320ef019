import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { link } from "../../lib/links";
import { element } from "../../lib/xml";
import { jobs } from "../jobs/table";
import { organizations } from "../organizations/table";
import { careersHome } from "./site";

/** Addresses of one sitemap at most (https://www.sitemaps.org/protocol.html). */
export const MOST_ADDRESSES = 50_000;
/** Rows of one round trip. */
const CHUNK = 5000;

/** Whose pages a sitemap lists: one organization's, or those of all that have no domain of their own. */
export type Listed = { slug: string } | "all";

const NAMESPACE = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`;
const HEAD = `<?xml version="1.0" encoding="UTF-8"?>\n`;

const which = (listed: Listed) =>
  listed === "all" ? isNull(organizations.domain) : eq(organizations.slug, listed.slug);

/** A word that changes with whatever the sitemap shows. */
export async function sitemapVersion(env: Env, listed: Listed, meter?: Meter): Promise<string> {
  const index = directory(env, meter);
  const [rows] = await index.read(
    index.orm
      .select({
        count: sql<number>`count(*)`,
        versions: sql<number>`coalesce(sum(${organizations.careersVersion}), 0)`,
      })
      .from(organizations)
      .where(which(listed)),
  );
  return `${rows[0]?.count ?? 0}-${rows[0]?.versions ?? 0}`;
}

interface Entry {
  address: string;
  /** Milliseconds since 1970. */
  changedAt: number;
}

/**
 * The sitemap of a host: the lists of jobs and the open jobs. Where these are too many for one file it names a
 * sitemap for each organization, whose newest jobs are in it.
 * @param most addresses in one file
 */
export async function sitemapOf(
  env: Env,
  listed: Listed,
  { most = MOST_ADDRESSES, meter }: { most?: number; meter?: Meter } = {},
): Promise<string> {
  const homes = await listHomes(env, listed, most, meter);
  const entries: Entry[] = homes.map(({ address, changedAt }) => ({ address, changedAt }));
  const whole = await addJobs(env, listed, homes, entries, most, meter);
  if (whole || listed !== "all") {
    const urls = entries.slice(0, most).map((entry) => `<url>${entryXml(entry)}</url>\n`);
    return `${HEAD}<urlset ${NAMESPACE}>\n${urls.join("")}</urlset>\n`;
  }
  const files = homes.map(
    ({ address, changedAt }) =>
      `<sitemap>${entryXml({ address: `${address}/sitemap.xml`, changedAt })}</sitemap>\n`,
  );
  return `${HEAD}<sitemapindex ${NAMESPACE}>\n${files.join("")}</sitemapindex>\n`;
}

const entryXml = ({ address, changedAt }: Entry) =>
  element("loc", address) + element("lastmod", new Date(changedAt).toISOString());

type Home = Entry & { id: string };

async function listHomes(env: Env, listed: Listed, most: number, meter?: Meter): Promise<Home[]> {
  const index = directory(env, meter);
  const [rows] = await index.read(
    index.orm
      .select({
        id: organizations.id,
        slug: organizations.slug,
        domain: organizations.domain,
        changedAt: organizations.updatedAt,
      })
      .from(organizations)
      .where(which(listed))
      .orderBy(asc(organizations.id))
      .limit(most),
  );
  return rows.map((row) => ({ id: row.id, address: careersHome(env, row), changedAt: row.changedAt }));
}

/** Adds the open jobs of those organizations. @returns false where they are more than a file may hold */
async function addJobs(
  env: Env,
  listed: Listed,
  homes: Home[],
  entries: Entry[],
  most: number,
  meter?: Meter,
): Promise<boolean> {
  const index = directory(env, meter);
  const addresses = new Map(homes.map(({ id, address }) => [id, address]));
  const only = listed === "all" ? undefined : eq(jobs.orgId, homes[0]?.id ?? "");
  for (let after = { org: "", at: 0, id: "" }; ; ) {
    // The partial index is in this order, backwards; `+` would lose it.
    const [rows] = await index.read(
      index.orm
        .select({
          id: jobs.id,
          orgId: jobs.orgId,
          slug: jobs.slug,
          at: jobs.postedAt,
          changedAt: jobs.updatedAt,
        })
        .from(jobs)
        .where(
          and(
            sql`${jobs.status} = 'open'`,
            only,
            after.org === ""
              ? undefined
              : sql`(${jobs.orgId}, ${jobs.postedAt}, ${jobs.id}) < (${after.org}, ${after.at}, ${after.id})`,
          ),
        )
        .orderBy(sql`${jobs.orgId} desc, ${jobs.postedAt} desc, ${jobs.id} desc`)
        .limit(CHUNK),
    );
    for (const { orgId, slug, changedAt } of rows) {
      const home = addresses.get(orgId);
      if (home !== undefined) entries.push({ address: `${home}/${slug}`, changedAt });
    }
    if (entries.length > most) return false;
    const last = rows.length === CHUNK ? rows.at(-1) : undefined;
    if (!last) return true;
    after = { org: last.orgId, at: last.at ?? 0, id: last.id };
  }
}

/** What robots may read, and where the sitemap is. @param host of the request's own address */
export function robotsOf(env: Env, ownHost: string | null): string {
  const origin = ownHost === null ? new URL(link(env, "/")).origin : `https://${ownHost}`;
  return [
    "User-agent: *",
    "Disallow: /api/",
    "Disallow: /status/",
    "Disallow: /dev/",
    "",
    `Sitemap: ${origin}/sitemap.xml`,
    "",
  ].join("\n");
}
