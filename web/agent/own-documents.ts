import { useEffect } from "preact/hooks";
import type { Document, DocumentRequest, DocumentType } from "../../worker/features/documents/schema";
import type { Me } from "../../worker/features/users/schema";
import type { Page } from "../../worker/http/shapes";
import { get } from "../lib/client";
import { type Loaded, useLoad } from "../lib/load";
import { useBackOnline } from "../shell/back-online";
import { onOwnEvents } from "../shell/own-channel";

/** One thing on the person's list of papers: a type, what is asked, and what was sent. */
export interface Slot {
  type: string;
  name: string;
  /** Asked of everybody, or of this person. */
  needed: boolean;
  /** Asked of this person, and not sent since. */
  asked: boolean;
  message: string | null;
  dueDate: string | null;
  /** There is a file to download and fill in. */
  hasTemplate: boolean;
  /** The one sent last. */
  document: Document | null;
  /** Those before it, newest first. */
  earlier: Document[];
}

export interface OwnDocuments {
  slots: Slot[];
  types: DocumentType[];
}

const ORDER = { rejected: 0, expired: 1, missing: 2, pending: 3, approved: 4, free: 5 } as const;

/** How a slot stands. */
export function slotState(slot: Slot): keyof typeof ORDER {
  // What is asked for again is missing, though an earlier one was approved.
  if (slot.document?.expired) return "expired";
  if (slot.document && !(slot.asked && slot.document.status === "approved")) return slot.document.status;
  return slot.needed ? "missing" : "free";
}

/** Sorts documents, open requests and types into slots: what must be mended first, what is done last. */
export function slotsOf(
  documents: readonly Document[],
  requests: readonly DocumentRequest[],
  types: readonly DocumentType[],
): Slot[] {
  const newestFirst = [...documents].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  const keys = new Set([
    ...types.filter((type) => type.required).map((type) => type.key),
    ...requests.map((request) => request.type),
    ...newestFirst.map((document) => document.type),
  ]);
  const slots = [...keys].map((key) => {
    const sent = newestFirst.filter((document) => document.type === key);
    const request = requests.find((one) => one.type === key && one.status === "open");
    const type = types.find((one) => one.key === key);
    return {
      type: key,
      name: type?.name ?? request?.typeName ?? sent[0]?.typeName ?? key,
      needed: Boolean(request || type?.required),
      asked: Boolean(request),
      message: request?.message ?? null,
      dueDate: request?.dueDate ?? null,
      hasTemplate: type?.hasTemplate ?? false,
      document: sent[0] ?? null,
      earlier: sent.slice(1),
    };
  });
  return slots.sort((one, other) => ORDER[slotState(one)] - ORDER[slotState(other)]);
}

/** The place of a type on one's list, though nobody asks for it. */
export function slotOf({ slots, types }: OwnDocuments, key: string): Slot | null {
  const type = types.find((one) => one.key === key);
  const known = slots.find((slot) => slot.type === key);
  return known ?? slotsOf([], [], type ? [{ ...type, required: true }] : [])[0] ?? null;
}

/** The person's own papers, live. */
export function useOwnDocuments(person: Me): Loaded<OwnDocuments> {
  const owner = person.agentId
    ? { agentId: person.agentId }
    : person.candidateId
      ? { candidateId: person.candidateId }
      : {};
  const loaded = useLoad(
    async (signal) => {
      const [documents, requests, types] = await Promise.all([
        get<Page<Document>>("/api/documents", { ...owner, limit: 200 }, { signal }),
        get<Page<DocumentRequest>>(
          "/api/documents/requests",
          { ...owner, status: "open", limit: 200 },
          { signal },
        ),
        get<Page<DocumentType>>("/api/me/document-types", undefined, { signal }),
      ]);
      // Only agents are asked for what everybody has to send.
      const asked = person.agentId ? types.data : types.data.map((type) => ({ ...type, required: false }));
      return { slots: slotsOf(documents.data, requests.data, asked), types: types.data };
    },
    [person.id, person.candidateId],
  );
  const { reload } = loaded;
  useBackOnline(reload);
  useEffect(
    () =>
      onOwnEvents((events) => {
        if (events.length === 0 || events.some((event) => event.type.startsWith("document."))) reload();
      }),
    [reload],
  );
  return loaded;
}
