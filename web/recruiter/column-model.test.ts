import { describe, expect, it } from "vitest";
import type { Card } from "../../worker/features/pipelines/schema";
import { ages, windowOf } from "./column-model";

const card = (enteredAt: string): Card => ({
  applicationId: enteredAt,
  agentId: enteredAt,
  name: "Ada",
  enteredAt,
  rating: null,
  tags: [],
  waitingFor: null,
  waitingSince: null,
  version: 1,
});

describe("long columns", () => {
  const heights = Array.from({ length: 1_000 }, () => 64);

  it("draw only what is near, and keep the full height", () => {
    for (const scrollTop of [0, 640, 31_000, 64_000 - 600, 70_000]) {
      const { from, to, before, after } = windowOf(heights, scrollTop, 600);
      expect(to - from).toBeLessThan(30);
      expect(before + (to - from) * 64 + after).toBe(64_000);
    }
  });

  it("draw all of a short one", () => {
    expect(windowOf([64, 84], 0, 600)).toEqual({ from: 0, to: 2, before: 0, after: 0 });
    expect(windowOf([], 0, 600)).toEqual({ from: 0, to: 0, before: 0, after: 0 });
  });

  it("tell how long people have stood in them", () => {
    const now = Date.parse("2026-03-10T00:00:00.000Z");
    const cards = ["2026-03-09", "2026-03-05", "2026-02-01"].map((day) => card(`${day}T00:00:00.000Z`));
    expect(ages(cards, now)).toEqual({ fresh: 1, waiting: 1, old: 1 });
  });
});
