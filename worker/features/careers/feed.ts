import { descriptionHtml } from "#careers/description";
import { localeOf, salaryWords } from "#careers/facts";
import { database, type OrgDatabase } from "../../db/database";
import type { Meter } from "../../db/meter";
import type { Env } from "../../env";
import { element } from "../../lib/xml";
import type { EmploymentType } from "../jobs/words";
import { type Position, presentPublic, selectWhole, type WholeRow } from "./open-jobs";
import { placeOf } from "./place";
import type { KnownSite } from "./site";

/** Jobs of one round trip: a description has 50 kB at most. */
const CHUNK = 100;

const TYPES: Record<EmploymentType, string> = {
  full_time: "fulltime",
  part_time: "parttime",
  contract: "contract",
  internship: "internship",
};

/**
 * All open jobs for job boards, newest first, in the XML that Indeed began and most boards read. It is written
 * while it is read, so that it may be of any length.
 */
export function feedOf(env: Env, known: KnownSite, meter?: Meter): Response {
  const db = database(env, known.organization.id, meter);
  const parts = feedParts(db, known);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (stream) => {
      const { value, done } = await parts.next();
      if (done) stream.close();
      else stream.enqueue(encoder.encode(value));
    },
  });
  return new Response(body, { headers: { "content-type": "application/xml; charset=utf-8" } });
}

async function* feedParts(db: OrgDatabase, known: KnownSite): AsyncGenerator<string> {
  const { site } = known;
  let after: Position | null = null;
  for (let first = true; first || after !== null; first = false) {
    const rows: WholeRow[] = (await db.read(selectWhole(db, after, CHUNK)))[0];
    if (first) {
      const built = new Date(rows[0]?.postedAt ?? known.organization.createdAt).toUTCString();
      yield `<?xml version="1.0" encoding="UTF-8"?>\n<source>\n${element("publisher", site.name)}${element("publisherurl", site.home)}${element("lastBuildDate", built)}\n`;
    }
    for (const row of rows) yield jobEntry(known, row);
    const last: WholeRow | undefined = rows.length === CHUNK ? rows.at(-1) : undefined;
    after = last ? { at: last.postedAt ?? 0, id: last.id } : null;
  }
  yield "</source>\n";
}

function jobEntry({ organization, site }: KnownSite, row: WholeRow): string {
  const job = presentPublic(row);
  const place = placeOf(job.location, organization.brand.country ?? null, localeOf(site.language));
  const fields = [
    element("title", job.title),
    element("date", job.postedAt === null ? null : new Date(job.postedAt).toUTCString()),
    element("referencenumber", job.id),
    element("url", `${site.home}/${job.slug}`),
    element("company", organization.name),
    // Where the country can't be told, the words that were written are all there is.
    element("city", place ? place.locality : job.location),
    element("state", place?.region ?? null),
    element("country", place?.country ?? null),
    element("remotetype", job.remote ? "Fully remote" : null),
    element("description", descriptionHtml(job.description)),
    element("salary", salaryWords(job, site.language)),
    element("jobtype", TYPES[job.employmentType]),
    element("category", job.department),
  ];
  return `<job>\n${fields.filter(Boolean).join("\n")}\n</job>\n`;
}
