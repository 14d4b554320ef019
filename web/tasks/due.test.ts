import { describe, expect, it } from "vitest";
import { dayOf, daysUntil, dueText, endOf, groupOf } from "./due";

const at = (text: string) => new Date(text).getTime();
const iso = (text: string) => new Date(text).toISOString();
const NOW = at("2026-03-04T10:00:00");

describe("when a task is due", () => {
  it.each([
    ["2026-03-04T09:59:00", "overdue"],
    ["2026-03-03T23:59:59", "overdue"],
    ["2026-03-04T23:59:59", "today"],
    ["2026-03-05T00:00:00", "later"],
    ["2027-01-01T00:00:00", "later"],
  ])("%s stands under %s", (due, group) => {
    expect(groupOf({ dueAt: iso(due) }, NOW)).toBe(group);
  });

  it("stands apart without a date", () => {
    expect(groupOf({ dueAt: null }, NOW)).toBe("undated");
  });

  it.each([
    ["2026-03-04T23:59:59", "today"],
    ["2026-03-05T00:00:00", "tomorrow"],
    ["2026-03-03T12:00:00", "yesterday"],
    ["2026-03-01T12:00:00", "3 days ago"],
  ])("%s is %s", (due, words) => {
    expect(dueText(iso(due), NOW)).toBe(words);
  });

  it("counts calendar days also over a change of the clock", () => {
    for (let month = 0; month < 12; month += 1) {
      const from = new Date(2026, month, 28, 12).getTime();
      expect(daysUntil(new Date(2026, month, 35, 1).toISOString(), from)).toBe(7);
    }
  });
});

describe("a date field", () => {
  it("means the end of the day, and reads the same day back", () => {
    const due = endOf("2026-03-04");
    expect(due).not.toBeNull();
    expect(dayOf(due)).toBe("2026-03-04");
    expect(groupOf({ dueAt: due }, NOW)).toBe("today");
  });

  it("may be empty", () => {
    expect(endOf("")).toBeNull();
    expect(dayOf(null)).toBe("");
  });
});
