import type {
  ClosingChoice,
  EmploymentType,
  FieldType,
  JobStatus,
  Priority,
} from "../../worker/features/jobs/words";
import type { IconName, Tone } from "../ui";

export interface StatusLook {
  word: string;
  tone: Tone;
  icon?: IconName;
}

/** How each status of a job is shown. */
export const STATUS_LOOKS: Record<JobStatus, StatusLook> = {
  draft: { word: "Draft", tone: "plain" },
  open: { word: "Open", tone: "good", icon: "circle-dot" },
  on_hold: { word: "On hold", tone: "warn" },
  closed: { word: "Closed", tone: "plain", icon: "circle-x" },
  filled: { word: "Filled", tone: "info", icon: "circle-check" },
};

/** What brings a job from one status into another. */
export function transitionWord(from: JobStatus, to: JobStatus): string {
  if (to === "open")
    return from === "draft" ? "Post the job" : from === "on_hold" ? "Take off hold" : "Open again";
  return {
    draft: "Back to a draft",
    on_hold: "Put on hold",
    closed: "Close the job",
    filled: "Mark as filled",
  }[to];
}

/** Said when a job's status has changed. */
export const STATUS_SAID: Record<JobStatus, string> = {
  draft: "is a draft again. Nobody outside sees it.",
  open: "is open now.",
  on_hold: "is on hold. People under way keep their places.",
  closed: "is closed.",
  filled: "is filled.",
};

export const PRIORITY_WORDS: Record<Priority, string> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  urgent: "Urgent",
};

export const EMPLOYMENT_WORDS: Record<EmploymentType, string> = {
  full_time: "Full-time",
  part_time: "Part-time",
  contract: "Contract",
  internship: "Internship",
};

export const FIELD_WORDS: Record<FieldType, string> = {
  text: "Short text",
  long_text: "Long text",
  number: "Number",
  date: "Date",
  select: "One of a list",
  multi_select: "Several of a list",
  yes_no: "Yes or no",
  file: "File",
  consent: "Consent",
};

const TEAM_ROLE_WORDS: Record<string, string> = {
  recruiter: "Recruiter",
  hiring_manager: "Hiring manager",
  interviewer: "Interviewer",
  coordinator: "Coordinator",
};

/** A part in a hiring team; one that somebody wrote is shown as it stands. */
export function teamRoleWord(role: string): string {
  return TEAM_ROLE_WORDS[role] ?? role;
}

/** What can become of people when their job ends. */
export const CLOSING_WORDS: Record<ClosingChoice, { label: string; hint: string }> = {
  keep: {
    label: "Leave them where they are",
    hint: "Nobody is written to. They stay on the board, for when the job opens again.",
  },
  reject: {
    label: "Reject them and tell them",
    hint: "They move to the stage for that, and get its mail.",
  },
  withdraw: {
    label: "Mark them as withdrawn",
    hint: "They move to the stage for that, which sends what it has been set to send.",
  },
};

/** "1 person", "3 people". */
export function people(count: number): string {
  return count === 1 ? "1 person" : `${count.toLocaleString()} people`;
}
