import { z } from "zod";

/** One kind of event: its fields, what it means, and an example that satisfies them. */
interface Entry<S extends z.ZodType> {
  summary: string;
  data: S;
  example: z.infer<S>;
  /** False for events that only feed our own screens and never leave the building. */
  external: boolean;
}
const entry = <S extends z.ZodType>(
  summary: string,
  data: S,
  example: z.infer<S>,
  external = true,
): Entry<S> => ({
  summary,
  data,
  example,
  external,
});

const id = z.string().min(1).max(80);
/** An event about a document names its owner: an agent or a candidate. */
const owner = { agentId: id.optional(), candidateId: id.optional() };

/** Ids and words only: never CV text, equal-opportunity answers or pay. */
export const CATALOGUE = {
  "agent.created": entry(
    "Somebody registered as an agent and stands in the first stage of the agent pool.",
    z.strictObject({ agentId: id, email: z.string(), atsId: id }),
    { agentId: "agt_01", email: "ada@example.com", atsId: "app_01" },
  ),
  "agent.status_changed": entry(
    "An agent was moved to another stage of the agent pool.",
    z.strictObject({ agentId: id, oldStatus: z.string(), newStatus: z.string(), changedBy: id }),
    { agentId: "agt_01", oldStatus: "applied", newStatus: "screening", changedBy: "usr_01" },
  ),
  "document.uploaded": entry(
    "A document arrived and waits for review.",
    z.strictObject({ ...owner, documentId: id, type: z.string(), status: z.string() }),
    { agentId: "agt_01", documentId: "doc_01", type: "w9", status: "pending" },
  ),
  "document.approved": entry(
    "A document was approved.",
    z.strictObject({ ...owner, documentId: id, reviewedBy: id }),
    { agentId: "agt_01", documentId: "doc_01", reviewedBy: "usr_01" },
  ),
  "document.rejected": entry(
    "A document was rejected; the reason says what to mend.",
    z.strictObject({ ...owner, documentId: id, reviewedBy: id, reason: z.string() }),
    { agentId: "agt_01", documentId: "doc_01", reviewedBy: "usr_01", reason: "The signature is missing." },
  ),
  "candidate.created": entry("A candidate was created.", z.strictObject({ candidateId: id }), {
    candidateId: "cand_01",
  }),
  "agent.updated": entry(
    "An agent's profile, tags or rating changed.",
    z.strictObject({ agentId: id, fields: z.array(z.string()) }),
    { agentId: "agt_01", fields: ["phone"] },
    false,
  ),
  "document.deleted": entry(
    "A document was taken back.",
    z.strictObject({ ...owner, documentId: id }),
    { agentId: "agt_01", documentId: "doc_01" },
    false,
  ),
  "document.requested": entry(
    "Somebody was asked for a document.",
    z.strictObject({ ...owner, requestId: id, type: z.string() }),
    { agentId: "agt_01", requestId: "req_01", type: "w9" },
    false,
  ),
  "notification.created": entry(
    "Somebody has a new notification.",
    z.strictObject({
      notificationId: id,
      type: z.string(),
      title: z.string(),
      message: z.string(),
      entityType: z.string().nullable(),
      entityId: z.string().nullable(),
    }),
    {
      notificationId: "ntf_01",
      type: "agent_status_change",
      title: "You are in Screening now",
      message: "",
      entityType: "agent",
      entityId: "agt_01",
    },
    false,
  ),
  "notification.read": entry(
    "Somebody read notifications, on this or another device.",
    z.strictObject({ notificationId: id.nullable(), read: z.boolean() }),
    { notificationId: "ntf_01", read: true },
    false,
  ),
} as const;

export type EventType = keyof typeof CATALOGUE;
export type EventData<T extends EventType> = z.infer<(typeof CATALOGUE)[T]["data"]>;

/** True for a word that the catalogue knows. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(CATALOGUE, type);
}
