import type { Tone } from "../ui";

/** `coding_test` as `Coding test`. */
export function typeWords(text: string): string {
  const words = text.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `82 of 100`, or the bare score where nobody says of how many. */
export const scoreWords = (score: number, maxScore: number | null): string =>
  maxScore === null ? round(score) : `${round(score)} of ${round(maxScore)}`;

const round = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 1 });

const ADVICE: Record<string, { tone: Tone; word: string }> = {
  advance: { tone: "good", word: "Recommended" },
  proceed: { tone: "good", word: "Recommended" },
  recommended: { tone: "good", word: "Recommended" },
  hire: { tone: "good", word: "Recommended" },
  strong_yes: { tone: "good", word: "Strongly recommended" },
  yes: { tone: "good", word: "Recommended" },
  pass: { tone: "good", word: "Passed" },
  maybe: { tone: "warn", word: "To be looked at" },
  review: { tone: "warn", word: "To be looked at" },
  hold: { tone: "warn", word: "To be looked at" },
  no: { tone: "bad", word: "Not recommended" },
  reject: { tone: "bad", word: "Not recommended" },
  not_recommended: { tone: "bad", word: "Not recommended" },
  fail: { tone: "bad", word: "Not passed" },
};

/** What the sender advises, as a word with a tone; a word that we don't know is shown as it is written. */
export function recommendationWords(text: string | null): { tone: Tone; word: string } | null {
  if (!text?.trim()) return null;
  const known =
    ADVICE[
      text
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, "_")
    ];
  return known ?? { tone: "plain", word: typeWords(text) };
}
