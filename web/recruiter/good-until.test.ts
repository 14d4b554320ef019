import { expect, test } from "vitest";
import { daysUntil } from "./expiring";
import { lastDayOf } from "./good-until";

const noon = Date.parse("2026-02-27T12:00:00Z");

test("the last day is so many days from now, and there is none where a type is good for ever", () => {
  expect(lastDayOf(1, noon)).toBe("2026-02-28");
  expect(lastDayOf(365, noon)).toBe("2027-02-27");
  expect(lastDayOf(null, noon)).toBe("");
});

test("days are left until the end of the last day", () => {
  expect(daysUntil("2026-02-27", noon)).toBe(0);
  expect(daysUntil("2026-02-28", noon)).toBe(1);
  expect(daysUntil("2026-03-27", noon)).toBe(28);
});
