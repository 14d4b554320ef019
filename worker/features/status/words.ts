/** Events after which the page of a personal link may show something else. */
const FOR_APPLICANTS = new Set([
  "application.status_changed",
  "interview.created",
  "interview.updated",
  "interview.booked",
  "interview.scheduled",
  "interview.cancelled",
]);

/** True for events of which whoever holds a personal link to an application hears that something is new. */
export function isForApplicants(type: string): boolean {
  return FOR_APPLICANTS.has(type);
}

/** Seconds between two looks where a socket can't be had. */
export const LOOK_SECONDS = 30;
