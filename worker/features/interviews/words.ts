/** Document 002's words, as they are stored and answered. */
export const INTERVIEW_STATUSES = [
  "Draft",
  "Awaiting Candidate Confirmation",
  "Confirmed",
  "Scheduled",
  "Completed",
  "Passed",
  "Failed",
  "No Show",
  "Cancelled",
] as const;
export type InterviewStatus = (typeof INTERVIEW_STATUSES)[number];

export const INTERVIEW_MODES = ["Video", "Phone", "Onsite"] as const;
export type InterviewMode = (typeof INTERVIEW_MODES)[number];
