import type { Job, JobChange } from "../../worker/features/jobs/schema";
import type { EmploymentType, Priority } from "../../worker/features/jobs/words";
import { toMajor, toMinor } from "./money";

/** A job's own fields as one types them. Skills stand a line each; salaries in whole units. */
export type Details = {
  clientId: string;
  title: string;
  description: string;
  department: string;
  location: string;
  remote: boolean;
  employmentType: string;
  priority: string;
  openings: string;
  startDate: string;
  experienceMin: string;
  experienceMax: string;
  salaryMin: string;
  salaryMax: string;
  salaryCurrency: string;
  requiredSkills: string;
  niceToHaveSkills: string;
};

/** The fields of a new job. */
export const NEW_DETAILS: Details = {
  clientId: "",
  title: "",
  description: "",
  department: "",
  location: "",
  remote: false,
  employmentType: "full_time",
  priority: "medium",
  openings: "1",
  startDate: "",
  experienceMin: "",
  experienceMax: "",
  salaryMin: "",
  salaryMax: "",
  salaryCurrency: "USD",
  requiredSkills: "",
  niceToHaveSkills: "",
};

const numberText = (value: number | null) => (value === null ? "" : String(value));

/** A stored job's fields, to be changed. */
export function detailsOf(job: Job): Details {
  const currency = job.salaryCurrency ?? NEW_DETAILS.salaryCurrency;
  return {
    clientId: job.clientId,
    title: job.title,
    description: job.description,
    department: job.department ?? "",
    location: job.location ?? "",
    remote: job.remote,
    employmentType: job.employmentType,
    priority: job.priority,
    openings: String(job.openings),
    startDate: job.startDate ?? "",
    experienceMin: numberText(job.experienceMin),
    experienceMax: numberText(job.experienceMax),
    salaryMin: toMajor(job.salaryMin, currency),
    salaryMax: toMajor(job.salaryMax, currency),
    salaryCurrency: currency,
    requiredSkills: job.requiredSkills.join("\n"),
    niceToHaveSkills: job.niceToHaveSkills.join("\n"),
  };
}

/** Skills as a list. */
export function skillsOf(text: string): string[] {
  return text.split("\n").filter(Boolean);
}

const whole = (text: string): number | null => {
  const plain = text.trim();
  if (plain === "") return null;
  return /^\d{1,9}$/.test(plain) ? Number(plain) : Number.NaN;
};

export type DetailFaults = Partial<Record<keyof Details, string>>;

/** What has to be mended before the fields can be sent. */
export function detailFaults(values: Details): DetailFaults {
  const faults: DetailFaults = {};
  if (!values.clientId) faults.clientId = "Choose the client whom the job is for.";
  if (!values.title.trim()) faults.title = "Write the title.";
  const openings = whole(values.openings);
  if (openings === null || Number.isNaN(openings) || openings < 1 || openings > 10_000)
    faults.openings = "Write a number from 1 to 10,000.";
  const [least, most] = [whole(values.experienceMin), whole(values.experienceMax)];
  const years = (value: number | null) => value !== null && !(value <= 70);
  if (years(least)) faults.experienceMin = "Write years, from 0 to 70.";
  if (years(most)) faults.experienceMax = "Write years, from 0 to 70.";
  else if (least !== null && most !== null && most < least)
    faults.experienceMax = "This is less than the minimum.";
  const currency = values.salaryCurrency;
  const [low, high] = [toMinor(values.salaryMin, currency), toMinor(values.salaryMax, currency)];
  if (Number.isNaN(low)) faults.salaryMin = "Write an amount like 65000.";
  if (Number.isNaN(high)) faults.salaryMax = "Write an amount like 80000.";
  else if (low !== null && high !== null && high < low) faults.salaryMax = "This is less than the minimum.";
  return faults;
}

/** The fields as they are sent. */
export function bodyOf(values: Details) {
  const text = (value: string) => value.trim() || null;
  const [salaryMin, salaryMax] = [
    toMinor(values.salaryMin, values.salaryCurrency),
    toMinor(values.salaryMax, values.salaryCurrency),
  ];
  return {
    clientId: values.clientId,
    title: values.title.trim(),
    description: values.description.trim(),
    department: text(values.department),
    location: text(values.location),
    remote: values.remote,
    employmentType: values.employmentType as EmploymentType,
    priority: values.priority as Priority,
    openings: whole(values.openings) ?? 1,
    startDate: values.startDate || null,
    experienceMin: whole(values.experienceMin),
    experienceMax: whole(values.experienceMax),
    salaryMin,
    salaryMax,
    salaryCurrency: salaryMin === null && salaryMax === null ? null : values.salaryCurrency,
    requiredSkills: skillsOf(values.requiredSkills),
    niceToHaveSkills: skillsOf(values.niceToHaveSkills),
  };
}

/** Only what was changed, so that two people can change different fields side by side. */
export function changeOf(values: Details, before: Details): JobChange {
  const [next, old] = [bodyOf(values), bodyOf(before)];
  const changed = Object.entries(next).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof typeof old]),
  );
  return Object.fromEntries(changed) as JobChange;
}
