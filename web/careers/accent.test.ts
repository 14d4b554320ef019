import fc from "fast-check";
import { expect, test } from "vitest";
import { accentOf, contrast } from "./accent";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, "0")}`);

test("whatever colour is chosen, text in it and on it can be read, light and dark", () => {
  fc.assert(
    fc.property(colour, (chosen) => {
      const { accent, strong, ink } = accentOf(chosen);
      expect(contrast(accent[0], "#f9f8f4")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent[1], "#252a29")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(strong[0], "#f9f8f4")).toBeGreaterThanOrEqual(4.5);
      for (const at of [0, 1] as const) expect(contrast(ink[at], accent[at])).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2000 },
  );
});

test("a colour that can be read stays as it is", () => {
  expect(accentOf("#1f7a6d").accent[0]).toBe("#1f7a6d");
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});
