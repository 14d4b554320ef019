import { expect, test } from "vitest";
import { splitName } from "./names";
import { textsOf } from "./prefill";
import { sizeWords } from "./words";

test.each([
  ["Mara Lindqvist", "Mara", "Lindqvist"],
  ["Jürgen von der Heide", "Jürgen", "von der Heide"],
  ["João Pedro dos Santos", "João Pedro", "dos Santos"],
  ["Pieter van 't Hof", "Pieter", "van 't Hof"],
  ["محمد علي", "محمد", "علي"],
  ["山田 太郎", "山田", "太郎"],
  ["王小明", "王小明", ""],
  ["Suharto", "Suharto", ""],
  ["van Gogh", "van", "Gogh"],
])("%s is %s and %s", (name, firstName, lastName) => {
  expect(splitName(name)).toEqual({ firstName, lastName });
});

test("only what was read is filled in", () => {
  expect(textsOf({ name: null, email: null, phone: null, links: [] })).toEqual({});
  expect(
    textsOf({
      name: "Mara Lindqvist",
      phone: "+47 912 34 567",
      links: ["https://a.example", "https://b.example"],
    }),
  ).toEqual({
    firstName: "Mara",
    lastName: "Lindqvist",
    phone: "+47 912 34 567",
    "contact-links": "https://a.example\nhttps://b.example",
  });
});

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [120_400, "120 kB"],
  [999_400, "999 kB"],
  [999_500, "1 MB"],
  [1_440_000, "1.4 MB"],
  [10_485_760, "10.5 MB"],
])("%d bytes are %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
