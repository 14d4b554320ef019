import { eq } from "drizzle-orm";
import type { Ctx } from "../../events/context";
import type { Effect, StoredEvent, Subscriber } from "../../events/subscriber";
import { documentRequests, documents } from "./table";
import { ownerIn, selectOwner, tellOwner, uploadPath } from "./tell-owner";

/** Tells the owner of a document what became of it, or that one is asked for. */
export const documentNotices: Subscriber = {
  name: "document-notices",
  types: ["document.approved", "document.rejected", "document.requested"],
  handle: tell,
};

async function tell(ctx: Ctx, event: StoredEvent): Promise<Effect | null> {
  const data = event.data as {
    agentId?: string;
    candidateId?: string;
    documentId?: string;
    requestId?: string;
    reason?: string;
  };
  const [docs, requests, ...found] = await ctx.db.read(
    ctx.db.rows(documents, { where: eq(documents.id, data.documentId ?? "") }),
    ctx.db.rows(documentRequests, { where: eq(documentRequests.id, data.requestId ?? "") }),
    ...selectOwner(ctx, data),
  );
  const owner = ownerIn(found);
  const type = docs[0]?.type ?? requests[0]?.type;
  if (!owner || !type) return null;
  const document = owner.nameOf(type);
  const message = requests[0]?.message ?? "";
  const words = {
    "document.approved": { title: `Your ${document} was approved`, message: "" },
    "document.rejected": { title: `Your ${document} needs another look`, message: data.reason ?? "" },
    "document.requested": { title: `Please upload your ${document}`, message },
  }[event.type as "document.approved" | "document.rejected" | "document.requested"];
  const template = {
    "document.rejected": "document_rejected",
    "document.requested": "document_requested",
  } as const;
  const name = template[event.type as keyof typeof template];
  return await tellOwner(ctx, owner, {
    notice: {
      ...words,
      type: event.type.replace(".", "_"),
      entityType: "document",
      entityId: data.documentId ?? null,
      eventSeq: event.seq,
    },
    ...(name
      ? {
          mail: {
            template: name,
            values: { document, reason: data.reason ?? "", message },
            path: uploadPath(type),
            dedupeKey: `${event.id}:owner`,
          },
        }
      : {}),
  });
}
