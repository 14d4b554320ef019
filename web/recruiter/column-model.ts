import type { Card } from "../../worker/features/pipelines/schema";

const DAY = 86_400_000;

/** How many of the cards have stood in their stage under three days, under a week, and longer. */
export function ages(cards: readonly Card[], now: number): { fresh: number; waiting: number; old: number } {
  const counts = { fresh: 0, waiting: 0, old: 0 };
  for (const { enteredAt } of cards) {
    const days = (now - Date.parse(enteredAt)) / DAY;
    counts[days < 3 ? "fresh" : days < 7 ? "waiting" : "old"] += 1;
  }
  return counts;
}

export interface Window {
  from: number;
  to: number;
  before: number;
  after: number;
}

/** The rows of a long list that are near the visible part, and the empty space that stands for the others. */
export function windowOf(
  heights: readonly number[],
  scrollTop: number,
  viewport: number,
  margin = 400,
): Window {
  const top = scrollTop - margin;
  const bottom = scrollTop + viewport + margin;
  let y = 0;
  let before = 0;
  let after = 0;
  let from = heights.length;
  let to = 0;
  heights.forEach((height, index) => {
    const end = y + height;
    if (end < top) before = end;
    else if (y > bottom) after += height;
    else {
      from = Math.min(from, index);
      to = index + 1;
    }
    y = end;
  });
  if (from >= to) return { from: 0, to: 0, before: 0, after: y };
  return { from, to, before, after };
}
