import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCursor, writeCursor } from "./cursor";

const env = { PORTICO_KEY: btoa("k".repeat(32)) };
const scope = { list: "agents", orgId: "org_1", filters: { status: "applied" } };

describe("cursors", () => {
  it("give back the position they were made of", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null))), async (position) => {
        expect(await readCursor(env, scope, await writeCursor(env, scope, position))).toEqual(position);
      }),
      { numRuns: 50 },
    );
  });

  it("work for their own list, organization and filters only", async () => {
    const cursor = await writeCursor(env, scope, ["agt_1"]);
    for (const other of [
      { ...scope, list: "documents" },
      { ...scope, orgId: "org_2" },
      { ...scope, filters: { status: "active" } },
    ]) {
      await expect(readCursor(env, other, cursor)).rejects.toMatchObject({ code: "invalid" });
    }
  });

  it("refuse whatever was altered", async () => {
    const cursor = await writeCursor(env, scope, ["agt_1"]);
    for (const broken of ["", ".", cursor.slice(1), `${cursor}x`, cursor.replace(".", ".A"), "a.b.c"]) {
      await expect(readCursor(env, scope, broken)).rejects.toMatchObject({ code: "invalid" });
    }
  });
});
