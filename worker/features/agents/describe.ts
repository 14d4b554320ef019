import type { StoredEvent } from "../../events/subscriber";

type Named = { key: string; name: string };

/** What happened, in a sentence without its actor. */
export function describeEvent(
  event: Pick<StoredEvent, "type" | "data" | "detail">,
  stages: Named[],
  types: Named[],
): string {
  const data = event.data as Record<string, string>;
  const detail = event.detail as Record<string, string | undefined>;
  const campaign = detail.campaign ?? detail.name ?? "a campaign";
  const stage = (key: string | undefined) => stages.find((one) => one.key === key)?.name ?? key ?? "";
  const document = types.find((one) => one.key === (data.type ?? detail.type))?.name;
  switch (event.type) {
    case "agent.created":
      return `Registered and entered ${stages[0]?.name ?? "the pool"}`;
    case "agent.status_changed":
      return "undoOf" in event.detail
        ? `Taken back from ${stage(data.oldStatus)} to ${stage(data.newStatus)}`
        : `Moved from ${stage(data.oldStatus)} to ${stage(data.newStatus)}`;
    case "agent.updated":
      return "Profile changed";
    case "document.uploaded":
      return `${document ?? "A document"} uploaded`;
    case "document.approved":
      return `${document ?? "A document"} approved`;
    case "document.rejected":
      return `${document ?? "A document"} rejected`;
    case "document.expired":
      return `${document ?? "A document"} expired`;
    case "document.deleted":
      return `${document ?? "A document"} taken back`;
    case "document.requested":
      return `Asked for ${document ?? "a document"}`;
    case "evaluation.completed":
      return `${detail.typeName ?? data.evaluationType}: ${data.score}${detail.maxScore ? ` of ${detail.maxScore}` : ""}`;
    case "onboarding.step_completed":
      return `Completed the step ${detail.title ?? "of the onboarding"}`;
    case "onboarding.completed":
      return "Completed the onboarding";
    case "onboarding.changed":
      return detail.status === "waived"
        ? `The step ${detail.title ?? ""} is waived`
        : `The step ${detail.title ?? ""} is open again`;
    case "campaign.applied":
      return `Applied for ${campaign}`;
    case "campaign.assigned":
      return `Assigned to ${campaign}`;
    case "campaign.eligibility_changed":
      return data.eligible ? `Qualifies for ${campaign}` : `No longer qualifies for ${campaign}`;
    default:
      return event.type;
  }
}

/** A move as the person that was moved reads it. */
export function tellPerson(event: Pick<StoredEvent, "type" | "data" | "detail">, stages: Named[]): string {
  const { newStatus } = event.data as { newStatus?: string };
  const name = stages.find((one) => one.key === newStatus)?.name ?? newStatus ?? "";
  if (event.type === "agent.created") return `You registered and entered ${stages[0]?.name ?? "the pool"}`;
  return "undoOf" in event.detail ? `You are back in ${name}` : `You entered ${name}`;
}
