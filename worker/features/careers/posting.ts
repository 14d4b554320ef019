import { descriptionHtml } from "#careers/description";
import type { Site } from "#careers/document";
import { isoDay, localeOf, type PublicJob } from "#careers/facts";
import { decimals, type EmploymentType } from "../jobs/words";
import type { organizations } from "../organizations/table";
import { isAnywhere, type Place, placeOf } from "./place";

type Organization = Pick<typeof organizations.$inferSelect, "name" | "brand">;

/** Google's words for ours. */
const TYPES: Record<EmploymentType, string> = {
  full_time: "FULL_TIME",
  part_time: "PART_TIME",
  contract: "CONTRACTOR",
  internship: "INTERN",
};

/** What keeps a job out of search engines' lists of jobs, in words for the team. */
export type Missing = { missing: string };

/**
 * schema.org data of a job as Google asks for it
 * (https://developers.google.com/search/docs/appearance/structured-data/job-posting), or what is missing: a
 * posting with a guessed place, or without a description, would be a wrong one.
 */
export function postingOf(
  organization: Organization,
  site: Site,
  job: PublicJob,
): { posting: object } | Missing {
  const description = descriptionOf(job);
  if (description === null) return { missing: "The job has no description yet." };
  if (job.postedAt === null) return { missing: "The job was not posted yet." };
  const place = placeOf(job.location, organization.brand.country ?? null, localeOf(site.language));
  if (place === null) {
    return {
      missing:
        "It can’t be told in which country the job is. Write its location like “Leeds, United Kingdom”, or set your country under Settings, Careers page.",
    };
  }
  if (!job.remote && (job.location === null || isAnywhere(job.location)))
    return { missing: "The job neither says where it is nor is marked as remote." };
  return {
    posting: {
      "@context": "https://schema.org",
      "@type": "JobPosting",
      title: job.title,
      description,
      datePosted: isoDay(job.postedAt),
      hiringOrganization: {
        "@type": "Organization",
        name: organization.name,
        ...(site.logo === null ? {} : { logo: new URL(site.logo, site.home).href }),
      },
      identifier: { "@type": "PropertyValue", name: organization.name, value: job.id },
      url: `${site.home}/${job.slug}`,
      directApply: true,
      employmentType: TYPES[job.employmentType],
      ...whereOf(job, place),
      ...salaryOf(job),
      ...(job.experienceMin === null || job.experienceMin === 0
        ? {}
        : {
            experienceRequirements: {
              "@type": "OccupationalExperienceRequirements",
              monthsOfExperience: job.experienceMin * 12,
            },
          }),
      ...(job.requiredSkills.length === 0 ? {} : { skills: job.requiredSkills.join(", ") }),
      ...(job.startDate === null ? {} : { jobStartDate: job.startDate }),
      totalJobOpenings: job.openings,
    },
  };
}

/** The description with what is asked for; null where nothing is said of the work at all. */
function descriptionOf({ description, requiredSkills, niceToHaveSkills }: PublicJob): string | null {
  if (description.trim() === "") return null;
  const list = (title: string, skills: string[]) =>
    skills.length === 0 ? "" : `\n\n${title}\n${skills.map((skill) => `- ${skill}`).join("\n")}`;
  return descriptionHtml(
    description + list("What you need:", requiredSkills) + list("Nice to have:", niceToHaveSkills),
  );
}

function whereOf(job: PublicJob, { locality, region, country }: Place): object {
  const address = {
    "@type": "PostalAddress",
    ...(locality === null ? {} : { addressLocality: locality }),
    ...(region === null ? {} : { addressRegion: region }),
    addressCountry: country,
  };
  const at = { jobLocation: { "@type": "Place", address } };
  if (!job.remote) return at;
  return {
    jobLocationType: "TELECOMMUTE",
    applicantLocationRequirements: { "@type": "Country", name: country },
    ...(locality === null ? {} : at),
  };
}

/** A salary of which one end is missing is left out: half a range would be read as the whole. */
function salaryOf({ salaryMin, salaryMax, salaryCurrency: currency }: PublicJob): object {
  if (currency === null || salaryMin === null || salaryMax === null) return {};
  const major = (minor: number) => minor / 10 ** decimals(currency);
  const ends =
    salaryMin === salaryMax
      ? { value: major(salaryMin) }
      : { minValue: major(salaryMin), maxValue: major(salaryMax) };
  return {
    baseSalary: {
      "@type": "MonetaryAmount",
      currency,
      value: { "@type": "QuantitativeValue", ...ends, unitText: "YEAR" },
    },
  };
}
