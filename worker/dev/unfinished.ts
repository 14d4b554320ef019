import { is, sql } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { database, directory, type OrgTable } from "../db/database";
import * as schema from "../db/schema";
import type { Env } from "../env";
import { leases } from "../events/table";

/** The note that the demo organization is being written, and which one: it goes away with the last row. */
const NOTE = "demo";

/** Every table whose rows belong to organizations. What was audited stays: nothing may take it away. */
const TABLES = Object.values(schema).flatMap((table) =>
  is(table, SQLiteTable) && "orgId" in table && table !== schema.auditEntries ? [table as OrgTable] : [],
);

/** Notes that a demo organization is about to be written. */
export async function noteBegun(env: Env, orgId: string): Promise<void> {
  const { orm, write } = directory(env);
  await write([orm.insert(leases).values({ name: NOTE, until: 0, holder: orgId }).onConflictDoNothing()]);
}

/** Notes that it is whole. */
export async function noteDone(env: Env): Promise<void> {
  const { orm, write } = directory(env);
  await write([orm.delete(leases).where(sql`name = ${NOTE}`)]);
}

/** Takes away a demo organization that was left halfway, as by a server that was stopped at its first start. */
export async function removeUnfinished(env: Env): Promise<void> {
  const { orm, read, write } = directory(env);
  const [[half]] = await read(orm.select().from(leases).where(sql`name = ${NOTE}`));
  if (!half) return;
  const db = database(env, half.holder);
  await write([
    ...TABLES.map((table) => db.delete(table, undefined)),
    orm.delete(leases).where(sql`name = ${NOTE}`),
  ]);
}
