import type { OwnProfile, OwnProfileChange } from "../../worker/features/portal/schema";

/** The profile as the form holds it: text only; lists with a line an entry, stations of a life as JSON. */
export interface Fields {
  [name: string]: string;
  firstName: string;
  lastName: string;
  phone: string;
  address: string;
  city: string;
  country: string;
  linkedinUrl: string;
  portfolioUrl: string;
  links: string;
  currentRole: string;
  currentCompany: string;
  experienceYears: string;
  summary: string;
  skills: string;
  languages: string;
  certifications: string;
  experience: string;
  education: string;
}

export const LABELS: Record<string, string> = {
  firstName: "First name",
  lastName: "Last name",
  phone: "Phone",
  address: "Address",
  city: "City",
  country: "Country",
  linkedinUrl: "LinkedIn",
  portfolioUrl: "Portfolio or website",
  links: "Other links",
  currentRole: "What you work as now",
  currentCompany: "Where",
  experienceYears: "Years of experience",
  summary: "About you",
  skills: "Skills",
  languages: "Languages",
  certifications: "Certificates",
  experience: "Experience",
  education: "Education",
};

/** Stations of a life, and what is asked of each. */
export interface EntryKind {
  name: "experience" | "education";
  /** One of them, in a sentence. */
  one: string;
  fields: readonly { name: string; label: string; required?: boolean; hint?: string; long?: boolean }[];
}
const WHEN = "2024, 2024-05 or 2024-05-31.";
export const EXPERIENCE: EntryKind = {
  name: "experience",
  one: "a job",
  fields: [
    { name: "title", label: "What you worked as", required: true },
    { name: "company", label: "Where" },
    { name: "start", label: "From", hint: WHEN },
    { name: "end", label: "Until", hint: "Empty: until today." },
    { name: "description", label: "What you did", long: true },
  ],
};
export const EDUCATION: EntryKind = {
  name: "education",
  one: "a school or course",
  fields: [
    { name: "school", label: "School", required: true },
    { name: "degree", label: "Degree" },
    { name: "field", label: "Subject" },
    { name: "start", label: "From", hint: WHEN },
    { name: "end", label: "Until", hint: "Empty: until today." },
  ],
};

/** An entry a line; an empty text has none. */
export function splitLines(text: string | undefined): string[] {
  return (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function fieldsOf(profile: OwnProfile): Fields {
  const text = (value: string | number | null) => (value === null ? "" : String(value));
  return {
    firstName: profile.firstName,
    lastName: profile.lastName,
    phone: text(profile.phone),
    address: text(profile.address),
    city: text(profile.city),
    country: text(profile.country),
    linkedinUrl: text(profile.linkedinUrl),
    portfolioUrl: text(profile.portfolioUrl),
    links: profile.links.join("\n"),
    currentRole: text(profile.currentRole),
    currentCompany: text(profile.currentCompany),
    experienceYears: text(profile.experienceYears),
    summary: text(profile.summary),
    skills: profile.skills.join("\n"),
    languages: profile.languages.join("\n"),
    certifications: profile.certifications.join("\n"),
    experience: JSON.stringify(profile.experience),
    education: JSON.stringify(profile.education),
  };
}

const LISTS = ["links", "skills", "languages", "certifications"];
const STATIONS = ["experience", "education"];

/** What is sent of the fields that differ. */
export function changeOf(changed: Partial<Fields>): OwnProfileChange {
  const entries = Object.entries(changed).map(([name, value = ""]) => {
    if (name === "firstName" || name === "lastName") return [name, value.trim()];
    if (LISTS.includes(name)) return [name, splitLines(value)];
    if (STATIONS.includes(name)) return [name, JSON.parse(value) as unknown];
    if (name === "experienceYears")
      return [name, value.trim() === "" ? null : Number(value.replace(",", "."))];
    return [name, value.trim() || null];
  });
  return Object.fromEntries(entries) as OwnProfileChange;
}

/** What stands in a field, in words. */
export function said(name: string, value: string): string {
  if (!STATIONS.includes(name)) return splitLines(value).join(", ");
  const list = JSON.parse(value || "[]") as Record<string, string>[];
  return list.map((one) => one.title ?? one.school).join(", ");
}
