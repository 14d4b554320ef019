import { describe, expect, it } from "vitest";
import type { Document, DocumentRequest, DocumentType } from "../../worker/features/documents/schema";
import { slotOf, slotState, slotsOf } from "./own-documents";

const TYPES: DocumentType[] = [
  { key: "w9", name: "W-9", required: true },
  { key: "nda", name: "NDA", required: true },
  { key: "cv", name: "CV", required: false },
].map((type) => ({ ...type, validDays: null, hasTemplate: false, templateName: null }));

function sent(id: string, type: string, status: Document["status"], createdAt: string): Document {
  return {
    id,
    type,
    typeName: type,
    status,
    fileName: `${id}.pdf`,
    contentType: "application/pdf",
    size: 1,
    reason: null,
    reviewedBy: null,
    reviewedByName: null,
    reviewedAt: null,
    expiresOn: null,
    expired: false,
    expiredAt: null,
    agentId: "agt_1",
    candidateId: null,
    ownerName: "Ada",
    uploadedBy: "usr_1",
    version: 1,
    createdAt,
    updatedAt: createdAt,
  };
}

function asked(type: string, status: DocumentRequest["status"] = "open"): DocumentRequest {
  return {
    id: "req_1",
    agentId: "agt_1",
    candidateId: null,
    type,
    typeName: type,
    message: "Both sides, please.",
    dueDate: null,
    status,
    documentId: null,
    createdAt: "2026-03-01T00:00:00.000Z",
  };
}

const states = (...given: Parameters<typeof slotsOf>) =>
  slotsOf(...given).map((slot) => `${slot.type} ${slotState(slot)}`);

describe("one's own documents", () => {
  it("lists what everybody has to send, and nothing that nobody asked for", () => {
    expect(states([], [], TYPES)).toEqual(["w9 missing", "nda missing"]);
  });

  it("puts first what must be mended, last what is done", () => {
    const documents = [sent("a", "cv", "approved", "2026-03-01"), sent("b", "nda", "rejected", "2026-03-02")];
    expect(states(documents, [], TYPES)).toEqual(["nda rejected", "w9 missing", "cv approved"]);
  });

  it("counts the one sent last, and keeps those before it", () => {
    const documents = [
      sent("old", "w9", "rejected", "2026-03-01"),
      sent("new", "w9", "pending", "2026-03-02"),
    ];
    const [slot] = slotsOf(documents, [], TYPES.slice(0, 1));
    expect(slot && slotState(slot)).toBe("pending");
    expect(slot?.document?.id).toBe("new");
    expect(slot?.earlier.map((one) => one.id)).toEqual(["old"]);
  });

  it("asks again for what was approved once, when the organization does", () => {
    const documents = [sent("a", "cv", "approved", "2026-03-01")];
    expect(states(documents, [asked("cv")], TYPES)).toContain("cv missing");
    expect(states(documents, [asked("cv", "fulfilled")], TYPES)).toContain("cv approved");
    expect(states([sent("b", "cv", "pending", "2026-03-02")], [asked("cv")], TYPES)).toContain("cv pending");
  });

  it("asks for a new one of what has expired", () => {
    const old = { ...sent("a", "w9", "approved", "2026-03-01"), expiresOn: "2026-04-01", expired: true };
    expect(states([old], [], TYPES)).toEqual(["w9 expired", "nda missing"]);
    expect(states([old, sent("b", "w9", "pending", "2026-04-02")], [], TYPES)).toContain("w9 pending");
  });

  it("has a place for a type that nobody asks for, and none for an unknown one", () => {
    const own = { slots: slotsOf([], [], TYPES), types: TYPES };
    expect(slotOf(own, "cv")?.name).toBe("CV");
    expect(slotOf(own, "w9")?.needed).toBe(true);
    expect(slotOf(own, "gone")).toBeNull();
  });
});
