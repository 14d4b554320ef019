import { beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../worker/features/jobs/schema";
import { clock } from "../../worker/lib/clock";
import { newHiring } from "./hiring";
import { call, costOf, json, newOrg, type Org, type Person } from "./org";

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)> "'&`;

interface Desk {
  org: Org;
  recruiter: Person;
  admin: Person;
  make(fields: Record<string, unknown>): Promise<Job>;
  change(job: Job, fields: Record<string, unknown>): Promise<Job>;
  brand(fields: Record<string, unknown>): Promise<void>;
}

async function newDesk(): Promise<Desk> {
  const org = await newOrg();
  const { recruiter, admin, clientId, job } = await newHiring(org);
  await json(
    await call("PATCH", `/api/jobs/${job.id}`, { token: recruiter.token, json: { status: "closed" } }),
    200,
  );
  return {
    org,
    recruiter,
    admin,
    make: async (fields) =>
      await json<Job>(
        await call("POST", "/api/jobs", {
          token: recruiter.token,
          json: { clientId, title: "A job", ...fields },
        }),
        201,
      ),
    change: async (job, fields) =>
      await json<Job>(
        await call("PATCH", `/api/jobs/${job.id}`, { token: recruiter.token, json: fields }),
        200,
      ),
    brand: async (fields) => {
      await json(await call("PATCH", "/api/organization", { token: admin.token, json: fields }), 200);
    },
  };
}

/** A page, read after the organization was forgotten, as it is after five seconds. */
async function read(path: string, status = 200, headers: Record<string, string> = {}) {
  clock.advance(5001);
  const answer = await call("GET", path, { headers });
  const html = await answer.text();
  expect(answer.status, `${path}: ${html.slice(0, 400)}`).toBe(status);
  return { html, headers: answer.headers };
}

const titles = (html: string) =>
  [...html.matchAll(/<li class="job"><h\d dir="auto"><a [^>]*>([^<]*)</g)].map(([, title]) => title);

let desk: Desk;
let home: string;
beforeAll(async () => {
  desk = await newDesk();
  home = `/careers/${desk.org.slug}`;
  await desk.make({
    title: "Night nurse",
    department: "Care",
    location: "Leeds, UK",
    requiredSkills: ["Triage"],
  });
  await desk.make({
    title: "Baker",
    department: "Kitchen",
    location: "Lyon, France",
    employmentType: "part_time",
  });
  await desk.make({ title: "Écrivain", department: "Words", remote: true, employmentType: "contract" });
});

describe("the list of open jobs", () => {
  it("is readable without a script, newest posting first, and light", async () => {
    const draft = await desk.make({ title: "Opened late", status: "draft" });
    await desk.make({ title: "Made after it" });
    clock.advance(1000);
    await desk.change(draft, { status: "open" });
    const { html, headers } = await read(home);
    expect(titles(html)).toEqual(["Opened late", "Made after it", "Écrivain", "Baker", "Night nurse"]);
    expect(html).not.toMatch(/<script(?! type="application\/ld\+json")/);
    expect(html).not.toMatch(/ style="/);
    expect(html).toContain(`<link rel="canonical" href="https://portico.test${home}"/>`);
    expect(headers.get("content-security-policy")).toContain("style-src 'sha256-");
    expect(headers.get("set-cookie")).toBeNull();
    for (const title of ["Opened late", "Made after it"]) {
      const job = (
        await json<{ data: Job[] }>(
          await call("GET", `/api/jobs?q=${encodeURIComponent(title)}`, { token: desk.recruiter.token }),
          200,
        )
      ).data[0] as Job;
      await desk.change(job, { status: "closed" });
    }
  });

  it("stays under 20 kB with a full page of jobs", async () => {
    const own = await newDesk();
    for (let i = 0; i < 23; i++) {
      await own.make({
        title: `Senior customer support specialist ${i}`,
        department: `Customer operations ${i % 4}`,
        location: `Manchester ${i % 5}, United Kingdom`,
        salaryMin: 3_000_000 + i,
        salaryMax: 4_000_000,
        salaryCurrency: "GBP",
      });
    }
    const { html } = await read(`/careers/${own.org.slug}`);
    expect(titles(html)).toHaveLength(20);
    expect(new TextEncoder().encode(html).byteLength).toBeLessThan(20_000);
    const next = /href="([^"]+after=[^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await read(next);
    expect(titles(second.html)).toHaveLength(3);
    expect(titles(second.html).filter((title) => titles(html).includes(title))).toEqual([]);
    expect(second.html).toContain('<meta name="robots" content="noindex"/>');
  });

  it.each([
    ["?q=nurs", ["Night nurse"]],
    ["?q=ecri", ["Écrivain"]],
    ["?q=leeds", ["Night nurse"]],
    ["?q=triage+night", ["Night nurse"]],
    ["?q=kitchen", ["Baker"]],
    ["?department=Care", ["Night nurse"]],
    ["?location=Lyon%2C+France", ["Baker"]],
    ["?type=contract", ["Écrivain"]],
    ["?remote=yes", ["Écrivain"]],
    ["?q=baker&type=part_time&department=&location=&remote=", ["Baker"]],
  ])("finds %s", async (query, found) => {
    expect(titles((await read(home + query)).html)).toEqual(found);
  });

  it("says what else is open where nothing matches", async () => {
    const { html } = await read(`${home}?q=astronaut`);
    expect(html).toContain("No open job matches.");
    expect(html).toContain("What else is open");
    expect(titles(html)).toEqual(["Écrivain", "Baker", "Night nurse"]);
    expect(html).toContain('value="astronaut"');
  });

  it("doesn't tell for whom a job is", async () => {
    const { html } = await read(`${home}?q=nordwind`);
    expect(html).toContain("No open job matches.");
    expect((await read(`${home}?q=nordwind+baker`)).html).toContain("No open job matches.");
    expect((await read(home)).html.toLowerCase().replaceAll("q=nordwind", "")).not.toContain("nordwind");
  });

  it("takes any query for what it can mean", async () => {
    for (const query of [
      "?after=x",
      "?after=99999999999999999999",
      "?after=1-job_%00",
      "?type=king",
      "?remote=1",
      `?q=${"a".repeat(5000)}`,
      "?q=%22%20OR%20*%20NEAR(",
      "?q=%F0%9F%92%A9",
      "?q=%ED%A0%80",
      "?q=-----",
      "?q[]=x&q=y",
      "?location=%27%20or%201%3D1",
      "?utm_source=%3Cb%3E",
    ]) {
      const { html } = await read(home + query);
      expect(html).not.toContain("<b>");
    }
    expect(titles((await read(`${home}?after=5&q=`)).html)).toHaveLength(3);
  });

  it("carries along where its reader came from", async () => {
    const { html } = await read(`${home}?utm_source=job%20board`);
    expect(html).toContain('name="source" value="job board"');
    const job = /href="([^"]+night-nurse[^"]*)"/.exec(html)?.[1] ?? "";
    expect(job).toBe(`${home}/night-nurse?source=job%20board`);
    expect((await read(job)).html).toContain(`${home}/night-nurse/apply?source=job%20board"`);
  });

  it("answers HEAD, and 304 to whoever has it", async () => {
    const { headers } = await read(home);
    expect(headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    const head = await call("HEAD", home);
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const etag = headers.get("etag") ?? "";
    expect(head.headers.get("etag")).toBe(etag);
    const again = await read(home, 304, { "if-none-match": etag });
    expect(again.html).toBe("");
  });

  it("of nobody is a 404 in words, and of an organization without jobs says so", async () => {
    for (const slug of ["nobody-here", "..%2F", "%00", "a".repeat(300), "NOBODY"]) {
      expect((await read(`/careers/${slug}`, 404)).html).toContain("There is no such page");
    }
    const empty = await newOrg();
    expect((await read(`/careers/${empty.slug}`)).html).toContain("There is no open job at the moment.");
    const slash = await call("GET", `${home}/`);
    expect([slash.status, new URL(slash.headers.get("location") ?? "").pathname]).toEqual([301, home]);
  });
});

describe("a job's page", () => {
  it("shows all that is known, in the organization's numbers and dates", async () => {
    await desk.brand({ languages: ["de"] });
    const job = await desk.make({
      title: "Köchin",
      location: "Köln",
      remote: true,
      salaryMin: 6_000_000,
      salaryMax: 7_550_000,
      salaryCurrency: "EUR",
      experienceMin: 2,
      experienceMax: 5,
      openings: 3,
      startDate: "2027-03-01",
      requiredSkills: ["Kochen"],
      niceToHaveSkills: ["Backen"],
      description:
        "Das ist die Arbeit.\nZweite Zeile.\n\n# Aufgaben\n- Kochen\n- Abwaschen\n\n1. Bewerben\n2. Reden",
    });
    const { html } = await read(`${home}/${job.slug}`);
    for (const words of [
      '<h1 dir="auto">Köchin</h1>',
      "Köln or remote",
      "60.000–75.500",
      "2 to 5 years",
      "1. März 2027",
      "Full-time",
      '<p dir="auto">Das ist die Arbeit.<br/>Zweite Zeile.</p>',
      '<h2 dir="auto">Aufgaben</h2>',
      '<ul dir="auto"><li dir="auto">Kochen</li><li dir="auto">Abwaschen</li></ul>',
      '<ol dir="auto"><li dir="auto">Bewerben</li><li dir="auto">Reden</li></ol>',
      `href="${home}/${job.slug}/apply"`,
      `<link rel="canonical" href="https://portico.test${home}/${job.slug}"/>`,
      '<meta property="og:title"',
    ]) {
      expect(html, words).toContain(words);
    }
    expect(new TextEncoder().encode(html).byteLength).toBeLessThan(20_000);
    const byId = await read(`${home}/${job.id}`);
    expect(byId.html).toContain(`<link rel="canonical" href="https://portico.test${home}/${job.slug}"/>`);
    await desk.brand({ languages: ["en"] });
    await desk.change(job, { status: "closed" });
  });

  it("escapes whatever was written, also in its data", async () => {
    const own = await newDesk();
    await own.brand({ name: HOSTILE, brand: { about: HOSTILE, headline: HOSTILE, country: "FR" } });
    const job = await own.make({
      title: HOSTILE,
      department: HOSTILE,
      location: HOSTILE,
      description: `${HOSTILE}\n- ${HOSTILE}`,
      requiredSkills: [HOSTILE.slice(0, 60)],
    });
    for (const path of [
      "",
      `/${job.slug}`,
      `/${job.slug}?source=${encodeURIComponent(HOSTILE)}`,
      `?q=${encodeURIComponent(HOSTILE)}`,
    ]) {
      const { html } = await read(`/careers/${own.org.slug}${path}`);
      expect(html).not.toContain("<script>");
      expect(html).not.toMatch(/<img/);
      expect(html.match(/<\/script>/g)?.length ?? 0).toBe(html.includes("ld+json") ? 1 : 0);
    }
    const { html } = await read(`/careers/${own.org.slug}/feed.xml`);
    expect(html).not.toContain("<script>");
  });

  it("is a 404 while it is a draft, and for another organization's job", async () => {
    const other = await newDesk();
    const theirs = await other.make({ title: "Theirs" });
    const draft = await desk.make({ title: "Not yet", status: "draft" });
    for (const key of [
      draft.slug,
      draft.id,
      theirs.slug,
      theirs.id,
      "nothing",
      "a b",
      "x".repeat(400),
    ]) {
      const { html } = await read(`${home}/${key}`, 404);
      expect(html, key).not.toMatch(/Not yet|Theirs/);
    }
    expect((await read(`${home}/nothing`, 404)).html).toContain("See all open jobs");
    expect((await read(`/careers/${other.org.slug}/${theirs.slug}`)).html).toContain("Theirs");
  });

  it.each([
    ["closed", "is closed"],
    ["filled", "Somebody was found"],
    ["on_hold", "at the moment"],
  ])(
    "is a 410 once it is %s, also after it was kept open, and says what else there is",
    async (status, words) => {
      const job = await desk.make({ title: `Soon ${status}` });
      const path = `${home}/${job.slug}`;
      await read(path);
      await read(path);
      await desk.change(job, { status });
      const { html, headers } = await read(path, 410);
      expect(html).toContain(words);
      expect(html).not.toContain("application/ld+json");
      expect(html).not.toContain("/apply");
      expect(titles(html)).toContain("Baker");
      expect(headers.get("etag")).toBeTruthy();
      expect((await read(home)).html).not.toContain(`Soon ${status}`);
    },
  );

  it("never has an address that means something else", async () => {
    const job = await desk.make({ title: "Logo" });
    expect(job.slug).toBe("logo-2");
    await desk.change(job, { status: "closed" });
  });
});

describe("what the edge keeps", () => {
  it("costs nothing while the organization is remembered, for the list and for a job", async () => {
    const own = await newDesk();
    const job = await own.make({ title: "Kept" });
    for (const path of ["", "?q=kept", `/${job.slug}`]) {
      const address = `/careers/${own.org.slug}${path}`;
      const first = await read(address);
      const second = await call("GET", address);
      expect(await second.text()).toBe(first.html);
      expect(costOf(second).trips, path).toBe(0);
      expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
      expect(second.headers.get("content-security-policy")).toBe(
        first.headers.get("content-security-policy"),
      );
      expect(second.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
      expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
    }
  });

  it("is left behind by each change within five seconds", async () => {
    const own = await newDesk();
    const job = await own.make({ title: "First title" });
    const list = `/careers/${own.org.slug}`;
    const page = `${list}/${job.slug}`;
    for (const [change, words] of [
      [() => own.change(job, { title: "Second title" }), "Second title"],
      [() => own.change(job, { location: "Oslo" }), "Oslo"],
      [() => own.brand({ brand: { accent: "#aa0000" } }), "#aa0000"],
      [() => own.brand({ name: "Another name" }), "Another name"],
    ] as const) {
      await read(list);
      await read(page);
      await change();
      expect((await read(list)).html).toContain(words);
      expect((await read(page)).html).toContain(words);
    }
    await own.brand({ brand: { headline: "Come and work" } });
    expect((await read(list)).html).toContain("Come and work");
    await own.change(job, { status: "on_hold" });
    expect((await read(list)).html).not.toContain("Second title");
  });

  it("never crosses organizations, also where a short name changes hands", async () => {
    const [one, two] = [await newDesk(), await newDesk()];
    await one.make({ title: "Job of one" });
    await two.make({ title: "Job of two" });
    const slug = one.org.slug;
    expect(titles((await read(`/careers/${slug}`)).html)).toEqual(["Job of one"]);
    await one.brand({ slug: `${slug}-moved` });
    await two.brand({ slug });
    expect(titles((await read(`/careers/${slug}`)).html)).toEqual(["Job of two"]);
    expect(titles((await read(`/careers/${slug}-moved`)).html)).toEqual(["Job of one"]);
  });

  it("is the same for somebody who is logged in", async () => {
    const plain = await read(home);
    const answer = await call("GET", home, { token: desk.recruiter.token });
    expect(await answer.text()).toBe(plain.html);
  });
});
