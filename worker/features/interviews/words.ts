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

interface Transition {
  from: readonly InterviewStatus[];
  to: InterviewStatus;
}

/**
 * What can be done with an interview in which status, and the status that follows: document 002's flow.
 * Whatever isn't here is refused. The keys are the ends of the routes.
 */
export const TRANSITIONS = {
  "book-slot": { from: ["Awaiting Candidate Confirmation"], to: "Confirmed" },
  "send-invite": { from: ["Confirmed"], to: "Scheduled" },
  "mark-completed": { from: ["Scheduled"], to: "Completed" },
  "mark-no-show": { from: ["Scheduled"], to: "No Show" },
  cancel: {
    from: ["Draft", "Awaiting Candidate Confirmation", "Confirmed", "Scheduled", "No Show"],
    to: "Cancelled",
  },
  "move-to-next-round": { from: ["Completed"], to: "Passed" },
  reject: { from: ["Completed"], to: "Failed" },
  "initiate-hiring": { from: ["Completed"], to: "Passed" },
} as const satisfies Record<string, Transition>;
export type InterviewAction = keyof typeof TRANSITIONS;
export const INTERVIEW_ACTIONS = Object.keys(TRANSITIONS) as InterviewAction[];

/** Where the candidate can be asked for a time, again too: a draft is sent, a booked or missed one moved. */
export const PROPOSE = {
  from: ["Draft", "Awaiting Candidate Confirmation", "Confirmed", "Scheduled", "No Show"],
  to: "Awaiting Candidate Confirmation",
} as const satisfies Transition;

/** Statuses in which somebody has a time that is kept free for them. */
export const BOOKED = ["Confirmed", "Scheduled"] as const satisfies InterviewStatus[];

/** Statuses in which an interviewer may say how it went. */
export const FEEDBACK_IN = [
  "Confirmed",
  "Scheduled",
  "Completed",
  "Passed",
  "Failed",
] as const satisfies InterviewStatus[];

/** May this be done now? */
export function allows(action: InterviewAction, status: InterviewStatus): boolean {
  return (TRANSITIONS[action].from as readonly InterviewStatus[]).includes(status);
}

/** The lists that people look at. */
export const INTERVIEW_VIEWS = ["today", "upcoming", "to_decide", "waiting"] as const;
export type InterviewView = (typeof INTERVIEW_VIEWS)[number];

export const MIN_MINUTES = 10;
export const MAX_MINUTES = 480;
/** Times that one interview may propose. */
export const MOST_SLOTS = 30;
export const MOST_INTERVIEWERS = 12;
