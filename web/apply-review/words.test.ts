import { describe, expect, it } from "vitest";
import { APPLY_STEPS } from "../../worker/features/apply/words";
import { dropWords } from "./words";

const steps = (...counts: number[]) => ({
  steps: APPLY_STEPS.map((step, i) => ({ step, count: counts[i] ?? 0 })),
});

describe("where people give up", () => {
  it("is said in a sentence", () => {
    expect(dropWords(steps(0))).toBeNull();
    expect(dropWords(steps(10, 10, 10, 10, 10, 10, 10))).toBe(
      "100 of 100 people who opened the form sent it.",
    );
    expect(dropWords(steps(200, 150, 140, 130, 60, 55, 50))).toBe(
      "25 of 100 people who opened the form sent it. Most gave up before “Questions”: 70.",
    );
  });

  it("counts those without script as having gone through", () => {
    expect(dropWords(steps(10, 0, 0, 0, 0, 0, 4))).toContain("40 of 100");
    expect(dropWords(steps(2, 0, 0, 0, 0, 0, 5))).toBe("100 of 100 people who opened the form sent it.");
  });
});
