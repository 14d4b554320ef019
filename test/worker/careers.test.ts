import { beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../worker/features/jobs/schema";
import { clock } from "../../worker/lib/clock";
import { type CareersDesk, newBusyDesk, newDesk, read, titles } from "./careers";
import { call, json, newOrg } from "./org";

let desk: CareersDesk;
let home: string;
beforeAll(async () => {
  desk = await newBusyDesk();
  home = `/careers/${desk.org.slug}`;
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
