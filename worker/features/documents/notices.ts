import { desc, eq, sql } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { link } from "../../lib/links";
import { agents } from "../agents/table";
import { candidates } from "../candidates/table";
import { queueEmail } from "../email/email";
import { notify } from "../notifications/notify";
import { applications } from "../pipelines/table";
import { newStatusLinks } from "../status/links";
import { documentRequests, documents, documentTypes } from "./table";

/** Tells the owner of a document what became of it, or that one is asked for. */
export const documentNotices: Subscriber = {
  name: "document-notices",
  types: ["document.approved", "document.rejected", "document.requested"],
  handle: tellOwner,
};

async function tellOwner(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const data = event.data as {
    agentId?: string;
    candidateId?: string;
    documentId?: string;
    requestId?: string;
    reason?: string;
  };
  const person = { id: agents.id, userId: agents.userId, email: agents.email, firstName: agents.firstName };
  const [agentRows, candidateRows, docs, requests, types, orgs, newest] = await ctx.db.read(
    ctx.db.select(person, agents, { where: eq(agents.id, data.agentId ?? "") }),
    ctx.db.select(
      {
        id: candidates.id,
        userId: candidates.userId,
        email: candidates.email,
        firstName: candidates.firstName,
      },
      candidates,
      { where: eq(candidates.id, data.candidateId ?? "") },
    ),
    ctx.db.rows(documents, { where: eq(documents.id, data.documentId ?? "") }),
    ctx.db.rows(documentRequests, { where: eq(documentRequests.id, data.requestId ?? "") }),
    ctx.db.rows(documentTypes),
    ctx.db.organization(),
    ctx.db.select({ id: applications.id }, applications, {
      // In the words of the partial index, so that SQLite uses it.
      where: sql`candidate_id is not null and ${applications.candidateId} = ${data.candidateId ?? ""}`,
      orderBy: desc(applications.id),
      limit: 1,
    }),
  );
  const owner = agentRows[0] ?? candidateRows[0];
  const typeKey = docs[0]?.type ?? requests[0]?.type;
  if (!owner || !typeKey) return null;
  const document = types.find((type) => type.key === typeKey)?.name ?? typeKey;
  const message = requests[0]?.message ?? "";
  const words = {
    "document.approved": { title: `Your ${document} was approved`, message: "" },
    "document.rejected": { title: `Your ${document} needs another look`, message: data.reason ?? "" },
    "document.requested": { title: `Please upload your ${document}`, message },
  }[event.type as "document.approved" | "document.rejected" | "document.requested"];

  const noticed = notify(
    ctx,
    owner.userId
      ? [
          {
            ...words,
            userId: owner.userId,
            type: event.type.replace(".", "_"),
            entityType: "document",
            entityId: data.documentId ?? null,
            eventSeq: event.seq,
          },
        ]
      : [],
  );
  const template = {
    "document.rejected": "document_rejected",
    "document.requested": "document_requested",
  } as const;
  const name = template[event.type as keyof typeof template];
  // Without a login their own page is that of their newest application.
  const stranger = owner.userId === null ? newest[0]?.id : undefined;
  const links = await newStatusLinks(ctx, name && stranger ? [stranger] : []);
  const mail = name
    ? queueEmail(ctx, {
        to: owner.email,
        userId: owner.userId,
        template: name,
        values: {
          firstName: owner.firstName,
          organization: orgs[0]?.name ?? "",
          document,
          reason: data.reason ?? "",
          message,
          url: links.urls.get(stranger ?? "") ?? link(ctx.env, "/documents"),
        },
        dedupeKey: `${event.id}:owner`,
      })
    : null;
  return {
    writes: [...links.writes, ...(mail ? [mail.write] : []), ...noticed.writes],
    events: noticed.events,
    ...(mail ? { after: mail.wake } : {}),
  };
}
