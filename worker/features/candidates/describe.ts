import type { StoredEvent } from "../../events/subscriber";
import { describeEvent } from "../agents/describe";

/** What the events of a page name by id, in words of today. */
export interface Words {
  jobs: Map<string, { title: string; stages: { key: string; name: string }[] }>;
  /** The text of each note that is still there. */
  notes: Map<string, string>;
  tasks: Map<string, string>;
  types: { key: string; name: string }[];
}

/** Fields of applications as people call them. */
const FIELDS: Record<string, string> = {
  starred: "star",
  archived: "place in the archive",
  sharedWithClient: "sharing with the client",
  internalNotes: "internal notes",
};

/** What happened to a candidate, in a sentence without its actor; of a note, the note itself. */
export function describeCandidateEvent(
  event: Pick<StoredEvent, "type" | "data" | "detail">,
  words: Words,
): string {
  const data = event.data as Record<string, string | undefined>;
  const job = words.jobs.get(data.jobId ?? "");
  const title = job?.title ?? "a job that is gone";
  const stage = (key: string | undefined) => job?.stages.find((one) => one.key === key)?.name ?? key ?? "";
  switch (event.type) {
    case "candidate.created":
      return "importId" in event.detail ? "Came with an import" : "Added to the candidates";
    case "candidate.updated":
      return "Profile changed";
    case "application.received":
      return `Applied for ${title}`;
    case "application.status_changed": {
      const verb = "undoOf" in event.detail ? "Taken back" : "Moved";
      return `${verb} from ${stage(data.oldStatus)} to ${stage(data.newStatus)} in ${title}`;
    }
    case "application.updated": {
      const fields = (event.data as { fields: string[] }).fields.map((field) => FIELDS[field] ?? field);
      return `Application for ${title}: ${fields.join(", ")} changed`;
    }
    case "result.received":
      return data.kind === "screening"
        ? "Screening result arrived"
        : `Result of ${data.type?.replace(/[_-]+/g, " ")} arrived`;
    case "note.added":
      return words.notes.get(data.noteId ?? "") ?? "A note that was taken back since";
    case "task.created":
      return `New task: ${words.tasks.get(data.taskId ?? "") ?? "one that is gone"}`;
    case "task.updated": {
      const task = words.tasks.get(data.taskId ?? "") ?? "one that is gone";
      return data.status === "done" ? `Task done: ${task}` : `Task changed: ${task}`;
    }
    case "interview.created":
      return `Interview round ${data.round} set up for ${title}`;
    case "interview.booked":
      return "byCandidate" in event.detail
        ? `Chose a time for interview round ${data.round}`
        : `Interview round ${data.round} has a time`;
    case "interview.scheduled":
      return `Calendar invitation for interview round ${data.round} sent`;
    case "interview.completed":
      return `Interview round ${data.round} took place`;
    case "interview.passed":
      return `Passed interview round ${data.round} for ${title}`;
    case "interview.failed":
      return `Did not pass interview round ${data.round} for ${title}`;
    case "interview.cancelled":
      return `Interview round ${data.round} cancelled`;
    case "interview.no_show":
      return `Did not come to interview round ${data.round}`;
    case "hiring.initiated":
      return `To be hired for ${title}`;
    default:
      return describeEvent(event, [], words.types);
  }
}
