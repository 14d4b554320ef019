import { expect, it } from "vitest";
import { type Part, partOf } from "./range";

const part = (offset: number, length: number): Part => ({ offset, length });

it.each([
  ["bytes=0-0", part(0, 1)],
  ["bytes=0-9", part(0, 10)],
  ["bytes=0-99", part(0, 10)],
  ["bytes=4-", part(4, 6)],
  ["bytes=9-", part(9, 1)],
  ["bytes=-1", part(9, 1)],
  ["bytes=-10", part(0, 10)],
  ["bytes=-999999999999999", part(0, 10)],
  ["bytes=10-", "beyond"],
  ["bytes=10-20", "beyond"],
  ["bytes=-0", "beyond"],
  ["bytes=5-4", null],
  ["bytes=-", null],
  ["bytes=a-b", null],
  ["bytes=1-2,4-5", null],
  ["lines=1-2", null],
  ["bytes=1-9999999999999999999", null],
  ["", null],
  [undefined, null],
] as const)("reads %s of ten bytes", (header, expected) => {
  expect(partOf(header, 10)).toEqual(expected);
});

it("has no part of nothing", () => {
  expect(partOf("bytes=0-", 0)).toBe("beyond");
  expect(partOf("bytes=-5", 0)).toBe("beyond");
});
