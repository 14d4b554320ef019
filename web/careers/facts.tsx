import { decimals, type EmploymentType } from "../../worker/features/jobs/words";
import { EMPLOYMENT_WORDS } from "../jobs/words";

/** An open job as a list shows it. */
export interface OpenJob {
  id: string;
  slug: string;
  title: string;
  department: string | null;
  location: string | null;
  remote: boolean;
  employmentType: EmploymentType;
  /** Minor units of the currency, a year. */
  salaryMin: number | null;
  salaryMax: number | null;
  salaryCurrency: string | null;
  /** Milliseconds since 1970. */
  postedAt: number | null;
}

/** A job as its own page shows it. */
export interface PublicJob extends OpenJob {
  description: string;
  experienceMin: number | null;
  experienceMax: number | null;
  requiredSkills: string[];
  niceToHaveSkills: string[];
  openings: number;
  /** A calendar day, YYYY-MM-DD. */
  startDate: string | null;
}

/** The locale of a language tag (BCP 47), English where it is none. */
export function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}

/** A day in words. @param at milliseconds since 1970, or a calendar day */
export function dayWords(at: number | string, language: string): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(at));
}

/** A day for machines, YYYY-MM-DD. */
export const isoDay = (at: number | string): string => new Date(at).toISOString().slice(0, 10);

/** "€60,000 – €75,000 a year"; null where nothing is known or the currency is missing. */
export function salaryWords(job: OpenJob, language: string): string | null {
  const { salaryMin: low, salaryMax: high, salaryCurrency: currency } = job;
  if (currency === null || (low === null && high === null)) return null;
  const places = decimals(currency);
  const major = (minor: number) => minor / 10 ** places;
  const whole = [low, high].every((minor) => minor === null || Number.isInteger(major(minor)));
  const format = new Intl.NumberFormat(localeOf(language), {
    style: "currency",
    currency,
    minimumFractionDigits: whole ? 0 : places,
    maximumFractionDigits: whole ? 0 : places,
  });
  if (low !== null && high !== null) {
    return `${low === high ? format.format(major(low)) : format.formatRange(major(low), major(high))} a year`;
  }
  return low !== null
    ? `From ${format.format(major(low))} a year`
    : `Up to ${format.format(major(high as number))} a year`;
}

/** Where the work is done; null where nothing was said. */
export function placeWords({ location, remote }: Pick<OpenJob, "location" | "remote">): string | null {
  if (!remote) return location;
  return location === null ? "Remote" : `${location} or remote`;
}

export const typeWords = ({ employmentType }: Pick<OpenJob, "employmentType">): string =>
  EMPLOYMENT_WORDS[employmentType];

/** "3 to 5 years"; null where nothing is asked. */
export function experienceWords(job: PublicJob): string | null {
  const { experienceMin: low, experienceMax: high } = job;
  const years = (count: number) => (count === 1 ? "1 year" : `${count} years`);
  if (low !== null && high !== null) return low === high ? years(low) : `${low} to ${years(high)}`;
  if (low !== null) return low === 0 ? null : `${years(low)} or more`;
  return high === null ? null : `Up to ${years(high)}`;
}

/** An address of these pages, with where its reader came from, so that an application can say it. */
export function withSource(path: string, source: string | null): string {
  return source === null ? path : `${path}?source=${encodeURIComponent(source)}`;
}
