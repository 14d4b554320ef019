import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { CandidateHome } from "../../worker/features/portal/schema";
import { paperNews } from "../agent/news";
import type { OwnDocuments } from "../agent/own-documents";
import { sentence } from "./standing";

const INTERVIEWS: Record<string, string> = {
  "interview.scheduled": "proposes times for an interview.",
  "interview.booked": "booked your interview.",
  "interview.cancelled": "cancelled an interview.",
};

/** One short line of what somebody else just did; null when nothing of it concerns the screen. */
export function newsText(
  events: readonly LiveEvent[],
  home: CandidateHome,
  documents: OwnDocuments | undefined,
  organization: string,
): string | null {
  for (const event of [...events].reverse()) {
    const { applicationId } = event.data as Record<string, unknown>;
    if (event.type === "application.status_changed" || event.type === "application.received") {
      const moved = home.applications.find(({ id }) => id === applicationId);
      if (moved) return `${sentence(moved, organization)}.`;
    }
    const interview = INTERVIEWS[event.type];
    if (interview) return `${organization} ${interview}`;
    const line = paperNews(event, documents, organization);
    if (line) return line;
  }
  return null;
}
