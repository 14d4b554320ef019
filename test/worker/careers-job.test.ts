import { beforeAll, describe, expect, it } from "vitest";
import { type CareersDesk, newBusyDesk, newDesk, read, titles } from "./careers";
import { call, costOf } from "./org";

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)> "'&`;

let desk: CareersDesk;
let home: string;
beforeAll(async () => {
  desk = await newBusyDesk();
  home = `/careers/${desk.org.slug}`;
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
    for (const key of [draft.slug, draft.id, theirs.slug, theirs.id, "nothing", "a b", "x".repeat(400)]) {
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
