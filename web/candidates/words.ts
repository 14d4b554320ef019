import type { ImportField } from "../../worker/features/candidates/words";
import type { StatusWord } from "../../worker/features/pipelines/words";
import type { Tone } from "../ui";

/** How somebody is doing, as a word and what it means. */
export const STATUS_LOOKS: Record<StatusWord, { word: string; tone: Tone }> = {
  NEW: { word: "New", tone: "info" },
  IN_REVIEW: { word: "In review", tone: "warn" },
  IN_PROGRESS: { word: "In progress", tone: "info" },
  SHORTLISTED: { word: "Shortlisted", tone: "info" },
  REJECTED: { word: "Rejected", tone: "bad" },
  SELECTED: { word: "Selected", tone: "good" },
};

/** The fields that a column of an import can go to, as people call them. */
export const FIELD_WORDS: Record<ImportField, string> = {
  firstName: "First name",
  lastName: "Last name",
  name: "Full name",
  email: "E-mail address",
  phone: "Phone",
  currentRole: "Current role",
  currentCompany: "Current company",
  city: "City",
  country: "Country",
  linkedinUrl: "LinkedIn",
  portfolioUrl: "Portfolio",
  summary: "Summary",
  skills: "Skills",
  tags: "Tags",
  languages: "Languages",
  experienceYears: "Years of experience",
  source: "Source",
};

/** Where people come from most often, offered while one types. */
export const SOURCES = ["Referral", "LinkedIn", "Job board", "Careers page", "Agency", "Event", "Sourced"];

const monthFormat = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric" });
const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

/** A year, a month or a day in words, as precise as it is known. */
export function whenWords(when: string): string {
  const [year = 0, month, day] = when.split("-").map(Number);
  if (month === undefined) return String(year);
  if (day === undefined) return monthFormat.format(new Date(year, month - 1, 1));
  return dayFormat.format(new Date(year, month - 1, day));
}

/** From when to when; what has no end goes on, where it began at all. */
export function spanWords(start: string | null, end: string | null, open = "today"): string {
  if (!start) return end ? `until ${whenWords(end)}` : "";
  return `${whenWords(start)} – ${end ? whenWords(end) : open}`;
}

/** An address without its protocol, as short as it reads well. */
export function shortAddress(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}
