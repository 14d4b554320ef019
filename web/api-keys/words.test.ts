import { expect, it } from "vitest";
import { SCOPES } from "../../worker/features/api-keys/words";
import { endOf, readAddresses, SCOPE_WORDS } from "./words";

it("reads addresses with lines, blanks or commas between, and none as anywhere", () => {
  expect(readAddresses("203.0.113.7\n 2001:db8::/32, 10.0.0.0/8 ")).toEqual([
    "203.0.113.7",
    "2001:db8::/32",
    "10.0.0.0/8",
  ]);
  expect(readAddresses(" \n,")).toBeNull();
});

it("says when a key ends", () => {
  expect(endOf("30", Date.UTC(2026, 0, 1))).toBe("2026-01-31T00:00:00.000Z");
  expect(endOf("")).toBeNull();
});

it("has words for every scope", () => {
  expect(Object.keys(SCOPE_WORDS).sort()).toEqual([...SCOPES].sort());
});
