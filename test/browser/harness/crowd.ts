import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { outbox } from "./index";
import type { SceneAgent } from "./scene";
import { state } from "./server";

/** What a registration sends: to confirm the address, and that one stands in the first stage. */
const MAILS = 2;

/**
 * Copies a person of a pool so often, straight in the local database: a thousand registrations would hash a
 * thousand passwords. The copies are called "Person 1" and so on, and came a minute apart before the first.
 */
export async function crowd(first: Pick<SceneAgent, "id" | "email">, times: number): Promise<void> {
  // The server takes a database that somebody else writes to for broken, so what it does for the first comes first.
  while ((await outbox(first.email)).length < MAILS) await new Promise((done) => setTimeout(done, 100));
  await new Promise((done) => setTimeout(done, 1000));
  const folder = join(state, "v3/d1/miniflare-D1DatabaseObject");
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  if (!file) throw new Error(`There is no database in ${folder}.`);
  const database = new DatabaseSync(join(folder, file));
  try {
    database.exec("pragma busy_timeout = 10000; begin immediate");
    copy(database, "agents", "id", first.id, times, {
      id: "'agt_crowd' || substr(id, -6) || n",
      application_id: "'app_crowd' || substr(id, -6) || n",
      user_id: "null",
      search_key: "search_key + n",
      first_name: "'Person'",
      last_name: "n",
      email: "'person' || n || substr(id, -6) || '@example.test'",
      status_since: "status_since - n * 60000",
    });
    copy(database, "applications", "agent_id", first.id, times, {
      id: "'app_crowd' || substr(agent_id, -6) || n",
      agent_id: "'agt_crowd' || substr(agent_id, -6) || n",
      name: "'Person ' || n",
      entered_at: "entered_at - n * 60000",
      tags: `iif(n % 3 = 0, '["returning"]', '[]')`,
    });
    database
      .prepare(
        "update stages set count = count + ? where id = (select stage_id from applications where agent_id = ?)",
      )
      .run(times, first.id);
    database.exec("commit");
  } finally {
    database.close();
  }
}

function copy(
  database: DatabaseSync,
  table: string,
  key: string,
  id: string,
  times: number,
  changed: Record<string, string>,
): void {
  const columns = database
    .prepare(`select name from pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name));
  const values = columns.map((column) => changed[column] ?? column);
  database
    .prepare(
      `with recursive count(n) as (select 1 union all select n + 1 from count where n < ?)
       insert into ${table} (${columns.join(",")}) select ${values.join(",")} from ${table}, count where ${key} = ?`,
    )
    .run(times, id);
}
