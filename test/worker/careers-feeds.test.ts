import { beforeAll, describe, expect, it } from "vitest";
import { sitemapOf } from "../../worker/features/careers/sitemap";
import { clock } from "../../worker/lib/clock";
import { newHiring } from "./hiring";
import { call, json, newOrg, type Org, type Person, worker } from "./org";

interface Element {
  name: string;
  children: Element[];
  text: string;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** A strict reader of the XML that we write: elements and text; anything else is an error. */
function readXml(xml: string): Element {
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const root: Element = { name: "", children: [], text: "" };
  const open = [root];
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, "");
  expect(body.length).toBeLessThan(xml.length);
  for (const [token] of body.matchAll(/<[^>]*>|[^<]+/g)) {
    const at = open.at(-1) as Element;
    const [, slash, name = ""] = /^<(\/?)([a-zA-Z]+)(?: xmlns="[^"<]*")?>$/.exec(token) ?? [];
    if (!token.startsWith("<")) {
      expect(token, "a bare sign").not.toMatch(/&(?!(?:amp|lt|gt|quot|apos);)|>/);
      at.text += token.replace(/&(\w+);/g, (_, entity: string) => ENTITIES[entity] ?? "");
    } else if (slash === "") {
      const element = { name, children: [], text: "" };
      at.children.push(element);
      open.push(element);
    } else if (slash === "/" && name === at.name) open.pop();
    else throw new Error(`Not our XML: ${token}`);
  }
  expect(open).toHaveLength(1);
  return root.children[0] as Element;
}

const textOf = ({ children }: Element, name: string) => children.find((child) => child.name === name)?.text;
const all = ({ children }: Element, name: string) => children.filter((child) => child.name === name);

interface Desk {
  org: Org;
  recruiter: Person;
  admin: Person;
  make(fields: Record<string, unknown>): Promise<{ id: string; slug: string }>;
}

async function newDesk(): Promise<Desk> {
  const org = await newOrg();
  const { recruiter, admin, clientId, job } = await newHiring(org);
  const ask = (method: string, path: string, body: unknown) =>
    call(method, path, { token: recruiter.token, json: body });
  await json(await ask("PATCH", `/api/jobs/${job.id}`, { status: "closed" }), 200);
  return {
    org,
    recruiter,
    admin,
    make: async (fields) =>
      await json(await ask("POST", "/api/jobs", { clientId, title: "A job", ...fields }), 201),
  };
}

async function read(url: string, status = 200) {
  clock.advance(5001);
  const answer = await call("GET", url);
  const text = await answer.text();
  expect(answer.status, text.slice(0, 200)).toBe(status);
  return { text, headers: answer.headers };
}

let desk: Desk;
beforeAll(async () => {
  desk = await newDesk();
});

describe("the feed for job boards", () => {
  it("has every open job with what boards ask for, and nothing that breaks XML", async () => {
    await desk.make({
      title: "Chef & <baker>]]>",
      department: "Kitchen",
      location: "Lyon, Rhône, France",
      employmentType: "part_time",
      salaryMin: 3_000_000,
      salaryMax: 3_600_000,
      salaryCurrency: "EUR",
      description: "Cook.\u000b\u0000\n\n- Well & <b>often</b>",
    });
    await desk.make({ title: "Draft", status: "draft" });
    const { text, headers } = await read(`/careers/${desk.org.slug}/feed.xml`);
    expect(headers.get("content-type")).toBe("application/xml; charset=utf-8");
    const source = readXml(text);
    expect(source.name).toBe("source");
    expect(textOf(source, "publisherurl")).toBe(`https://portico.test/careers/${desk.org.slug}`);
    const jobs = all(source, "job");
    expect(jobs).toHaveLength(1);
    const [job] = jobs as [Element];
    expect(Object.fromEntries(job.children.map(({ name, text: its }) => [name, its]))).toMatchObject({
      title: "Chef & <baker>]]>",
      city: "Lyon",
      state: "Rhône",
      country: "FR",
      jobtype: "parttime",
      category: "Kitchen",
      salary: "€30,000 – €36,000 a year",
      description: "<p>Cook.</p><ul><li>Well &amp; &lt;b>often&lt;/b></li></ul>",
    });
    for (const name of ["date", "referencenumber", "url", "company"])
      expect(textOf(job, name), name).toBeTruthy();
  });

  it("goes on past one read", async () => {
    const own = await newDesk();
    const { id } = await own.make({ title: "One of many" });
    await worker.DB.prepare(`insert into jobs (id, org_id, search_key, client_id, slug, title, description, remote,
        employment_type, required_skills, nice_to_have_skills, status, priority, openings, pipeline_id, stages,
        posted_at, created_at, updated_at)
      with n(i) as (select 1 union all select i + 1 from n where i < 250)
      select substr(id, 1, 20) || 'z' || printf('%05d', i), org_id, search_key + i, client_id, 'many-' || i, 'Many ' || i,
        '', 0, employment_type, '[]', '[]', 'open', 'low', 1, 'pipe_' || org_id || i, '[]', posted_at, created_at, updated_at
      from n, (select * from jobs where id = ?1)`)
      .bind(id)
      .run();
    const jobs = all(readXml((await read(`/careers/${own.org.slug}/feed.xml`)).text), "job");
    expect(jobs).toHaveLength(251);
    expect(new Set(jobs.map((job) => textOf(job, "referencenumber"))).size).toBe(251);
  });
});

describe("the sitemap", () => {
  const addresses = (xml: string) => readXml(xml).children.map((url) => textOf(url, "loc"));

  it("has the lists and open jobs of all organizations, and changes with them", async () => {
    const other = await newDesk();
    const job = await other.make({ title: "On the map" });
    const draft = await other.make({ title: "Not on it", status: "draft" });
    const { text } = await read("/sitemap.xml");
    const found = addresses(text);
    expect(readXml(text).name).toBe("urlset");
    const home = `https://portico.test/careers/${other.org.slug}`;
    expect(found).toContain(home);
    expect(found).toContain(`${home}/${job.slug}`);
    expect(found).toContain(`https://portico.test/careers/${desk.org.slug}`);
    expect(found).not.toContain(`${home}/${draft.slug}`);
    expect(new Set(found).size).toBe(found.length);
    await json(
      await call("PATCH", `/api/jobs/${job.id}`, {
        token: other.recruiter.token,
        json: { status: "filled" },
      }),
      200,
    );
    expect(addresses((await read("/sitemap.xml")).text)).not.toContain(`${home}/${job.slug}`);
  });

  it("is split by organization where it would be too long", async () => {
    const own = await newDesk();
    for (let i = 0; i < 4; i++) await own.make({ title: `Job ${i}` });
    const whole = await sitemapOf(worker, "all", { most: 4 });
    expect(readXml(whole).name).toBe("sitemapindex");
    expect(addresses(whole)).toHaveLength(4);
    expect(addresses(await sitemapOf(worker, "all", { most: 1000 }))).toContain(
      `https://portico.test/careers/${own.org.slug}/job-3`,
    );
    const part = await read(`/careers/${own.org.slug}/sitemap.xml`);
    expect(addresses(part.text)).toHaveLength(5);
    expect(addresses(await sitemapOf(worker, { slug: own.org.slug }, { most: 3 }))).toHaveLength(3);
  });
});

describe("an organization's own domain", () => {
  it("begins with its jobs, lists its own alone, and shows nobody else's", async () => {
    const own = await newDesk();
    const job = await own.make({ title: "At home", description: "Stay.", location: "Oslo, Norway" });
    const change = async (fields: object) =>
      await json(await call("PATCH", "/api/organization", { token: own.admin.token, json: fields }), 200);
    await change({ domain: "jobs.at-home.test" });
    const host = "https://jobs.at-home.test";
    const path = `/careers/${own.org.slug}`;

    clock.advance(5001);
    const start = await call("GET", `${host}/`);
    expect([start.status, start.headers.get("location")]).toEqual([302, path]);
    expect((await call("GET", `${host}/careers`)).headers.get("location")).toBe(path);
    const { text: page } = await read(`${host}${path}/${job.slug}`);
    expect(page).toContain(`<link rel="canonical" href="${host}${path}/${job.slug}"/>`);
    expect(page).toContain(`"url":"${host}${path}/${job.slug}"`);
    const own404 = await read(`${host}/careers/${desk.org.slug}`, 404);
    expect(own404.text).not.toContain("Chef");
    await read(`${host}/careers/${desk.org.slug}/feed.xml`, 404);

    expect(addressesOf((await read(`${host}/sitemap.xml`)).text)).toEqual([
      `${host}${path}`,
      `${host}${path}/${job.slug}`,
    ]);
    expect((await read(`${host}/robots.txt`)).text).toContain(`Sitemap: ${host}/sitemap.xml`);
    // What another host lists can't be vouched for there.
    expect((await read("/sitemap.xml")).text).not.toContain("at-home");

    await change({ domain: null });
    clock.advance(5001);
    const gone = await call("GET", `${host}/`);
    expect(gone.status).not.toBe(302);
    await gone.text();
  });

  it("of nobody is the product's own start, and so is the product's host", async () => {
    for (const host of ["https://portico.test", "https://elsewhere.test"]) {
      const start = await call("GET", `${host}/`);
      expect(start.headers.get("location")).toBeNull();
      await start.text();
    }
    const { text, headers } = await read("/robots.txt");
    expect(headers.get("content-type")).toContain("text/plain");
    expect(text).toContain("Sitemap: https://portico.test/sitemap.xml");
    expect(text).toContain("Disallow: /api/");
    expect(text).not.toContain("Disallow: /careers");
  });

  const addressesOf = (xml: string) => readXml(xml).children.map((url) => textOf(url, "loc"));
});
