import { describe, expect, it } from "vitest";
import { shownGroups } from "./sums";

/** What can be worked out of a hidden group, from those that are shown and their sum. */
function hiddenOf(counts: number[]) {
  const shown = shownGroups(counts);
  const hidden = counts.filter((_, i) => shown[i] === null);
  return { hidden, sum: hidden.reduce((a, b) => a + b, 0) };
}

describe("groups that may be shown", () => {
  it.each<[number[], (number | null)[]]>([
    [
      [10, 20, 5],
      [10, 20, 5],
    ],
    [
      [0, 0, 0],
      [null, null, null],
    ],
    [
      [4, 0, 0],
      [null, null, null],
    ],
    // One small group could be subtracted: the next one is hidden with it.
    [
      [10, 20, 4],
      [null, 20, null],
    ],
    [
      [30, 20, 3, 2],
      [30, 20, null, null],
    ],
    // Two that make less than five together need a third.
    [
      [30, 20, 1, 2],
      [30, null, null, null],
    ],
    [
      [30, 20, 0, 0],
      [30, null, null, null],
    ],
    [
      [40, 1],
      [null, null],
    ],
  ])("%j", (counts, shown) => {
    expect(shownGroups(counts)).toEqual(shown);
  });

  it("never leaves one hidden group alone, or fewer than five people", () => {
    for (let round = 0; round < 2000; round++) {
      const counts = Array.from({ length: 2 + (round % 6) }, () => Math.floor(Math.random() ** 3 * 40));
      const { hidden, sum } = hiddenOf(counts);
      const total = counts.reduce((a, b) => a + b, 0);
      const all = hidden.length === counts.length;
      expect(hidden.length === 0 || all || (hidden.length > 1 && sum >= 5), JSON.stringify(counts)).toBe(
        true,
      );
      if (total >= 5) for (const count of counts) expect(count >= 5 || hidden.includes(count)).toBe(true);
    }
  });
});
