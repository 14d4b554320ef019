import { expect, it } from "vitest";
import { mentionsIn } from "./mentions";

const PEOPLE = [
  { id: "rea", name: "Rea Cruz" },
  { id: "reb", name: "Rea Cruz-Lind" },
  { id: "ann", name: "Ann Holm" },
  { id: "ann2", name: "Ann Holmberg" },
  { id: "zoe", name: "Zoë Ek" },
  { id: "mono", name: "Prince" },
  { id: "twin1", name: "Sam Reed" },
  { id: "twin2", name: "Sam Reed" },
  { id: "none", name: "" },
];

it.each([
  ["nobody", "No names at all", []],
  ["one person", "@Rea Cruz please call", ["rea"]],
  ["a name in any case", "ask @rea CRUZ", ["rea"]],
  ["a name before a comma, a full stop or the end", "@Ann Holm, @Zoë Ek.", ["ann", "zoe"]],
  ["the longest name that fits", "@Rea Cruz-Lind and @Ann Holmberg", ["reb", "ann2"]],
  ["no name that goes on with letters", "@Ann Holmes", []],
  ["a name over two spaces or lines", "@Rea  Cruz @Ann\nHolm", ["rea", "ann"]],
  ["no e-mail address", "write to kim@Rea Cruz", []],
  ["a name of one word", "(@prince)", ["mono"]],
  ["each once, in the order of the text", "@Zoë Ek @Rea Cruz @Zoë Ek", ["zoe", "rea"]],
  ["everybody who has the name", "@Sam Reed", ["twin1", "twin2"]],
  ["no first name alone", "@Rea", []],
  ["a possessive", "@Rea Cruz's idea", ["rea"]],
  ["nobody by a bare @", "@ @@ a@", []],
])("finds %s", (_, text, expected) => {
  expect(mentionsIn(text, PEOPLE)).toEqual(expected);
});

it("takes a long text full of signs in its stride", () => {
  expect(mentionsIn("@".repeat(10_000), PEOPLE)).toEqual([]);
});
