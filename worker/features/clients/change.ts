import { and, eq, sql } from "drizzle-orm";
import { indexPerson, timedSearchKeys, unindex } from "../../db/search";
import { commit, onceMore } from "../../events/commit";
import type { Ctx } from "../../events/context";
import { conflict, notFound, outdated } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { jobs } from "../jobs/table";
import { indexJobs } from "../jobs/text";
import { forgetUser } from "../sessions/sessions";
import { sessions } from "../sessions/table";
import { users } from "../users/table";
import { type ClientRow, getClient, presentClient, selectClient } from "./clients";
import type { Client, ClientChange, NewClient } from "./schema";
import { clients } from "./table";

/** Everything a client should be found by. */
const searchText = (row: Pick<ClientRow, "companyName" | "industry" | "city">) =>
  [row.companyName, row.industry ?? "", row.city ?? ""].join(" ");

const stamped = (ctx: Ctx, id: string, changeId: string) =>
  sql`exists (select 1 from ${clients} where org_id = ${ctx.orgId} and id = ${id} and change_id = ${changeId})`;

export async function createClient(ctx: Ctx, input: NewClient): Promise<Client> {
  const at = ctx.now();
  const [searchKey = 0] = timedSearchKeys(at, 1);
  const row: ClientRow = {
    id: newId("clt", at),
    orgId: ctx.orgId,
    searchKey,
    companyName: input.companyName,
    status: input.status,
    industry: input.industry ?? null,
    website: input.website ?? null,
    phone: input.phone ?? null,
    address: input.address ?? null,
    city: input.city ?? null,
    state: input.state ?? null,
    country: input.country ?? null,
    postalCode: input.postalCode ?? null,
    notes: input.notes ?? null,
    jobCount: 0,
    openJobCount: 0,
    version: 1,
    changeId: null,
    createdBy: ctx.actor.id,
    createdAt: at,
    updatedAt: at,
  };
  return await commit(ctx, {
    id: newId("chg", at),
    writes: [
      ctx.db.insert(clients, row),
      ...indexPerson(ctx.orgId, searchKey, searchText(row), undefined, "client").map((statement) =>
        ctx.db.sql(statement),
      ),
    ],
    audit: [
      {
        action: "CLIENT_CREATE",
        entity: { type: "client", id: row.id },
        newValue: { companyName: row.companyName, status: row.status },
      },
    ],
    result: presentClient(ctx, row),
  });
}

/** Changes the sent fields; values that are there already change nothing. @throws DomainError `not-found`, `outdated` */
export async function updateClient(
  ctx: Ctx,
  id: string,
  change: ClientChange,
  ifVersion?: number,
): Promise<Client> {
  const attempt = async (): Promise<Client> => {
    const [rows] = await ctx.db.read(selectClient(ctx, id));
    const old = rows[0];
    if (!old) throw notFound("client");
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(presentClient(ctx, old));
    const fields = (Object.keys(change) as (keyof ClientChange)[]).filter((key) => change[key] !== old[key]);
    if (fields.length === 0) return presentClient(ctx, old);
    const at = ctx.now();
    const changeId = newId("chg", at);
    const set = { ...change, version: old.version + 1, changeId, updatedAt: at };
    const next: ClientRow = { ...old, ...set };
    const won = stamped(ctx, id, changeId);
    return await commit(ctx, {
      id: changeId,
      won: { table: clients, id },
      writes: [
        ctx.db.update(clients, set, and(eq(clients.id, id), eq(clients.version, old.version))),
        ...indexPerson(ctx.orgId, old.searchKey, searchText(next), won, "client").map((statement) =>
          ctx.db.sql(statement),
        ),
        // Jobs are found by their client's name too.
        ...(next.companyName === old.companyName ? [] : indexJobs(ctx, eq(jobs.clientId, id), won)),
      ],
      audit: [
        {
          action: "CLIENT_UPDATE",
          entity: { type: "client", id },
          oldValue: { companyName: old.companyName, status: old.status },
          newValue: { companyName: next.companyName, status: next.status },
          metadata: { fields },
        },
      ],
      result: presentClient(ctx, next),
    });
  };
  return await onceMore(attempt, () => getClient(ctx, id));
}

/**
 * Removes a client that never had a job; its people can't log in any more.
 * @throws DomainError `not-found`, `outdated`, `conflict` for one that has jobs
 */
export async function deleteClient(ctx: Ctx, id: string, ifVersion?: number): Promise<void> {
  const its = eq(users.clientId, id);
  const attempt = async () => {
    const [rows, people] = await ctx.db.read(
      selectClient(ctx, id),
      ctx.db.select({ id: users.id }, users, { where: its }),
    );
    const old = rows[0];
    if (!old) throw notFound("client");
    if (ifVersion !== undefined && ifVersion !== old.version) throw outdated(presentClient(ctx, old));
    if (old.jobCount > 0) {
      throw conflict(
        `${old.companyName} has ${old.jobCount === 1 ? "a job" : `${old.jobCount} jobs`}, so its history stays. Set its status to "inactive" instead.`,
        presentClient(ctx, old),
      );
    }
    const at = ctx.now();
    const changeId = newId("chg", at);
    const won = stamped(ctx, id, changeId);
    await commit(ctx, {
      id: changeId,
      won: { table: clients, id },
      writes: [
        ctx.db.update(
          clients,
          { changeId },
          and(eq(clients.id, id), eq(clients.version, old.version), eq(clients.jobCount, 0)),
        ),
        ctx.db.update(
          users,
          { disabledAt: at, version: sql`${users.version} + 1`, updatedAt: at },
          and(its, sql`${users.disabledAt} is null`, won),
        ),
        ctx.db.update(
          sessions,
          { revokedAt: at },
          and(
            sql`${sessions.userId} in (select id from ${users} where org_id = ${ctx.orgId} and client_id = ${id})`,
            sql`${sessions.revokedAt} is null`,
            won,
          ),
        ),
        ctx.db.sql(unindex(old.searchKey, won)),
      ],
      afterwards: [ctx.db.delete(clients, and(eq(clients.id, id), eq(clients.changeId, changeId)))],
      audit: [
        {
          action: "CLIENT_DELETE",
          entity: { type: "client", id },
          oldValue: { companyName: old.companyName, status: old.status },
        },
      ],
      result: null,
    });
    for (const person of people) forgetUser(person.id);
  };
  await onceMore(attempt, () => getClient(ctx, id));
}
