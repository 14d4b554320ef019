import { expect, test } from "vitest";
import { type Asked, problemOf } from "./checks";

const asked = (kind: Asked["kind"], required = false): Asked => ({ kind, required, label: "Start" });

test.each<[Asked["kind"], string[], boolean]>([
  ["email", ["ada@example.com"], true],
  ["email", ["ada+jobs@mail.example.co.uk"], true],
  ["email", ["ada@example"], false],
  ["email", ["ada at example.com"], false],
  ["email", ["ada@example.com, bo@example.com"], false],
  ["phone", ["+47 912 34 567"], true],
  ["phone", ["(0151) 234.567-8"], true],
  ["phone", ["call me"], false],
  ["phone", ["123"], false],
  ["number", ["3,5"], true],
  ["number", ["-2.25"], true],
  ["number", ["many"], false],
  ["links", ["linkedin.com/in/ada\nhttps://ada.example"], true],
  ["links", ["my site"], false],
  ["links", ["javascript:alert(1)"], false],
  ["text", ["مارا"], true],
  ["date", ["2027-02-01"], true],
])("%s %j: in order %s", (kind, values, fine) => {
  expect(problemOf(asked(kind), values) === null).toBe(fine);
});

test.each<Asked["kind"]>(["text", "email", "phone", "number", "date", "links", "choice", "consent", "file"])(
  "an empty %s is a mistake only where it is needed",
  (kind) => {
    expect(problemOf(asked(kind), [])).toBeNull();
    expect(problemOf(asked(kind), [" \n"])).toBeNull();
    expect(problemOf(asked(kind, true), [" "])).toEqual(expect.any(String));
  },
);
