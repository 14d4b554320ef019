import { createHmac } from "node:crypto";
import { database } from "../../worker/db/database";
import { systemCtx } from "../../worker/events/context";
import { processInbox } from "../../worker/features/inbox/process";
import type { SourceWithSecret } from "../../worker/features/inbox/schema";
import type { Scheme } from "../../worker/features/inbox/words";
import { rows } from "./facts";
import { call, json, type Org, type Person, worker } from "./org";

/** Connects a source, as an admin does. */
export async function newSource(
  admin: Person,
  more: Record<string, unknown> = {},
): Promise<SourceWithSecret> {
  const body = { name: "Portal", scheme: "portal", ...more };
  const made = await call("POST", "/api/integrations/portal/connect", { token: admin.token, json: body });
  return await json<SourceWithSecret>(made, 201);
}

const hmac = (key: string | Buffer, ...parts: (string | Uint8Array)[]) => {
  const made = createHmac("sha256", key);
  for (const part of parts) made.update(part);
  return made.digest();
};

/** The headers that a sender signs a body with: written anew here from the documents, not from our own code. */
export function signed(
  scheme: Scheme,
  secret: string,
  body: string | Uint8Array,
  { at = Date.now(), id = "msg_1" }: { at?: number; id?: string } = {},
): Record<string, string> {
  const seconds = String(Math.floor(at / 1000));
  switch (scheme) {
    case "portal":
      return { "x-portal-signature": `t=${seconds},v1=${hmac(secret, `${seconds}.`, body).toString("hex")}` };
    case "standard": {
      const key = Buffer.from(secret.replace("whsec_", ""), "base64");
      const signature = hmac(key, `${id}.${seconds}.`, body).toString("base64");
      return { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": `v1,${signature}` };
    }
    case "sha256-hex":
      return { "x-hub-signature-256": `sha256=${hmac(secret, body).toString("hex")}` };
    case "hmac-base64":
      return { "x-signature": hmac(secret, body).toString("base64") };
  }
}

type Keyed = Pick<SourceWithSecret, "id" | "secret" | "scheme">;

/** Sends bytes to a source's hook, signed now unless other headers are given. */
export function post(
  source: Keyed,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = signed(source.scheme, source.secret, body),
): Promise<Response> {
  const all = { "content-type": "application/json", ...headers };
  return call("POST", `/api/hooks/${source.id}`, { body, headers: all });
}

let count = 0;
/** An event as the portal sends it. */
export function portalEvent(eventType: string, data: object, more: Record<string, unknown> = {}) {
  return {
    eventId: `evt-${++count}`,
    eventType,
    occurredAt: new Date(Date.now()).toISOString(),
    data,
    ...more,
  };
}

/** Sends an event, which must be taken in. @returns its id in the inbox */
export async function send(source: Keyed, event: object): Promise<string> {
  return (await json<{ id: string }>(await post(source, JSON.stringify(event)), 202)).id;
}

export interface InboxRowOf {
  status: string;
  reason: string | null;
  attempts: number;
  result: string | null;
  next_at: number | null;
  run: number;
}

export async function inboxRow(id: string): Promise<InboxRowOf> {
  const [row] = await rows<InboxRowOf>("select * from inbox_events where id = ?", id);
  if (!row) throw new Error(`There is no inbox event ${id}.`);
  return row;
}

/** Works an event off and waits until whoever has it is done with it. */
export async function workOff(org: Org, id: string): Promise<InboxRowOf & { ids: Record<string, string> }> {
  const work: Promise<unknown>[] = [];
  const ctx = {
    ...systemCtx(worker, org.id, (one) => work.push(one)),
    db: database(worker, org.id),
  };
  for (let tries = 0; tries < 200; tries++) {
    await processInbox(ctx, id);
    await Promise.all(work.splice(0));
    const row = await inboxRow(id);
    // Put off is an answer too; a lease has no reason yet.
    if (row.status !== "received" || row.reason !== null)
      return { ...row, ids: JSON.parse(row.result ?? "{}") as Record<string, string> };
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`${id} is still under way.`);
}

/** Sends an event and works it off. */
export async function sent(org: Org, source: Keyed, type: string, data: object, more = {}) {
  const id = await send(source, portalEvent(type, data, more));
  return { id, ...(await workOff(org, id)) };
}
