import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../lib/errors";
import { type Scale, scoreOf } from "./score";

const percent: Scale = { name: "English", minScore: 0, maxScore: 100, passScore: 80, criteria: [] };
const card: Scale = {
  name: "Call",
  minScore: 1,
  maxScore: 5,
  passScore: null,
  criteria: [
    { key: "tone", label: "Tone", weight: 1 },
    { key: "facts", label: "Facts", weight: 3 },
  ],
};

/** Where a result is refused, and with which words. */
function refusal(type: Scale, sent: Parameters<typeof scoreOf>[1]) {
  try {
    scoreOf(type, sent);
  } catch (error) {
    if (error instanceof DomainError) return error.extra.errors?.[0];
    throw error;
  }
  return undefined;
}

describe("scoreOf", () => {
  it.each([
    [percent, { score: 80 }, 80, true],
    [percent, { score: 79.9 }, 79.9, false],
    [percent, { score: 0 }, 0, false],
    [percent, { score: 45, maxScore: 50 }, 90, true],
    [percent, { score: 2, maxScore: 3 }, 66.6667, false],
    // Of a scale that ends where the type's ends it is the type's own, wherever that begins.
    [card, { score: 3, maxScore: 5 }, 3, null],
    [card, { score: 50, maxScore: 100 }, 3, null],
    [card, { score: 0, maxScore: 10 }, 1, null],
    [card, { marks: { tone: 5, facts: 3 } }, 3.5, null],
    [card, { marks: { tone: 1, facts: 1 } }, 1, null],
  ] as const)("brings a result onto the scale: %#", (type, sent, score, passed) => {
    expect(scoreOf(type, sent)).toMatchObject({ score, passed });
  });

  it("keeps the marks in the order of the scorecard, with their words", () => {
    expect(scoreOf(card, { marks: { facts: 3, tone: 5 } }).marks).toEqual([
      { key: "tone", label: "Tone", score: 5 },
      { key: "facts", label: "Facts", score: 3 },
    ]);
  });

  it.each([
    [percent, { score: 101 }, "score", "from 0 to 100"],
    [percent, { score: -1 }, "score", "from 0 to 100"],
    [percent, { score: 51, maxScore: 50 }, "score", "between 0 and 50"],
    [percent, { score: -1, maxScore: 50 }, "score", "between 0 and 50"],
    [percent, { marks: { tone: 3 } }, "marks", "no scorecard"],
    [percent, {}, "score", "Send a score"],
    [card, { score: 0 }, "score", "from 1 to 5"],
    [card, { marks: { tone: 3 } }, "marks.facts", "missing"],
    [card, { marks: { tone: 3, facts: 6 } }, "marks.facts", "from 1 to 5"],
    [card, { marks: { tone: 3, facts: 4, looks: 5 } }, "marks.looks", "tone, facts"],
    [card, { marks: { constructor: 3 } }, "marks.constructor", "tone, facts"],
    [card, { score: 3, marks: { tone: 3, facts: 3 } }, "score", "follows from the marks"],
  ] as const)("refuses what is off the scale or unclear: %#", (type, sent, path, words) => {
    const said = refusal(type, sent);
    expect(said?.path).toBe(path);
    expect(said?.message).toContain(words);
  });

  it("never leaves the scale, and a better result is never a worse score", () => {
    const scales = fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 200 }))
      .map(([minScore, length]) => ({ ...percent, minScore, maxScore: minScore + length, passScore: null }));
    const sent = fc
      .integer({ min: 1, max: 1000 })
      .chain((maxScore) =>
        fc.tuple(
          fc.double({ min: 0, max: maxScore, noNaN: true }),
          fc.double({ min: 0, max: maxScore, noNaN: true }),
          fc.constant(maxScore),
        ),
      );
    fc.assert(
      fc.property(scales, sent, (type, [one, two, maxScore]) => {
        fc.pre(maxScore !== type.maxScore);
        const [low, high] = [Math.min(one, two), Math.max(one, two)].map(
          (score) => scoreOf(type, { score, maxScore }).score,
        ) as [number, number];
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(type.minScore);
        expect(high).toBeLessThanOrEqual(type.maxScore);
      }),
    );
  });
});
