import { expect, it } from "vitest";
import { seedDemo } from "../../worker/dev/seed";
import type { Env } from "../../worker/env";
import { worker } from "./org";

/** The server as it is stopped at its n-th file. */
function stoppedAt(n: number): Env {
  let puts = 0;
  const files = new Proxy(worker.FILES, {
    get(bucket, name) {
      if (name === "put" && ++puts === n) throw new Error("The server was stopped.");
      const member = Reflect.get(bucket, name) as unknown;
      return typeof member === "function" ? member.bind(bucket) : member;
    },
  });
  return { ...worker, FILES: files };
}

const list = async (query: string) => (await worker.DB.prepare(query).all<{ id: string }>()).results;

it("a demo that was stopped halfway is taken away and made anew", async () => {
  await expect(seedDemo(stoppedAt(2), () => {})).rejects.toThrow();
  const [first] = await list("select id from organizations");
  const people = await list("select id from users");
  expect(people.length).toBeGreaterThan(4);

  await expect(seedDemo(stoppedAt(3), () => {})).rejects.toThrow();
  const [second, ...more] = await list("select id from organizations where slug = 'acme'");
  expect(more).toEqual([]);
  expect(second?.id).not.toBe(first?.id);
  for (const table of ["users", "agents", "applications", "documents", "events", "pipelines", "stages"])
    expect(await list(`select org_id as id from ${table} where org_id = '${first?.id}'`), table).toEqual([]);
  expect((await list("select id from users where email = 'admin@acme.test'")).length).toBe(1);
});
