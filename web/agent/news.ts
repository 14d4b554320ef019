import type { AgentHome } from "../../worker/features/agents/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { OwnDocuments } from "./own-documents";

/** One short line of what somebody else just did; null when nothing of it concerns the screen. */
export function newsText(
  events: readonly LiveEvent[],
  home: AgentHome,
  documents: OwnDocuments | undefined,
  organization: string,
): string | null {
  for (const event of [...events].reverse()) {
    if (event.type === "agent.status_changed") {
      const { newStatus } = event.data as Record<string, unknown>;
      const stage = home.stages.find((one) => one.key === newStatus)?.name ?? home.agent.statusName;
      return `${organization} moved you to ${stage}.`;
    }
    const line = paperNews(event, documents, organization);
    if (line) return line;
  }
  return null;
}

/** What became of a paper, or that one is asked for. */
export function paperNews(
  event: LiveEvent,
  documents: OwnDocuments | undefined,
  organization: string,
): string | null {
  const data = event.data as Record<string, unknown>;
  const paper = paperName(data, documents);
  switch (event.type) {
    case "document.approved":
      return `Your ${paper} was approved.`;
    case "document.rejected":
      return `Your ${paper} needs another look: ${String(data.reason ?? "")}`;
    case "document.requested":
      return `${organization} asks you for a document: ${paper}.`;
    default:
      return null;
  }
}

function paperName(data: Record<string, unknown>, documents: OwnDocuments | undefined): string {
  const slot = documents?.slots.find(
    ({ type, document, earlier }) =>
      type === data.type || [document, ...earlier].some((one) => one !== null && one.id === data.documentId),
  );
  return slot?.name ?? documents?.types.find((type) => type.key === data.type)?.name ?? "document";
}
