import { expect, it } from "vitest";
import { newId, newSecret } from "./ids";

it("makes ids that sort by their time and never repeat", () => {
  const ids = Array.from({ length: 500 }, (_, i) => newId("agt", 1_700_000_000_000 + i));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(Array.from({ length: 2000 }, () => newId("agt", 5))).size).toBe(2000);
  expect(ids[0]).toMatch(/^agt_[0-9a-hjkmnp-tv-z]{26}$/);
});

it("makes secrets of 32 bytes", () => {
  expect(newSecret()).toMatch(/^[\w-]{43}$/);
});
