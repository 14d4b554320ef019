import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { PEOPLE_INDEX } from "../../worker/db/search";
import { jobs } from "../../worker/features/jobs/table";
import { newHiring } from "./hiring";
import { call, costOf, newOrg, type Org } from "./org";

/** Open jobs of two organizations: what reads a row of each is found here. */
const SIZES = { small: 10, large: 10_000 } as const;
const orgs = {} as Record<keyof typeof SIZES, Org>;
/** What there is to filter by: 8 departments, 12 locations, 4 types, and whether it can be done remotely. */
const VALUES = 8 + 12 + 4 + 1;

beforeAll(async () => {
  for (const [name, count] of Object.entries(SIZES)) {
    const org = await newOrg();
    const { job, recruiter } = await newHiring(org);
    const { db, orgId } = recruiter.ctx;
    const key = sql`(select search_key from ${jobs} where id = ${job.id}) - 20000 + i`;
    await db.write([
      db.sql(sql`insert into ${jobs} (id, org_id, search_key, client_id, slug, title, description, department, location,
          remote, employment_type, required_skills, nice_to_have_skills, status, priority, openings, pipeline_id, stages,
          posted_at, created_at, updated_at)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count - 1})
        select substr(id, 1, 20) || 'z' || printf('%05d', i), org_id, ${key}, client_id, 'many-' || i,
          'Support agent ' || i, 'Work.', 'Department ' || (i % 8), 'City ' || (i % 12), i % 2,
          json_extract('["full_time","part_time","contract","internship"]', '$[' || (i % 4) || ']'), '[]', '[]', 'open',
          'low', 1, 'pipe_' || org_id || i, '[]', posted_at - 60000 * i, created_at, updated_at
        from n, (select * from ${jobs} where org_id = ${orgId} and id = ${job.id})`),
      db.sql(sql`insert into ${PEOPLE_INDEX} (rowid, org, text)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count - 1})
        select ${key}, ${`${orgId.replace(/[^a-z0-9]/gi, "")}j`}, 'Support agent ' || i from n`),
    ]);
    orgs[name as keyof typeof SIZES] = org;
  }
}, 120_000);

/** What the page costs where no cache has it, the organization known; and how many jobs it names. */
async function cost(org: Org, path: string) {
  await (await call("GET", `/careers/${org.slug}/nothing-here`)).text();
  const answer = await call("GET", `/careers/${org.slug}${path}`);
  const html = await answer.text();
  expect(answer.status, path).toBe(200);
  return { ...costOf(answer), shown: html.match(/<li class="job">/g)?.length ?? 0, html };
}

const LISTS: readonly [what: string, query: string][] = [
  ["all", ""],
  ["of a department", "?department=Department+3"],
  ["of a place", "?location=City+5"],
  ["of a type", "?type=contract"],
  ["that can be done remotely", "?remote=yes"],
];

describe("the list of open jobs reads about what it shows, of 10 and of 10,000", () => {
  it.each(LISTS)("%s", async (_, query) => {
    const read: number[] = [];
    for (const org of Object.values(orgs)) {
      const found = await cost(org, query);
      expect(found.trips).toBe(1);
      expect(found.shown).toBeGreaterThan(0);
      // Each value of a filter is a step of its index, and a row of the search for the next one.
      expect(found.read).toBeLessThanOrEqual(2 * found.shown + 20 + 2 * VALUES);
      read.push(found.read - 2 * found.shown);
    }
    expect(read[1]).toBeLessThanOrEqual((read[0] ?? 0) + 10);
  });

  it("the next page, and a word that all have", async () => {
    const next = /href="\/careers\/[^"?]+(\?after=[^"]+)"/.exec((await cost(orgs.large, "")).html)?.[1];
    for (const query of [next?.replaceAll("&amp;", "&") ?? "", "?q=support"]) {
      const found = await cost(orgs.large, query);
      expect(found.trips, query).toBe(1);
      // A row of the text index besides each job.
      expect(found.read, query).toBeLessThanOrEqual(4 * 21 + 20 + 2 * VALUES);
    }
  });

  it("what one can filter by is found without reading who shares it", async () => {
    const { html } = await cost(orgs.large, "");
    for (const word of ["Department 0", "Department 7", "City 11", "Contract", "Internship", "Remote only"]) {
      expect(html).toContain(word);
    }
  });
});

it("a job's page reads the job and the few others that it names", async () => {
  for (const org of Object.values(orgs)) {
    const { trips, read, shown } = await cost(org, "/many-7");
    expect(trips).toBe(1);
    expect(read).toBeLessThanOrEqual(2 * (1 + shown) + 20);
  }
});
