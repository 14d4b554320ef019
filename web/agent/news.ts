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
    const data = event.data as Record<string, unknown>;
    const paper = paperName(data, documents);
    switch (event.type) {
      case "agent.status_changed": {
        const stage = home.stages.find((one) => one.key === data.newStatus)?.name ?? home.agent.statusName;
        return `${organization} moved you to ${stage}.`;
      }
      case "document.approved":
        return `Your ${paper} was approved.`;
      case "document.rejected":
        return `Your ${paper} needs another look: ${String(data.reason ?? "")}`;
      case "document.requested":
        return `${organization} asks you for a document: ${paper}.`;
    }
  }
  return null;
}

function paperName(data: Record<string, unknown>, documents: OwnDocuments | undefined): string {
  const slot = documents?.slots.find(
    ({ type, document, earlier }) =>
      type === data.type || [document, ...earlier].some((one) => one !== null && one.id === data.documentId),
  );
  return slot?.name ?? documents?.types.find((type) => type.key === data.type)?.name ?? "document";
}
