import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import { jobs } from "./table";

const LONGEST = 80;
/** Letters that are no letter with a mark. */
const FOLDED: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** The words of a title for an address: small ASCII letters, digits and `-`; `job` where none remain. */
export function slugOf(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => FOLDED[letter] ?? "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, LONGEST)
    .replace(/-$/, "");
  return plain || "job";
}

/** What stands beside the jobs under an organization's public address. */
const RESERVED = ["logo"];

/** The first of `base`, `base-2`, `base-3` and so on that nobody has and that means nothing else. */
export function freeSlug(base: string, taken: readonly string[]): string {
  const known = new Set([...RESERVED, ...taken]);
  let slug = base;
  for (let nth = 2; known.has(slug); nth++) slug = `${base}-${nth}`;
  return slug;
}

/** Slugs that are `base`, or begin with it, a `-` and a digit. */
export function selectSlugs(ctx: Ctx, base: string | SQL) {
  // Of what a slug is made of only `-` stands before the digits and only letters after `:`.
  return ctx.db.select({ slug: jobs.slug }, jobs, {
    where: sql`${jobs.slug} >= ${base} and ${jobs.slug} < ${base} || '-:'`,
  });
}

/** A slug without the number that made it unique, as SQL of a slug and in our own words. */
export const bareSlugOf = (slug: SQL) => sql`rtrim(rtrim(${slug}, '0123456789'), '-')`;
export const bareSlug = (slug: string) => slug.replace(/-?\d+$/, "");
