/** `draft` is ours: a job that nobody outside sees yet. The others are document 002's. */
export const JOB_STATUSES = ["draft", "open", "on_hold", "closed", "filled"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** What each status may become. */
export const JOB_TRANSITIONS: Record<JobStatus, readonly JobStatus[]> = {
  draft: ["open", "closed"],
  open: ["on_hold", "closed", "filled"],
  on_hold: ["open", "closed", "filled"],
  closed: ["open", "draft"],
  filled: ["open", "closed"],
};

/** Statuses in which the team may still add people and move them. */
export const WORKING_STATUSES: readonly JobStatus[] = ["draft", "open", "on_hold"];

export const EMPLOYMENT_TYPES = ["full_time", "part_time", "contract", "internship"] as const;
export type EmploymentType = (typeof EMPLOYMENT_TYPES)[number];

export const PRIORITIES = ["low", "medium", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The types of questions that an application form asks. */
export const FIELD_TYPES = [
  "text",
  "long_text",
  "number",
  "date",
  "select",
  "multi_select",
  "yes_no",
  "file",
  "consent",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Names that the apply form uses itself, so that no question may have them as its key. */
export const RESERVED_FIELD_KEYS = [
  "firstName",
  "lastName",
  "name",
  "email",
  "phone",
  "cv",
  "source",
  "org",
  "job",
] as const;

/** When an answer raises a flag. It never rejects anybody by itself. */
export const KNOCK_OUT_OPERATORS = [
  "equals",
  "not_equals",
  "less_than",
  "greater_than",
  "includes",
  "excludes",
] as const;
export type KnockOutOperator = (typeof KNOCK_OUT_OPERATORS)[number];

/** The usual parts in a hiring team; others may be written. */
export const TEAM_ROLES = ["recruiter", "hiring_manager", "interviewer", "coordinator"] as const;

/** What becomes of people who are still under way when their job ends. */
export const CLOSING_CHOICES = ["keep", "reject", "withdraw"] as const;
export type ClosingChoice = (typeof CLOSING_CHOICES)[number];

/** How many decimal places a currency (ISO 4217) has: 2 for EUR, 0 for JPY. */
export function decimals(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
