import type {
  Candidate,
  CandidateChange,
  Education,
  Experience,
} from "../../worker/features/candidates/schema";

/** A profile as its form holds it: text; lists with a line an entry; repeated parts as JSON. */
export type Fields = {
  firstName: string;
  lastName: string;
  email: string;
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
  coverLetter: string;
  skills: string;
  languages: string;
  certifications: string;
  tags: string;
  source: string;
  experience: string;
  education: string;
};

/** What each field is called in a sentence. */
export const FIELD_NAMES: Record<keyof Fields, string> = {
  firstName: "first name",
  lastName: "last name",
  email: "e-mail address",
  phone: "phone",
  address: "address",
  city: "city",
  country: "country",
  linkedinUrl: "LinkedIn",
  portfolioUrl: "portfolio",
  links: "links",
  currentRole: "current role",
  currentCompany: "current company",
  experienceYears: "years of experience",
  summary: "summary",
  coverLetter: "cover letter",
  skills: "skills",
  languages: "languages",
  certifications: "certifications",
  tags: "tags",
  source: "source",
  experience: "experience",
  education: "education",
};

const LISTS = ["links", "skills", "languages", "certifications", "tags"] as const;
const NEEDED = ["firstName", "lastName", "email"] as const;

/** A repeated part as one writes it: text only. */
export type Row = Record<string, string>;

/** An entry a line; an empty text has none. */
export function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

function packed(rows: readonly (Experience | Education)[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? ""]))),
  );
}

/** The parts that a form's text holds. */
export function unpacked(text: string): Row[] {
  return JSON.parse(text) as Row[];
}

/** A profile as text. */
export function fieldsOf(candidate: Candidate): Fields {
  const text = (value: string | null) => value ?? "";
  return {
    firstName: candidate.firstName,
    lastName: candidate.lastName,
    email: candidate.email,
    phone: text(candidate.phone),
    address: text(candidate.address),
    city: text(candidate.city),
    country: text(candidate.country),
    linkedinUrl: text(candidate.linkedinUrl),
    portfolioUrl: text(candidate.portfolioUrl),
    links: candidate.links.join("\n"),
    currentRole: text(candidate.currentRole),
    currentCompany: text(candidate.currentCompany),
    experienceYears: candidate.experienceYears === null ? "" : String(candidate.experienceYears),
    summary: text(candidate.summary),
    coverLetter: text(candidate.coverLetter),
    skills: candidate.skills.join("\n"),
    languages: candidate.languages.join("\n"),
    certifications: candidate.certifications.join("\n"),
    tags: candidate.tags.join("\n"),
    source: text(candidate.source),
    experience: packed(candidate.experience),
    education: packed(candidate.education),
  };
}

const blank = (row: Row) => Object.values(row).every((value) => value.trim() === "");

/** The parts that hold something, as the API takes them: a date that is not known is null. */
function sentRows(text: string): unknown[] {
  return unpacked(text)
    .filter((row) => !blank(row))
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          ["start", "end", "location"].includes(name) ? value.trim() || null : value.trim(),
        ]),
      ),
    );
}

/** Only what was changed, so that two people can change different fields side by side. */
export function changeOf(before: Fields, values: Fields): CandidateChange {
  const change: Record<string, unknown> = {};
  for (const name of Object.keys(values) as (keyof Fields)[]) {
    const value = values[name];
    if (value === before[name]) continue;
    const text = value.trim();
    if (name === "experience" || name === "education") change[name] = sentRows(value);
    else if ((LISTS as readonly string[]).includes(name)) change[name] = lines(value);
    else if (name === "experienceYears") change[name] = text ? Number(text.replace(",", ".")) : null;
    else change[name] = (NEEDED as readonly string[]).includes(name) ? text : text || null;
  }
  return change as CandidateChange;
}

const WHEN = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const WHEN_WORDS = "Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.";

/** What is wrong with one repeated part, by field. The first of `needed` may not be empty. */
export function rowTroubles(row: Row, needed: string, message: string): Record<string, string> {
  if (blank(row)) return {};
  const wrong: Record<string, string> = {};
  if (!row[needed]?.trim()) wrong[needed] = message;
  for (const name of ["start", "end"]) {
    const when = row[name]?.trim();
    if (when && !WHEN.test(when)) wrong[name] = WHEN_WORDS;
  }
  if (!wrong.start && !wrong.end && row.start && row.end && row.end < row.start.slice(0, row.end.length)) {
    wrong.end = "This is before it began.";
  }
  return wrong;
}

/** What each kind of part needs, and what is said without it. */
export const NEEDS = {
  experience: ["title", "Write what they did there."],
  education: ["school", "Write the school."],
} as const;

/** What can be said about the form before it is sent. */
export function troublesOf(values: Fields): Partial<Record<keyof Fields, string>> {
  const wrong: Partial<Record<keyof Fields, string>> = {};
  if (!values.firstName.trim()) wrong.firstName = "Write a name.";
  if (!/^\S+@\S+\.\S+$/.test(values.email.trim())) {
    wrong.email = "Write an e-mail address like name@example.com.";
  }
  const years = values.experienceYears.trim().replace(",", ".");
  if (years && !(Number(years) >= 0 && Number(years) <= 70)) {
    wrong.experienceYears = "Write a number of years, like 4 or 2.5.";
  }
  for (const part of ["experience", "education"] as const) {
    const [needed, message] = NEEDS[part];
    const bad = unpacked(values[part]).some(
      (row) => Object.keys(rowTroubles(row, needed, message)).length > 0,
    );
    if (bad) wrong[part] = "Something in it must be mended first.";
  }
  return wrong;
}
