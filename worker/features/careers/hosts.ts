import { eq } from "drizzle-orm";
import { directory } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { clock } from "../../lib/clock";
import { link } from "../../lib/links";
import { organizations } from "../organizations/table";

/** As long as an organization is remembered: whoever gives up a domain has left it within five seconds. */
const MEMORY_MS = 5000;
const memory = new Map<string, { slug: string | null; until: number }>();

/**
 * The short name of the organization whose own domain this is; null for the product's own host and for hosts
 * that nobody has named. Remembered for five seconds.
 */
export async function ownerOfHost(env: Env, host: string, meter?: Meter): Promise<string | null> {
  if (host === new URL(link(env, "/")).hostname) return null;
  const now = clock.now();
  const held = memory.get(host);
  if (held && held.until > now) return held.slug;
  const index = directory(env, meter);
  const [rows] = await index.read(
    index.orm.select({ slug: organizations.slug }).from(organizations).where(eq(organizations.domain, host)),
  );
  const slug = rows[0]?.slug ?? null;
  if (memory.size > 1000) memory.clear();
  memory.set(host, { slug, until: now + MEMORY_MS });
  return slug;
}

/** The start page of an organization's own domain is its careers page; null where the host is nobody's own. */
export async function ownStart(request: Request, env: Env): Promise<Response | null> {
  const { hostname } = new URL(request.url);
  // Whatever goes wrong here, the app's start page is still there.
  const slug = await ownerOfHost(env, hostname).catch(() => null);
  if (slug === null) return null;
  return new Response(null, {
    status: 302,
    headers: { location: `/careers/${slug}`, "cache-control": "no-store" },
  });
}
