import type { Context } from "hono";
import { database } from "../db/database";
import { audienceOf } from "../features/pipelines/changes";
import { useOneTimeToken } from "../features/sessions/one-time";
import { checkSession, type KnownSession } from "../features/sessions/sessions";
import type { Opened, StatusAccess } from "../features/status/links";
import type { Permission } from "../features/users/permissions";
import { authenticate, authorize } from "../http/authenticate";
import { isSameOrigin } from "../http/cookies";
import type { HttpEnv } from "../http/types";
import { DomainError, unavailable } from "../lib/errors";
import { log, reasonOf } from "../lib/log";
import type { Watcher } from "./channel";
import { type Topic, topicName } from "./topics";

/**
 * Who opens a socket: a browser by its cookie and only from our own pages, others by the Authorization
 * header or a ticket.
 * @throws DomainError `unauthenticated`, `denied`
 */
export async function authenticateSocket(
  c: Context<HttpEnv>,
  permission: Permission | "session",
): Promise<KnownSession> {
  const ticket = c.req.query("ticket");
  const session = ticket === undefined ? await authenticate(c) : await byTicket(c, ticket);
  if (!session) throw new DomainError("unauthenticated", "Log in, or send a bearer token or a ticket.");
  if (c.get("byCookie") && c.req.header("origin") !== undefined && !isSameOrigin(c)) {
    throw new DomainError("denied", "This socket was opened from another site, so its cookies don't count.");
  }
  authorize(session, permission, false);
  return session;
}

async function byTicket(c: Context<HttpEnv>, ticket: string): Promise<KnownSession | null> {
  const row = await useOneTimeToken(c.env, ticket, ["live"]);
  if (!row?.sessionId) return null;
  return await checkSession(database(c.env, row.orgId, c.get("meter")), {
    sessionId: row.sessionId,
    userId: row.userId,
  });
}

/** Hands the socket to its channel, which answers the upgrade. @throws DomainError `malformed` */
export async function connect(c: Context<HttpEnv>, topic: Topic, session: KnownSession): Promise<Response> {
  return await handOver(c, topic, session.orgId, {
    userId: session.userId,
    sessionId: session.id,
    name: session.name,
    audience:
      topic.kind === "user"
        ? { kind: "own", userId: session.userId }
        : audienceOf(session.role, session.userId),
  });
}

/** The same for whoever holds a personal link, in the channel that is apart from the team's. */
export async function connectApplicant(
  c: Context<HttpEnv>,
  access: StatusAccess & Opened & { pipelineId: string },
): Promise<Response> {
  const { orgId, applicationId, pipelineId, hash, browser } = access;
  const audience = { kind: "applicant", applicationId, browser } as const;
  const topic: Topic = { kind: "applicants", id: pipelineId };
  return await handOver(c, topic, orgId, { userId: "", sessionId: hash, name: "", audience });
}

async function handOver(
  c: Context<HttpEnv>,
  topic: Topic,
  orgId: string,
  watcher: Watcher,
): Promise<Response> {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    throw new DomainError("malformed", "This address is for WebSockets: send Upgrade: websocket.");
  }
  const since = c.req.query("since");
  if (since !== undefined && !/^\d{1,15}$/.test(since)) {
    throw new DomainError("malformed", "Write since as the seq of the last event that you have.");
  }
  const name = topicName(topic);
  const headers = new Headers({
    upgrade: "websocket",
    "x-watcher": encodeURIComponent(JSON.stringify(watcher)),
    "x-org": orgId,
    "x-topic": name,
  });
  if (since !== undefined) headers.set("x-since", since);
  try {
    return await c.env.CHANNEL.get(c.env.CHANNEL.idFromName(name)).fetch("https://channel/", { headers });
  } catch (error) {
    log("warn", "channel.unreachable", { channel: name, reason: reasonOf(error) });
    throw unavailable("Live updates can't be had right now. The changes route has the same events.");
  }
}
