import { expect, it } from "vitest";
import { daysUntil, dueText, expiryText, localDay } from "./days";

it("counts calendar days, over months and clock changes too", () => {
  expect(daysUntil("2026-03-30", "2026-03-28")).toBe(2);
  expect(daysUntil("2027-01-01", "2026-12-31")).toBe(1);
  expect(daysUntil("2026-12-30", "2026-12-31")).toBe(-1);
  expect(localDay(new Date(2026, 0, 5, 23, 59).getTime())).toBe("2026-01-05");
});

it("says when a step is due", () => {
  const due = (day: string) => dueText(day, "2026-12-10").text;
  expect(
    ["2026-12-10", "2026-12-11", "2026-12-14", "2026-12-20", "2027-01-02", "2026-12-01"].map(due),
  ).toEqual([
    "due today",
    "due tomorrow",
    "due in 4 days",
    "due by Dec 20",
    "due by Jan 2, 2027",
    "was due on Dec 1",
  ]);
  expect(dueText("2026-12-01", "2026-12-10").late).toBe(true);
});

it("says how long a document is good for", () => {
  const until = (day: string, expired = false) => expiryText(day, expired, "2026-12-10");
  expect(until("2027-03-12")).toEqual({ text: "good until Mar 12, 2027", tone: "quiet" });
  expect(until("2026-12-16")).toEqual({ text: "ends in 6 days", tone: "soon" });
  expect(until("2026-12-09")).toEqual({ text: "expired on Dec 9, 2026", tone: "over" });
  expect(until("2026-12-10", true).tone).toBe("over");
});
