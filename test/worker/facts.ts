import { expect } from "vitest";
import { sweepEmails } from "../../worker/features/email/email";
import { call, follow, json, type Org, type Person, worker } from "./org";

/** Rows straight from D1, beside every verb, so that a test sees what was really stored. */
export async function rows<T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> {
  return (
    await worker.DB.prepare(sql)
      .bind(...values)
      .all<T>()
  ).results;
}

/** The one number that a query answers. */
export async function count(sql: string, ...values: unknown[]): Promise<number> {
  const [row] = await rows<Record<string, number>>(sql, ...values);
  return Object.values(row ?? {})[0] ?? 0;
}

/** Everything of an organization that a refused request must leave as it is. */
export async function written(org: Org): Promise<Record<string, number>> {
  const tables = ["events", "audit_entries", "documents", "notifications", "emails", "undone_moves"];
  const found: Record<string, number> = {};
  for (const table of tables)
    found[table] = await count(`select count(*) from ${table} where org_id = ?`, org.id);
  for (const { key, count: people } of await kept(org)) found[`count of ${key}`] = people;
  found.versions = await count("select coalesce(sum(version), 0) from applications where org_id = ?", org.id);
  return found;
}

/** The kept counts of the agent pool's stages. */
export async function kept(org: Org): Promise<{ key: string; count: number }[]> {
  return await rows("select key, count from stages where pipeline_id = ? order by position", org.pipelineId);
}

interface Move {
  seq: number;
  entity_seq: number;
  type: string;
  change_id: string;
  data: string;
}

/** An entity's events in the order of their commits. */
export async function eventsOf(entityId: string): Promise<Move[]> {
  return await rows<Move>("select * from events where entity_id = ? order by seq", entityId);
}

/** Where an agent was moved, in order: `applied>screening`. */
export async function pathOf(agentId: string): Promise<string[]> {
  const moves = (await eventsOf(agentId)).filter((event) => event.type === "agent.status_changed");
  return moves.map((event) => {
    const { oldStatus, newStatus } = JSON.parse(event.data) as { oldStatus: string; newStatus: string };
    return `${oldStatus}>${newStatus}`;
  });
}

/** Asserts what holds of an agent pool after whatever happened to it. */
export async function checkPool(org: Org): Promise<void> {
  const real = await rows(
    `select s.key, count(a.id) as count from stages s
     left join applications a on a.stage_id = s.id and a.org_id = s.org_id
     where s.pipeline_id = ? group by s.id order by s.position`,
    org.pipelineId,
  );
  expect(await kept(org), "kept counts are real counts").toEqual(real);
  expect(
    await count(
      `select count(*) from agents g join applications a on a.id = g.application_id join stages s on s.id = a.stage_id
       where g.org_id = ? and (g.status <> s.key or g.version <> a.version or g.status_since <> a.entered_at)`,
      org.id,
    ),
    "agent and application agree",
  ).toBe(0);
  expect(
    await rows(
      `select entity_id from events where org_id = ? group by entity_id
       having min(entity_seq) <> 1 or max(entity_seq) <> count(*) or count(distinct entity_seq) <> count(*)`,
      org.id,
    ),
    "every entity's events are counted without a gap",
  ).toEqual([]);
  const changes = ["agent.status_changed", "agent.updated"];
  const agents = await rows<{ id: string; status: string; version: number }>(
    "select id, status, version from agents where org_id = ?",
    org.id,
  );
  for (const agent of agents) {
    const history = await eventsOf(agent.id);
    expect(agent.version, "a version for each change").toBe(
      1 + history.filter((event) => changes.includes(event.type)).length,
    );
    let at = "applied";
    for (const step of await pathOf(agent.id)) {
      expect(step.startsWith(`${at}>`), `${step} begins where the last move ended, in ${at}`).toBe(true);
      at = step.slice(at.length + 1);
    }
    expect(agent.status, "history leads to where the agent stands").toBe(at);
  }
  const pairs = `from events e left join audit_entries a on a.org_id = e.org_id and a.change_id = e.change_id
    and a.action_type in ('AGENT_STATUS_CHANGE', 'AGENT_STATUS_UNDO') and a.entity_id = e.entity_id`;
  expect(
    await rows(
      `select e.change_id ${pairs} where e.org_id = ? and e.type = 'agent.status_changed'
       group by e.seq having count(a.seq) <> 1`,
      org.id,
    ),
    "exactly one audit entry for each move",
  ).toEqual([]);
  expect(
    await count(
      `select count(*) from audit_entries a where a.org_id = ? and a.action_type like 'AGENT_STATUS%'
       and (select count(*) from events e where e.change_id = a.change_id and e.type = 'agent.status_changed') <> 1`,
      org.id,
    ),
    "exactly one event for each audit entry of a move",
  ).toBe(0);
}

export interface MovedAgent {
  id: string;
  status: string;
  version: number;
  batchId: string;
  statusSince: string;
}

/** Asks for a move; the answer is unread. */
export async function move(
  by: Person,
  agentId: string,
  status: string,
  more: { from?: string; reason?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { headers, ...body } = more;
  return await call("PUT", `/api/agents/${agentId}/status`, {
    token: by.token,
    json: { status, ...body },
    ...(headers ? { headers } : {}),
  });
}

/** Moves, and it must succeed. */
export async function moved(by: Person, agentId: string, status: string): Promise<MovedAgent> {
  return await json<MovedAgent>(await move(by, agentId, status), 200);
}

/** Mails that went out to an address. */
export async function outboxOf(email: string): Promise<{ subject: string }[]> {
  return await rows("select subject from outbox where to_address = ? order by at", email);
}

/** The titles of somebody's notifications, oldest first. */
export async function noticesOf(userId: string): Promise<string[]> {
  const found = await rows<{ title: string }>(
    "select title from notifications where user_id = ? order by id",
    userId,
  );
  return found.map((row) => row.title);
}

/** Runs what follows and sends what is due, until neither this nor anything in the background is left. */
export async function calm(org: Org): Promise<void> {
  for (let tries = 0; ; tries++) {
    await follow();
    await sweepEmails(worker, () => {});
    const left = await count(
      `select (select count(*) from events where org_id = ?1 and dispatch = 'pending' and attempts = 0)
        + (select count(*) from emails where org_id = ?1 and status in ('queued', 'sending') and send_at <= ?2)`,
      org.id,
      Date.now(),
    );
    if (left === 0) return;
    if (tries === 50) throw new Error(`${left} things are still under way.`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
