import { expect, it } from "vitest";
import { isDue, isLate, promiseWords } from "./promise";

const now = new Date(2026, 4, 12, 12).getTime();
const at = (day: number, hour: number) => new Date(2026, 4, day, hour).toISOString();

it.each([
  [at(9, 12), "3 days over", true, true],
  [at(11, 23), "1 day over", true, true],
  [at(12, 11), "over since today", true, true],
  [at(12, 18), "due today", true, false],
  [at(13, 1), "due tomorrow", false, false],
])("a promised answer, %s: %s", (replyBy, words, due, late) => {
  expect(promiseWords(replyBy, now)).toBe(words);
  expect(isDue(replyBy, now)).toBe(due);
  expect(isLate(replyBy, now)).toBe(late);
});

it("says the day of one that is further off, and nothing is due where nothing is promised", () => {
  expect(promiseWords(at(20, 9), now)).toMatch(/^due by .*20/);
  expect(isDue(null, now)).toBe(false);
  expect(isDue(undefined, now)).toBe(false);
});
