import { eq } from "drizzle-orm";
import type { Site } from "#careers/document";
import { directory } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { clock } from "../../lib/clock";
import { notFound } from "../../lib/errors";
import { link } from "../../lib/links";
import { logoPath } from "../organizations/organizations";
import { organizations } from "../organizations/table";

type Organization = typeof organizations.$inferSelect;

export interface KnownSite {
  organization: Organization;
  site: Site;
}

/** How long a change may go unseen; the cached pages follow from what is found here. */
const MEMORY_MS = 5000;
const memory = new Map<string, { known: KnownSite | null; until: number }>();

/**
 * The organization whose pages have this short name, as those pages show it. Remembered for five seconds.
 * @param again true to look again whatever is remembered
 * @throws DomainError `not-found`
 */
export async function siteOf(env: Env, slug: string, meter?: Meter, again = false): Promise<KnownSite> {
  if (!/^[a-z0-9-]{1,60}$/.test(slug)) throw notFound("organization");
  const now = clock.now();
  const held = again ? undefined : memory.get(slug);
  if (held && held.until > now) {
    if (held.known) return held.known;
    throw notFound("organization");
  }
  const index = directory(env, meter);
  const [rows] = await index.read(
    index.orm.select().from(organizations).where(eq(organizations.slug, slug)).limit(1),
  );
  const organization = rows[0];
  const known = organization ? { organization, site: presentSite(env, organization) } : null;
  if (memory.size > 1000) memory.clear();
  memory.set(slug, { known, until: now + MEMORY_MS });
  if (!known) throw notFound("organization");
  return known;
}

/** The address of an organization's pages: its own domain where it has one. */
export function careersHome(env: Env, organization: Pick<Organization, "slug" | "domain">): string {
  const path = `/careers/${organization.slug}`;
  return organization.domain ? `https://${organization.domain}${path}` : link(env, path);
}

/** An organization as its public pages show it. */
export function presentSite(env: Env, organization: Organization): Site {
  const { name, slug, brand, languages, privacy } = organization;
  return {
    name,
    slug,
    home: careersHome(env, organization),
    accent: brand.accent,
    headline: brand.headline ?? null,
    about: brand.about,
    logo: logoPath(organization),
    language: languages[0] ?? "en",
    privacy,
  };
}
