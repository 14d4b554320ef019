import fc from "fast-check";
import { expect, test } from "vitest";
import { distance, suggestion } from "./email";

test.each([
  ["ada@gmial.com", "ada@gmail.com"],
  ["ada@gamil.com", "ada@gmail.com"],
  ["ada@gmail.con", "ada@gmail.com"],
  ["ada@gmail.co", "ada@gmail.com"],
  ["ada@gmaill.com", "ada@gmail.com"],
  ["Ada.P@Hotmial.com", "Ada.P@hotmail.com"],
  ["ada@yaho.com", "ada@yahoo.com"],
  ["ada@outlok.com", "ada@outlook.com"],
  ["ada@iclould.com", "ada@icloud.com"],
  ["ada@gmx.ed", "ada@gmx.de"],
  ["ada@wbe.de", "ada@web.de"],
  ["ada@my-company.con", "ada@my-company.com"],
  ["ada@university.ogr", "ada@university.org"],
])("%s was probably meant to be %s", (written, meant) => {
  expect(suggestion(written)).toBe(meant);
});

test.each([
  "ada@gmail.com",
  "ada@gmx.net",
  "ada@example.com",
  "ada@mail.com",
  "ada@email.com",
  "ada@me.com",
  "ada@ox.ac.uk",
  "ada@company.co",
  "ada@company.cm.example",
  "ada@ya.ru",
  "ada@web.dev",
  "ada",
  "@gmail.con",
  "",
])("%s is left alone", (written) => {
  expect(suggestion(written)).toBeNull();
});

test("what is offered is never offered again, and keeps who it is", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      const better = suggestion(address);
      if (better === null) return;
      expect(suggestion(better)).toBeNull();
      expect(better.slice(0, better.lastIndexOf("@"))).toBe(address.slice(0, address.lastIndexOf("@")));
    }),
    { numRuns: 1000 },
  );
});

test("steps between words", () => {
  expect(distance("gmail", "gmail")).toBe(0);
  expect(distance("gmial", "gmail")).toBe(1);
  expect(distance("gmal", "gmail")).toBe(1);
  expect(distance("", "abc")).toBe(3);
});
