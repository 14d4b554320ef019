/** What standing in a stage means. `open` is under way; the others are closed. */
export const STAGE_KINDS = ["open", "hired", "rejected", "withdrawn"] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

/** A `template` is what the pipelines of new jobs are copied from; nobody ever stands in it. */
export const PIPELINE_KINDS = ["agent_pool", "job", "campaign", "template"] as const;
export type PipelineKind = (typeof PIPELINE_KINDS)[number];

/** What happens when someone enters a stage. */
export const ACTION_TYPES = ["email", "sms", "notification", "task", "meeting", "campaign_access"] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

/** Document 002's words for how a candidate is doing; every stage carries one. */
export const STATUS_WORDS = [
  "NEW",
  "IN_REVIEW",
  "IN_PROGRESS",
  "SHORTLISTED",
  "REJECTED",
  "SELECTED",
] as const;
export type StatusWord = (typeof STATUS_WORDS)[number];

/** What the person reads, by its status, of a stage to which the team gave no words for them. */
export const STATUS_SAID: Record<StatusWord, string> = {
  NEW: "Received",
  IN_REVIEW: "Being read",
  IN_PROGRESS: "In progress",
  SHORTLISTED: "In progress",
  SELECTED: "Hired",
  REJECTED: "Not going on",
};

/** Cards a board sends for each stage before one asks for more. */
export const BOARD_CARDS = 50;

/** Seconds a move can be taken back, and a mail to the person waits. */
export const UNDO_SECONDS = 10;

/** Seconds between two polls where a socket can't be had. */
export const POLL_SECONDS = 30;
