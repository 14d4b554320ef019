import { z } from "zod";
import { pageOf, pageQuery, Time } from "../../http/shapes";
import { INBOX_STATUSES, SCHEMES, SOURCE_STATUSES } from "./words";

export const Source = z
  .object({
    id: z.string(),
    type: z.string(),
    name: z.string(),
    scheme: z.enum(SCHEMES),
    hookUrl: z.string(),
    ipAllowList: z.array(z.string()).nullable(),
    acceptsWith: z.union([z.literal(200), z.literal(202)]),
    status: z.enum(SOURCE_STATUSES),
    previousSecretUntil: Time.nullable(),
    lastEventAt: Time.nullable(),
    lastErrorAt: Time.nullable(),
    lastError: z.string().nullable(),
    version: z.number().int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: "Integration" });
export type Source = z.infer<typeof Source>;
export const SourcePage = pageOf(Source);
/** As a source is answered once, when its secret was just made. */
export const SourceWithSecret = Source.extend({ secret: z.string() }).meta({ id: "IntegrationWithSecret" });
export type SourceWithSecret = z.infer<typeof SourceWithSecret>;

const name = z.string().trim().min(1, "Give it a name that you will know again.").max(100);
const ipAllowList = z.array(z.string().trim().max(60)).max(100).nullable();
const acceptsWith = z.union([z.literal(200), z.literal(202)]);
export const NewSource = z.strictObject({
  name,
  scheme: z.enum(SCHEMES).default("portal"),
  ipAllowList: ipAllowList.default(null),
  acceptsWith: acceptsWith.default(202),
});
export type NewSource = z.infer<typeof NewSource>;
export const SourceChange = z
  .strictObject({ name, ipAllowList, acceptsWith, status: z.enum(SOURCE_STATUSES) })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Send at least one field to change.");
export type SourceChange = z.infer<typeof SourceChange>;

const inbox = {
  id: z.string(),
  integrationId: z.string(),
  integrationName: z.string(),
  eventId: z.string(),
  eventType: z.string().nullable(),
  occurredAt: Time.nullable(),
  receivedAt: Time,
  status: z.enum(INBOX_STATUSES),
  reason: z.string().nullable(),
  attempts: z.number().int(),
  processedAt: Time.nullable(),
  /** Ids of what it changed, by kind: `candidateId`, `applicationId`, `documentId`… */
  result: z.record(z.string(), z.string()).nullable(),
};
export const InboxLine = z.object(inbox).meta({ id: "InboxLine" });
export type InboxLine = z.infer<typeof InboxLine>;
export const InboxPage = pageOf(InboxLine);
export const InboxEvent = z
  .object({ ...inbox, body: z.string(), headers: z.record(z.string(), z.string()) })
  .meta({ id: "InboxEvent" });
export type InboxEvent = z.infer<typeof InboxEvent>;

export const InboxQuery = z.strictObject({
  ...pageQuery,
  integrationId: z.string().max(60).optional(),
  eventType: z.string().max(60).optional(),
  status: z.enum(INBOX_STATUSES).optional(),
});

/** What a hook answers: 202 for a new event, 200 for one that came before. */
export const Accepted = z
  .object({ id: z.string(), status: z.enum(["accepted", "repeated"]) })
  .meta({ id: "HookAccepted" });

export const PortalResult = z
  .object({
    id: z.string(),
    kind: z.enum(["assessment", "screening"]),
    candidateId: z.string(),
    applicationId: z.string().nullable(),
    assessmentType: z.string(),
    status: z.string(),
    score: z.number().nullable(),
    maxScore: z.number().nullable(),
    recommendation: z.string().nullable(),
    summary: z.string().nullable(),
    source: z.string(),
    completedAt: Time.nullable(),
    createdAt: Time,
  })
  .meta({ id: "PortalResult" });
export type PortalResult = z.infer<typeof PortalResult>;
/** All that is kept of one person: there is no next page. */
export const PortalResultPage = z.object({ data: z.array(PortalResult), nextCursor: z.null() });
