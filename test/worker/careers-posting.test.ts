import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PublicJob } from "#careers/facts";
import { placeOf } from "../../worker/features/careers/place";
import { postingOf } from "../../worker/features/careers/posting";
import { EMPLOYMENT_TYPES } from "../../worker/features/jobs/words";
import { JobPosting } from "./job-posting";

const site = (logo: string | null) => ({
  name: "Acme",
  slug: "acme",
  home: "https://jobs.acme.test/careers/acme",
  accent: null,
  headline: null,
  about: null,
  logo,
  language: "en",
  privacy: { contact: null, policyUrl: null },
});
const organization = (country: string | null) => ({
  name: "Acme",
  brand: { accent: null, about: null, ...(country === null ? {} : { country }) },
});

const word = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== "");
const money = fc.option(fc.integer({ min: 0, max: 1e12 }));
const place = fc.oneof(
  fc.constantFrom(
    null,
    "",
    "Remote",
    "Berlin",
    "Leeds, UK",
    "Austin, TX",
    "Lyon, France",
    "Remote - Spain",
    "Paris",
  ),
  word,
  fc.tuple(word, word).map((parts) => parts.join(", ")),
);
const line = fc.oneof(
  word,
  fc.constant(""),
  word.map((text) => `- ${text}`),
  word.map((text) => `# ${text}`),
);
const job: fc.Arbitrary<PublicJob> = fc
  .record({
    title: word,
    description: fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n")),
    department: fc.option(word),
    location: place.map((text) => text || null),
    remote: fc.boolean(),
    employmentType: fc.constantFrom(...EMPLOYMENT_TYPES),
    salary: fc.tuple(money, money),
    salaryCurrency: fc.option(fc.constantFrom("EUR", "JPY", "KWD", "XYZ")),
    experienceMin: fc.option(fc.integer({ min: 0, max: 70 })),
    requiredSkills: fc.array(word, { maxLength: 4 }),
    niceToHaveSkills: fc.array(word, { maxLength: 4 }),
    openings: fc.integer({ min: 1, max: 10_000 }),
    startDate: fc.option(fc.constant("2027-03-01")),
    postedAt: fc.option(fc.integer({ min: 1e12, max: 2e12 })),
  })
  .map(({ salary: [one, other], ...rest }) => {
    const ordered = one !== null && other !== null && one > other ? [other, one] : [one, other];
    return {
      ...rest,
      id: "job_01",
      slug: "a-job",
      experienceMax: null,
      salaryMin: ordered[0] ?? null,
      salaryMax: ordered[1] ?? null,
    };
  });

describe("schema.org data", () => {
  it("holds all that Google asks for, of whatever jobs there are, or is left out", () => {
    let made = 0;
    fc.assert(
      fc.property(
        job,
        fc.option(fc.constantFrom("DE", "US")),
        fc.option(fc.constant("/careers/acme/logo?v=3")),
        (some, country, logo) => {
          const found = postingOf(organization(country), site(logo), some);
          if ("missing" in found) {
            expect(found.missing).toMatch(/\.$/);
            return;
          }
          made += 1;
          const checked = JobPosting.safeParse(JSON.parse(JSON.stringify(found.posting)));
          expect(checked.error?.issues ?? [], JSON.stringify(found.posting)).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
    expect(made).toBeGreaterThan(200);
  });

  const whole: PublicJob = {
    id: "job_01",
    slug: "night-nurse",
    title: "Night nurse",
    department: "Care",
    location: "Leeds, UK",
    remote: false,
    employmentType: "contract",
    salaryMin: 3_000_000,
    salaryMax: 3_500_050,
    salaryCurrency: "GBP",
    postedAt: Date.UTC(2026, 4, 12),
    description: "Look after people.\n\n- At night\n- With care",
    experienceMin: 2,
    experienceMax: null,
    requiredSkills: ["Triage"],
    niceToHaveSkills: [],
    openings: 2,
    startDate: "2026-06-01",
  };
  const postingFor = (fields: Partial<PublicJob>, country: string | null = null) => {
    const found = postingOf(organization(country), site(null), { ...whole, ...fields });
    return "posting" in found ? (found.posting as Record<string, unknown>) : found.missing;
  };

  it("says what the page says", () => {
    expect(postingFor({})).toEqual({
      "@context": "https://schema.org",
      "@type": "JobPosting",
      title: "Night nurse",
      description:
        "<p>Look after people.</p><ul><li>At night</li><li>With care</li></ul><p>What you need:</p><ul><li>Triage</li></ul>",
      datePosted: "2026-05-12",
      hiringOrganization: { "@type": "Organization", name: "Acme" },
      identifier: { "@type": "PropertyValue", name: "Acme", value: "job_01" },
      url: "https://jobs.acme.test/careers/acme/night-nurse",
      directApply: true,
      employmentType: "CONTRACTOR",
      jobLocation: {
        "@type": "Place",
        address: { "@type": "PostalAddress", addressLocality: "Leeds", addressCountry: "GB" },
      },
      baseSalary: {
        "@type": "MonetaryAmount",
        currency: "GBP",
        value: { "@type": "QuantitativeValue", minValue: 30_000, maxValue: 35_000.5, unitText: "YEAR" },
      },
      experienceRequirements: { "@type": "OccupationalExperienceRequirements", monthsOfExperience: 24 },
      skills: "Triage",
      jobStartDate: "2026-06-01",
      totalJobOpenings: 2,
    });
  });

  it("is left out rather than wrong", () => {
    expect(postingFor({ description: "  \n " })).toContain("no description");
    expect(postingFor({ location: "By the sea" })).toContain("in which country");
    expect(postingFor({ location: null, remote: true })).toContain("in which country");
    expect(postingFor({ location: null }, "DE")).toContain("neither");
    expect(postingFor({ location: "Remote" }, "DE")).toContain("neither");
    expect(postingFor({ salaryMax: null })).not.toHaveProperty("baseSalary");
    expect(postingFor({ salaryMax: 3_000_000 })).toHaveProperty("baseSalary.value.value", 30_000);
    expect(postingFor({ salaryMin: 500, salaryMax: 900, salaryCurrency: "JPY" })).toHaveProperty(
      "baseSalary.value.minValue",
      500,
    );
  });

  it("of a remote job names the country that one may live in", () => {
    expect(postingFor({ location: null, remote: true }, "DE")).toMatchObject({
      jobLocationType: "TELECOMMUTE",
      applicantLocationRequirements: { name: "DE" },
    });
    expect(postingFor({ location: "Madrid, Spain", remote: true }, "DE")).toMatchObject({
      jobLocationType: "TELECOMMUTE",
      applicantLocationRequirements: { name: "ES" },
      jobLocation: { address: { addressLocality: "Madrid", addressCountry: "ES" } },
    });
  });
});

describe("a place", () => {
  it.each([
    ["Leeds, UK", null, ["Leeds", null, "GB"]],
    ["Berlin", null, null],
    ["Berlin", "DE", ["Berlin", null, "DE"]],
    ["Paris", "US", ["Paris", null, "US"]],
    ["Paris, Texas, United States", null, ["Paris", "Texas", "US"]],
    ["Austin, TX", "US", ["Austin", "TX", "US"]],
    ["Austin, TX", null, null],
    ["San Francisco, CA", null, null],
    ["London, Ontario", null, null],
    ["Köln, Deutschland", null, ["Köln", null, "DE"]],
    ["Germany", null, [null, null, "DE"]],
    ["Remote, Canada", null, [null, null, "CA"]],
    ["Remote – Portugal", null, [null, null, "PT"]],
    ["Remote", "FR", [null, null, "FR"]],
    ["the moon", null, null],
    ["", "FR", [null, null, "FR"]],
    [" , ", null, null],
    ["constructor", null, null],
    ["__proto__, toString", null, null],
  ])("%s, the organization's country %s", (location, country, expected) => {
    const found = placeOf(location, country, "de");
    expect(found && [found.locality, found.region, found.country]).toEqual(expected);
  });
});
