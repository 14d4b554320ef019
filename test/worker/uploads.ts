import { samplePdf } from "../fixtures/files";
import { rows } from "./facts";
import { type Call, call, json, type Org, type Person, worker } from "./org";

export interface StoredDocument {
  id: string;
  type: string;
  status: string;
  fileName: string;
  contentType: string;
  size: number;
  reason: string | null;
  reviewedBy: string | null;
  version: number;
}

interface Sent {
  bytes?: Uint8Array;
  name?: string;
  /** What the sender calls it. */
  as?: string;
  type?: string;
  agentId?: string;
  candidateId?: string;
  headers?: Record<string, string>;
}

/** An upload as a form; a W-9 in PDF unless something else is sent. */
export function formOf(by: Person, sent: Sent = {}): Call {
  const { bytes = samplePdf(), name = "w9.pdf", as = "application/pdf", type = "w9", headers } = sent;
  const form = new FormData();
  form.set("file", new File([new Uint8Array(bytes)], name, { type: as }));
  form.set("type", type);
  for (const key of ["agentId", "candidateId"] as const) {
    const value = sent[key];
    if (value !== undefined) form.set(key, value);
  }
  return { token: by.token, body: form, ...(headers ? { headers } : {}) };
}

/** Uploads by a form; the answer is unread. */
export async function send(by: Person, sent: Sent = {}): Promise<Response> {
  return await call("POST", "/api/documents/upload", formOf(by, sent));
}

/** Uploads, and it must succeed. */
export async function uploaded(by: Person, sent: Sent = {}): Promise<StoredDocument> {
  return await json<StoredDocument>(await send(by, sent), 201);
}

/** Uploads the bytes themselves, with what they are in the address. */
export async function sendRaw(
  by: Person,
  body: BodyInit,
  options: { query?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { query = "type=w9&fileName=w9.pdf", headers = {} } = options;
  return await call("POST", `/api/documents/upload?${query}`, {
    token: by.token,
    body,
    headers: { "content-type": "application/pdf", ...headers },
  });
}

/** The keys of an organization's objects in R2. */
export async function objectsOf(org: Org): Promise<string[]> {
  return (await worker.FILES.list({ prefix: `${org.id}/` })).objects.map((object) => object.key);
}

/** What stands on an agent's card as waited for. */
export async function waitingFor(agentId: string): Promise<string | null> {
  const [row] = await rows<{ waiting_for: string | null }>(
    "select waiting_for from applications where agent_id = ?",
    agentId,
  );
  return row?.waiting_for ?? null;
}

export async function review(by: Person, id: string, status: string, reason?: string): Promise<Response> {
  const body = { status, ...(reason === undefined ? {} : { reason }) };
  return await call("PUT", `/api/documents/${id}/status`, { token: by.token, json: body });
}

export async function remove(by: Person, id: string): Promise<Response> {
  return await call("DELETE", `/api/documents/${id}`, { token: by.token });
}
