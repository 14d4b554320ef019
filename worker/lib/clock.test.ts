import fc from "fast-check";
import { expect, test } from "vitest";
import { iso } from "./clock";

test("a time is written as Date would write it, in every year that there is", () => {
  const most = 8.64e15;
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: -most, max: most }), fc.integer({ min: 0, max: 4e12 })), (at) => {
      expect(iso(at)).toBe(new Date(at).toISOString());
    }),
    { numRuns: 2000 },
  );
  for (const at of [0, -1, 999, 86_399_999, 86_400_000, most, -most]) {
    expect(iso(at)).toBe(new Date(at).toISOString());
  }
});

test("what is no time is refused", () => {
  expect(() => iso(Number.NaN)).toThrow(RangeError);
  expect(() => iso(8.64e15 + 1)).toThrow(RangeError);
});
