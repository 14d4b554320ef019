import { listDurableObjectIds } from "cloudflare:test";
import { env as testEnv } from "cloudflare:workers";
import { expect, it } from "vitest";
import { Passwords, passwordPool } from "./passwords-object";

const env = testEnv as unknown as { PASSWORDS: DurableObjectNamespace<Passwords> };
const pool = passwordPool(env);

it("hashes in one place and verifies in any", async () => {
  const phc = await pool.hash("ada@acme.test", "correct horse");
  expect(phc).toMatch(/^\$scrypt\$ln=15,r=8,p=3,k=1\$/);
  expect(await pool.verify("ada@acme.test", phc, "correct horse")).toEqual({ ok: true, rehash: false });
  expect(await pool.verify("grace@acme.test", phc, "correct horse")).toEqual({ ok: true, rehash: false });
  expect(await pool.verify("ada@acme.test", phc, "correct house")).toEqual({ ok: false, rehash: false });
});

it("answers no for an address that nobody has", async () => {
  expect(await pool.verify("nobody@acme.test", null, "correct horse")).toEqual({ ok: false, rehash: false });
});

it("stops without a root key", async () => {
  const hash = Passwords.prototype.hash.call({ env: { PORTICO_KEY: "" } } as never, "correct horse");
  await expect(hash).rejects.toThrow(/PORTICO_KEY is missing/);
});

it("uses eight objects at most, one for an address however it is typed", async () => {
  const names = new Set<string>();
  const recording = passwordPool({
    PASSWORDS: {
      getByName(name: string) {
        names.add(name);
        return { verify: async () => ({ ok: false, rehash: false }) };
      },
    } as unknown as DurableObjectNamespace<Passwords>,
  });
  await recording.verify("Ada@acme.test ", null, "x");
  await recording.verify("ada@acme.test", null, "x");
  expect(names.size).toBe(1);
  for (let i = 0; i < 200; i++) await recording.verify(`person-${i}@acme.test`, null, "x");
  expect([...names].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((index) => `pool-${index}`));
  expect((await listDurableObjectIds(env.PASSWORDS)).length).toBeLessThanOrEqual(8);
});
